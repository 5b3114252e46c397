import { z } from 'zod'
import { hasRefused } from '@/lib/contacts'
import { noSuchPlace } from '@/lib/core/beyond'
import { somebodyRefused } from '../answer/who-refused'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { adapterOf } from '@/lib/platforms'
import { here, query, sql, type Ctx } from '@/lib/workspace'
import { alikeTo } from '../triage/alike'
import { answering } from '../answer/answering'
import { cardColumns, toCard } from './cards'
import {
  ListConversations,
  OneConversation,
  Reasons,
  type ConversationCard,
  type ConversationDetail,
  type Page,
} from '../schema'
import { queryOf } from './look-for'
import { foundByBoth, narrowedTo } from './narrow'
import { me, passing } from './passing'
import { byStretch, cursorOf, placeAt, placeOf, stretchesBeyond } from './places'
import { sayingWords } from './saying'
import { saying } from './search'
import { urgentFrom } from './views'
import { wordingsOf } from './wordings'

export const noSuchConversation: Failure = {
  code: 'NOT_FOUND',
  message: 'There is no such conversation in this workspace. Reload the inbox.',
}

type Conversations = { readonly db: Pick<Ctx['db'], 'conversation'> }

/** The conversation that this one is by now: it may have joined another. Undefined where there is none. */
export const nowOf = async ({ db }: Conversations, conversationId: string): Promise<string | undefined> => {
  const row = await db.conversation.findUnique({ where: { id: conversationId }, select: { joinedId: true } })
  return row ? (row.joinedId ?? conversationId) : undefined
}

/** Is it a conversation of this workspace, and none that joined another? Asked where an empty list could also mean that it is not. */
export const isHere = async ({ db }: Conversations, conversationId: string): Promise<boolean> =>
  (await db.conversation.count({ where: { id: conversationId, joinedId: null } })) === 1

/** Conversations, a page at a time: the newest word first, or the weightiest. */
export const listConversations = query({
  can: 'inbox.read',
  input: ListConversations,
  async run(
    ctx,
    { sort, cursor, before, skip, take, alikeTo: like, search, words, ...filter },
  ): Promise<Result<Page<ConversationCard>>> {
    const place = cursor ? placeOf(cursor, sort) : undefined
    if (cursor && !place) return fail(noSuchPlace)
    const below = before ? await placeAt(ctx, before) : undefined
    if (below === null) return fail(noSuchConversation)
    const way = below ? ('asc' as const) : ('desc' as const)
    const from = below ?? place
    const stretches = from ? stretchesBeyond(from, sort, way) : [{}]
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
    const over = from ? 0 : skip
    const wanted = words && (await queryOf(ctx, words))
    const [one, other] = [...(wanted ? [sayingWords(ctx, wanted)] : []), ...(search ? [await saying(ctx, search)] : [])]
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

/** How many are to do is told up to 99, on every page; 100 stands for more. */
const mostTold = 100

/** How much is to do, counted to 100: by the index of states alone, as every page of everybody asks it. */
export const countTodo = query({
  can: 'inbox.read',
  input: z.object({}),
  async run(ctx): Promise<Result<{ todo: number }>> {
    return ok({ todo: await ctx.db.conversation.count({ where: { state: 'todo' }, take: mostTold }) })
  },
})

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

/** A conversation by its id. Of one that joined another it gives that one, which says so by its own id. */
export const getConversation = query({
  can: 'inbox.read',
  input: OneConversation,
  async run(ctx, asked): Promise<Result<ConversationDetail>> {
    const conversationId = (await nowOf(ctx, asked.conversationId)) ?? asked.conversationId
    const row = await ctx.db.conversation.findUnique({
      where: { id: conversationId },
      select: {
        ...cardColumns,
        account: { select: { handle: true, platform: true, method: true, traits: true } },
        postExternalId: true,
        identityId: true,
        reasons: true,
        holdFence: true,
        aiHeld: true,
        firstReplyAt: true,
      },
    })
    if (!row) return fail(noSuchConversation)
    const { postExternalId, identityId, reasons, holdFence, aiHeld, firstReplyAt, resolvedAt, ...card } = row
    const way = answering(adapterOf(row.account), { ...row, traits: row.account.traits })
    return ok({
      ...toCard({ ...card, resolvedAt }, (await wordingsOf(ctx, [card])).get(conversationId)),
      postExternalId,
      reasons: Reasons.parse(reasons),
      holdFence,
      aiHeld,
      alike: (await alikeTo(ctx, conversationId)).length,
      refusesContact: way.templates
        ? await somebodyRefused(ctx, { conversationId, kind: row.kind, identityId })
        : await hasRefused(ctx, identityId ? [identityId] : []),
      firstReplyAt: firstReplyAt?.toISOString() ?? null,
      resolvedAt: resolvedAt?.toISOString() ?? null,
      answering: way,
    })
  },
})
