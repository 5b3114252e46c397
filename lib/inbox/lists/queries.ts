import { z } from 'zod'
import { conversationsWith } from '@/lib/contacts'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { adapterOf } from '@/lib/platforms'
import { here, query, sql, type Ctx } from '@/lib/workspace'
import { alikeTo } from '../triage/alike'
import { answering } from '../answer/answering'
import { feelings } from '../triage/feelings'
import { cardColumns, messageColumns, toCard, toMessage } from './cards'
import {
  ListConversations,
  ListMessages,
  OneConversation,
  Reasons,
  type ConversationCard,
  type ConversationDetail,
  type Page,
  type ThreadMessage,
} from '../schema'
import { foundByBoth, narrowedTo } from './narrow'
import { waysToAnswer } from './ways-to-answer'
import { quotes } from './quotes'
import { sayingWords } from './saying'
import { saying } from './search'
import { urgentFrom } from './views'
import { wordingsOf } from './wordings'
import { tsqueryOf } from './words'

export const noSuchConversation: Failure = {
  code: 'NOT_FOUND',
  message: 'There is no such conversation in this workspace. Reload the inbox.',
}

type Conversations = { readonly db: Pick<Ctx['db'], 'conversation'> }

/** Is it a conversation of this workspace? Asked where an empty list could also mean that it is not. */
export const isHere = async ({ db }: Conversations, conversationId: string): Promise<boolean> =>
  (await db.conversation.count({ where: { id: conversationId } })) === 1

const Cursor = z.object({ p: z.number().optional(), at: z.coerce.date(), id: z.string() })

type Sort = 'newest' | 'priority'

const cursorOf = (card: ConversationCard, sort: Sort): string =>
  Buffer.from(
    JSON.stringify({ ...(sort === 'priority' ? { p: card.priority } : {}), at: card.lastMessageAt, id: card.id }),
  ).toString('base64url')

type Place = z.output<typeof Cursor>

/** The place that a cursor names; undefined for one that is not ours, or of another order. */
function placeOf(cursor: string, sort: Sort): Place | undefined {
  try {
    const place = Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return sort === 'priority' && place.p === undefined ? undefined : place
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined
    throw error
  }
}

/**
 * The rows beyond a place, downwards or upwards: conditions whose rows, one after the other, are in the order of the
 * list, each of them a stretch of an index.
 */
function beyond({ p, at, id }: Place, sort: Sort, [than, orThan]: readonly ['lt', 'lte'] | readonly ['gt', 'gte']) {
  // The bound says what the choice below it means too, but an index can go to it.
  const past = {
    lastMessageAt: { [orThan]: at },
    OR: [{ lastMessageAt: { [than]: at } }, { lastMessageAt: at, id: { [than]: id } }],
  }
  return sort === 'newest' ? [past] : [{ priority: p, ...past }, { priority: { [than]: p } }]
}

/** Conversations, a page at a time: the newest word first, or the weightiest. */
export const listConversations = query({
  can: 'inbox.read',
  input: ListConversations,
  async run(
    ctx,
    { sort, cursor, before, skip, take, alikeTo: like, search, words, ...filter },
  ): Promise<Result<Page<ConversationCard>>> {
    const place = cursor ? placeOf(cursor, sort) : undefined
    if (cursor && !place)
      return fail({
        code: 'VALIDATION_ERROR',
        message: 'This is not where a list of this order left off. Begin again without a cursor.',
        fields: { cursor: ['must be the `next` of the page before'] },
      })
    const below = before ? await placeAt(ctx, before) : undefined
    if (below === null) return fail(noSuchConversation)
    const stretches = below ? beyond(below, sort, ['gt', 'gte']) : place ? beyond(place, sort, ['lt', 'lte']) : [{}]
    const way = below ? ('asc' as const) : ('desc' as const)
    const orderBy = [...(sort === 'priority' ? [{ priority: way }] : []), { lastMessageAt: way }, { id: way }]
    const passes: object[] = [
      await passing(ctx, filter),
      like ? { id: { in: [like, ...(await alikeTo(ctx, like))] } } : {},
    ]
    const first = async (some: number) => {
      const near = await byStretch(stretches, some, (stretch, left) =>
        ctx.db.conversation.findMany({
          where: { AND: [...passes, stretch] },
          orderBy,
          take: left,
          select: { id: true },
        }),
      )
      return near.map(({ id }) => id)
    }
    // By number pages are found from the top alone, where the list is one stretch.
    const over = below || place ? 0 : skip
    const wanted = words && tsqueryOf(words)
    const [one, other] = [...(wanted ? [sayingWords(ctx, wanted)] : []), ...(search ? [saying(ctx, search)] : [])]
    const found = one ? await narrowedTo(other ? foundByBoth(one, other) : one, over + take + 1, first) : {}
    const rows = await byStretch(stretches, take + 1, (stretch, left) =>
      ctx.db.conversation.findMany({
        where: { AND: [...passes, found, stretch] },
        orderBy,
        skip: over,
        take: left,
        select: cardColumns,
      }),
    )
    const wordings = await wordingsOf(ctx, rows)
    const cards = rows.slice(0, take).map((row) => toCard(row, wordings.get(row.id)))
    const items = below ? cards.toReversed() : cards
    const last = items.at(-1)
    // Below what stands above a conversation there is more: that conversation.
    return ok({ items, next: (below || rows.length > take) && last ? cursorOf(last, sort) : null })
  },
})

/** Where a conversation stands in lists; null when it is gone. */
async function placeAt(ctx: Ctx, id: string): Promise<Place | null> {
  const row = await ctx.db.conversation.findUnique({
    where: { id },
    select: { priority: true, lastMessageAt: true },
  })
  return row && { id, p: row.priority, at: row.lastMessageAt }
}

/** The first `take` rows of stretches that follow on each other. */
async function byStretch<Row>(
  stretches: readonly object[],
  take: number,
  read: (stretch: object, left: number) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const stretch of stretches) if (rows.length < take) rows.push(...(await read(stretch, take - rows.length)))
  return rows
}

type Filter = Omit<
  z.output<typeof ListConversations>,
  'sort' | 'cursor' | 'before' | 'skip' | 'take' | 'alikeTo' | 'search' | 'words'
>

/** Who is looking, as conversations are assigned to people; API keys are nobody. */
const me = ({ actor }: Ctx): string => (actor.kind === 'member' ? actor.id : '')

export async function passing(
  ctx: Ctx,
  {
    view,
    platform,
    ids,
    labelIds,
    sla,
    contactId,
    accountIds,
    projectId,
    feeling,
    priorities,
    disposition,
    ...same
  }: Filter,
) {
  // An account has an index of its conversations; a network is its accounts.
  const within = platform && (await ctx.db.account.findMany({ where: { platform }, select: { id: true } }))
  const exact = Object.fromEntries(Object.entries(same).filter(([, value]) => value !== undefined))
  return {
    AND: [
      exact,
      inView(ctx, view),
      ids ? { id: { in: ids } } : {},
      within ? { accountId: { in: within.map(({ id }) => id) } } : {},
      contactId ? { id: { in: await conversationsWith(ctx, contactId) } } : {},
      accountIds.length > 0 ? { accountId: { in: accountIds } } : {},
      labelIds.length > 0 ? { labels: { some: { labelId: { in: labelIds } } } } : {},
      sla ? { clocks: { some: { stoppedAt: null, ...owed[sla] } } } : {},
      projectId ? { account: { projectId } } : {},
      feeling ? { sentiment: feelings[feeling] } : {},
      priorities ? { priority: { gte: priorities.from, lt: priorities.below } } : {},
      disposition ? { state: 'done' as const, disposition } : {},
    ],
  }
}

const owed = {
  at_risk: { warnedAt: { not: null }, breachedAt: null },
  breached: { breachedAt: { not: null } },
} as const

function inView(ctx: Ctx, view: Filter['view']) {
  switch (view) {
    case 'all':
      return {}
    case 'mine':
      return { state: 'todo' as const, assigneeId: me(ctx) }
    case 'unassigned':
      return { state: 'todo' as const, assigneeId: null }
    case 'escalated':
      return { state: 'todo' as const, escalatedAt: { not: null } }
    case 'stuck':
      return { stuckAt: { not: null } }
    case 'proposed':
      return { proposedAt: { not: null } }
    case 'urgent':
      return { state: 'todo' as const, priority: { gte: urgentFrom } }
    case 'todo':
    case 'waiting':
    case 'snoozed':
    case 'done':
      return { state: view }
  }
}

/** How much there is in each view, to at most 1,000 each: more than that is “1,000+”. No view is counted further. */
export const countViews = query({
  can: 'inbox.read',
  input: z.object({ projectId: z.string().max(64).optional() }),
  async run(ctx, { projectId }): Promise<Result<Readonly<Record<string, number>>>> {
    const accounts = projectId ? await ctx.db.account.findMany({ where: { projectId }, select: { id: true } }) : null
    const within = accounts?.map(({ id }) => id) ?? null
    const [counts] = await sql(ctx)<Readonly<Record<string, number>>>`
      select
        (select count(*)::int from (select 1 from "Conversation" c where c."workspaceId" = ${here} and c.state = 'todo'
          and (${within}::text[] is null or c."accountId" = any(${within})) limit 1000) t) as todo,
        (select count(*)::int from (select 1 from "Conversation" c where c."workspaceId" = ${here} and c.state = 'todo'
          and c."assigneeId" = ${me(ctx)}
          and (${within}::text[] is null or c."accountId" = any(${within})) limit 1000) t) as mine,
        (select count(*)::int from (select 1 from "Conversation" c where c."workspaceId" = ${here} and c.state = 'todo'
          and c."assigneeId" is null
          and (${within}::text[] is null or c."accountId" = any(${within})) limit 1000) t) as unassigned,
        (select count(*)::int from (select 1 from "Conversation" c where c."workspaceId" = ${here} and c.state = 'todo'
          and c.priority >= ${urgentFrom}
          and (${within}::text[] is null or c."accountId" = any(${within})) limit 1000) t) as urgent,
        (select count(*)::int from (select 1 from "Conversation" c where c."workspaceId" = ${here} and c.state = 'todo'
          and c."escalatedAt" is not null
          and (${within}::text[] is null or c."accountId" = any(${within})) limit 1000) t) as escalated,
        (select count(*)::int from (select 1 from "Conversation" c where c."workspaceId" = ${here} and c."stuckAt" is not null
          and (${within}::text[] is null or c."accountId" = any(${within})) limit 1000) t) as stuck,
        (select count(*)::int from (select 1 from "Conversation" c where c."workspaceId" = ${here} and c."proposedAt" is not null
          and (${within}::text[] is null or c."accountId" = any(${within})) limit 1000) t) as proposed,
        (select count(*)::int from (select 1 from "Conversation" c where c."workspaceId" = ${here} and c.state = 'waiting'
          and (${within}::text[] is null or c."accountId" = any(${within})) limit 1000) t) as waiting,
        (select count(*)::int from (select 1 from "Conversation" c where c."workspaceId" = ${here} and c.state = 'snoozed'
          and (${within}::text[] is null or c."accountId" = any(${within})) limit 1000) t) as snoozed`
    return ok(counts ?? {})
  },
})

export const getConversation = query({
  can: 'inbox.read',
  input: OneConversation,
  async run(ctx, { conversationId }): Promise<Result<ConversationDetail>> {
    const row = await ctx.db.conversation.findUnique({
      where: { id: conversationId },
      select: {
        ...cardColumns,
        account: { select: { handle: true, platform: true, method: true, traits: true } },
        postExternalId: true,
        reasons: true,
        holdFence: true,
        aiHeld: true,
        firstReplyAt: true,
        resolvedAt: true,
      },
    })
    if (!row) return fail(noSuchConversation)
    const { postExternalId, reasons, holdFence, aiHeld, firstReplyAt, resolvedAt, ...card } = row
    return ok({
      ...toCard(card, (await wordingsOf(ctx, [card])).get(conversationId)),
      postExternalId,
      reasons: Reasons.parse(reasons),
      holdFence,
      aiHeld,
      alike: (await alikeTo(ctx, conversationId)).length,
      firstReplyAt: firstReplyAt?.toISOString() ?? null,
      resolvedAt: resolvedAt?.toISOString() ?? null,
      answering: answering(adapterOf(row.account), { ...row, traits: row.account.traits }),
    })
  },
})

/** What was said, the newest page first, each page in the order it was said, each with what it answers. */
export const listMessages = query({
  can: 'inbox.read',
  input: ListMessages,
  async run(ctx, { conversationId, before, take }): Promise<Result<Page<ThreadMessage>>> {
    const from = before
      ? await ctx.db.message.findFirst({ where: { id: before, conversationId }, select: { at: true, id: true } })
      : undefined
    if (from === null) return fail(noSuchConversation)
    const rows = await ctx.db.message.findMany({
      where: {
        conversationId,
        ...(from ? { OR: [{ at: { lt: from.at } }, { at: from.at, id: { lt: from.id } }] } : {}),
      },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: take + 1,
      select: { ...messageColumns, identityId: true, ref: true, via: true },
    })
    if (rows.length === 0 && !(await isHere(ctx, conversationId))) return fail(noSuchConversation)
    const page = rows.slice(0, take).reverse()
    const shown = page.map(({ identityId: _who, ref: _ref, via: _via, ...row }) => toMessage(row))
    const [quoteOf, waysOf] = await Promise.all([
      quotes(ctx, conversationId, shown),
      waysToAnswer(ctx, conversationId, page),
    ])
    const items = shown.map((message) => ({
      ...message,
      answers: quoteOf(message),
      ...waysOf(message),
    }))
    return ok({ items, next: rows.length > take ? (items[0]?.id ?? null) : null })
  },
})
