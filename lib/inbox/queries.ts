import { z } from 'zod'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { adapterOf } from '@/lib/platforms'
import { query, type Ctx } from '@/lib/workspace'
import { alikeTo } from './alike'
import { answering } from './answering'
import { feelings } from './feelings'
import { cardColumns, messageColumns, toCard, toMessage } from './cards'
import {
  ListConversations,
  ListMessages,
  OneConversation,
  Reasons,
  type ConversationCard,
  type ConversationDetail,
  type MessageCard,
  type Page,
} from './schema'

export const noSuchConversation: Failure = {
  code: 'NOT_FOUND',
  message: 'There is no such conversation in this workspace. Reload the inbox.',
}

/** Is it a conversation of this workspace? Asked where an empty list could also mean that it is not. */
export const isHere = async ({ db }: Pick<Ctx, 'db'>, conversationId: string): Promise<boolean> =>
  (await db.conversation.count({ where: { id: conversationId } })) > 0

/** From what priority work is urgent. */
const urgentFrom = 80

const Cursor = z.object({ p: z.number().optional(), at: z.coerce.date(), id: z.string() })

const cursorOf = (card: ConversationCard, sort: 'newest' | 'priority'): string =>
  Buffer.from(
    JSON.stringify({ ...(sort === 'priority' ? { p: card.priority } : {}), at: card.lastMessageAt, id: card.id }),
  ).toString('base64url')

/** The rows after a cursor, in the order of the list; undefined for a cursor that is not one of ours. */
function after(cursor: string | undefined, sort: 'newest' | 'priority') {
  if (!cursor) return {}
  try {
    const { p, at, id } = Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    const older = [{ lastMessageAt: { lt: at } }, { lastMessageAt: at, id: { lt: id } }]
    if (sort === 'newest') return { OR: older }
    if (p === undefined) return undefined
    return { OR: [{ priority: { lt: p } }, { priority: p, OR: older }] }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined
    throw error
  }
}

/** Conversations, a page at a time: the newest word first, or the weightiest. */
export const listConversations = query({
  can: 'inbox.read',
  input: ListConversations,
  async run(ctx, { sort, cursor, take, alikeTo: like, ...filter }): Promise<Result<Page<ConversationCard>>> {
    const from = after(cursor, sort)
    if (!from)
      return fail({
        code: 'VALIDATION_ERROR',
        message: 'This is not where a list of this order left off. Begin again without a cursor.',
        fields: { cursor: ['must be the `next` of the page before'] },
      })
    const rows = await ctx.db.conversation.findMany({
      where: { AND: [passing(ctx, filter), from, like ? { id: { in: [like, ...(await alikeTo(ctx, like))] } } : {}] },
      orderBy: [
        ...(sort === 'priority' ? [{ priority: 'desc' as const }] : []),
        { lastMessageAt: 'desc' as const },
        { id: 'desc' as const },
      ],
      take: take + 1,
      select: cardColumns,
    })
    const items = rows.slice(0, take).map(toCard)
    const last = items.at(-1)
    return ok({ items, next: rows.length > take && last ? cursorOf(last, sort) : null })
  },
})

type Filter = Omit<z.output<typeof ListConversations>, 'sort' | 'cursor' | 'take' | 'alikeTo'>

/** Who is looking, as conversations are assigned to people; API keys are nobody. */
const me = ({ actor }: Ctx): string => (actor.kind === 'member' ? actor.id : '')

function passing(ctx: Ctx, { view, ids, labelIds, sla, accountIds, projectId, feeling, search, ...same }: Filter) {
  const has = search ? { contains: search, mode: 'insensitive' as const } : undefined
  const exact = Object.fromEntries(Object.entries(same).filter(([, value]) => value !== undefined))
  return {
    AND: [
      exact,
      inView(ctx, view),
      ids ? { id: { in: ids } } : {},
      accountIds.length > 0 ? { accountId: { in: accountIds } } : {},
      labelIds.length > 0 ? { labels: { some: { labelId: { in: labelIds } } } } : {},
      sla ? { clocks: { some: { stoppedAt: null, ...owed[sla] } } } : {},
      projectId ? { account: { projectId } } : {},
      feeling ? { sentiment: feelings[feeling] } : {},
      has
        ? {
            OR: [
              { messages: { some: { text: has } } },
              { contact: { name: has } },
              { contact: { identities: { some: { handle: has } } } },
            ],
          }
        : {},
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
    case 'urgent':
      return { state: 'todo' as const, priority: { gte: urgentFrom } }
    case 'todo':
    case 'waiting':
    case 'snoozed':
    case 'done':
      return { state: view }
  }
}

/** How much there is in each view, to at most 1,000 each: more than that is “1,000+”. */
export const countViews = query({
  can: 'inbox.read',
  input: z.object({ projectId: z.string().max(64).optional() }),
  async run(ctx, { projectId }): Promise<Result<Readonly<Record<string, number>>>> {
    const counted = ['todo', 'mine', 'unassigned', 'urgent', 'escalated', 'waiting', 'snoozed'] as const
    const counts: Record<string, number> = {}
    for (const view of counted) {
      const rows = await ctx.db.conversation.findMany({
        where: { AND: [inView(ctx, view), projectId ? { account: { projectId } } : {}] },
        take: 1_000,
        select: { id: true },
      })
      counts[view] = rows.length
    }
    return ok(counts)
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
        account: { select: { handle: true, platform: true, method: true } },
        postExternalId: true,
        reasons: true,
        holdFence: true,
        aiHeld: true,
        escalatedAt: true,
        firstReplyAt: true,
        resolvedAt: true,
      },
    })
    if (!row) return fail(noSuchConversation)
    const { postExternalId, reasons, holdFence, aiHeld, escalatedAt, firstReplyAt, resolvedAt, ...card } = row
    return ok({
      ...toCard(card),
      postExternalId,
      reasons: Reasons.parse(reasons),
      holdFence,
      aiHeld,
      escalatedAt: escalatedAt?.toISOString() ?? null,
      alike: (await alikeTo(ctx, conversationId)).length,
      firstReplyAt: firstReplyAt?.toISOString() ?? null,
      resolvedAt: resolvedAt?.toISOString() ?? null,
      answering: answering(adapterOf(row.account), row),
    })
  },
})

/** What was said, the newest page first, each page in the order it was said. */
export const listMessages = query({
  can: 'inbox.read',
  input: ListMessages,
  async run(ctx, { conversationId, before, take }): Promise<Result<Page<MessageCard>>> {
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
      select: messageColumns,
    })
    if (rows.length === 0 && !(await isHere(ctx, conversationId))) return fail(noSuchConversation)
    const items = rows.slice(0, take).reverse().map(toMessage)
    return ok({ items, next: rows.length > take ? (items[0]?.id ?? null) : null })
  },
})
