import { z } from 'zod'
import { day, inMs, now } from '@/lib/core/clock'
import { beyond } from '@/lib/core/beyond'
import { fail, ok, type Result } from '@/lib/core/result'
import { query, type Ctx } from '@/lib/workspace'
import { cardAt, cardColumns, passing, shownBy, toCard } from './cards'
import {
  CalendarWindow,
  CountedPeriod,
  ListPosts,
  type CalendarCard,
  type Dashboard,
  type DraftsTray,
  type Page,
  type PostCard,
  type PostState,
  type QuickStats,
} from '../schema'

const maxWindowMs = 62 * day

/**
 * The posts of a window, by time, without their texts: a page of them. One whose accounts go out at different times is
 * there once for each. A filter's states are those of whole posts.
 */
export const calendarWindow = query({
  can: 'post.read',
  input: CalendarWindow,
  async run(ctx, { from, to, cursor, take, ...filter }): Promise<Result<Page<CalendarCard>>> {
    if (to <= from || to.getTime() - from.getTime() > maxWindowMs)
      return fail({
        code: 'VALIDATION_ERROR',
        message: 'A calendar shows at most 62 days at once, and ends after it begins. Choose a shorter window.',
        fields: { to: ['must be after from, by 62 days at most'] },
      })
    const after = readCursor(cursor)
    if (!after.ok) return after
    const found = await ctx.db.variant.groupBy({
      by: ['publishAt', 'postId'],
      where: {
        ...shownBy(filter, { gte: from, lt: to }),
        post: passing(filter),
        AND: after.value ? beyond({ publishAt: after.value.at }, { postId: after.value.id }, 'asc') : {},
      },
      orderBy: [{ publishAt: 'asc' }, { postId: 'asc' }],
      take: take + 1,
    })
    const page = found.slice(0, take)
    const rows = await ctx.db.post.findMany({
      where: { id: { in: [...new Set(page.map(({ postId }) => postId))] } },
      select: cardColumns,
    })
    const byId = new Map(rows.map((row) => [row.id, row]))
    const items = page.flatMap(({ postId, publishAt }) => {
      const row = byId.get(postId)
      return row && publishAt ? [cardAt(row, publishAt)] : []
    })
    const last = page.at(-1)
    return ok({ items, next: found.length > take && last ? cursorOf(last.publishAt, last.postId) : null })
  },
})

/** Posts, a page at a time: the newest first, or by the time they are due (drafts have none and are left out then). */
export const listPosts = query({
  can: 'post.read',
  input: ListPosts,
  async run(ctx, { cursor, take, sort, from, to, ...filter }): Promise<Result<Page<PostCard>>> {
    const due = from || to ? { publishAt: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) } } : {}
    const where = { ...passing(filter), AND: due }
    if (sort === 'newest') {
      const rows = await ctx.db.post.findMany({
        where: { ...where, ...(cursor ? { id: { lt: cursor } } : {}) },
        orderBy: { id: 'desc' },
        take: take + 1,
        select: cardColumns,
      })
      const items = rows.slice(0, take).map(toCard)
      return ok({ items, next: rows.length > take ? (items.at(-1)?.id ?? null) : null })
    }
    return byTime(ctx, where, cursor, take)
  },
})

const timeCursor = z.tuple([z.coerce.date(), z.string().max(64)])

const cursorOf = (at: Date | null, id: string): string => `${at?.toISOString()}_${id}`

function readCursor(cursor: string | undefined): Result<{ at: Date; id: string } | undefined> {
  if (cursor === undefined) return ok(undefined)
  const after = timeCursor.safeParse(cursor.split('_'))
  if (after.success) return ok({ at: after.data[0], id: after.data[1] })
  return fail({ code: 'VALIDATION_ERROR', message: 'This page of the list cannot be found. Begin at the first.' })
}

/** A page of those posts that have a time, earliest first. */
async function byTime(
  ctx: Ctx,
  where: ReturnType<typeof passing> & { readonly AND: { readonly publishAt?: { gte?: Date; lt?: Date } } },
  cursor: string | undefined,
  take: number,
): Promise<Result<Page<PostCard>>> {
  const after = readCursor(cursor)
  if (!after.ok) return after
  const rows = await ctx.db.post.findMany({
    where: {
      AND: [
        where,
        after.value
          ? beyond({ publishAt: after.value.at }, { id: after.value.id }, 'asc')
          : { publishAt: { not: null } },
      ],
    },
    orderBy: [{ publishAt: 'asc' }, { id: 'asc' }],
    take: take + 1,
    select: cardColumns,
  })
  const last = rows.slice(0, take).at(-1)
  const items = rows.slice(0, take).map(toCard)
  return ok({ items, next: rows.length > take && last ? cursorOf(last.publishAt, last.id) : null })
}

/** Drafts without a time, newest first, to be dragged onto the calendar: a page of them, and how many there are. */
export const draftsTray = query({
  can: 'post.read',
  input: z.object({
    projectId: z.string().max(64).optional(),
    cursor: z.string().max(64).optional(),
    take: z.number().int().min(1).max(100).default(50),
  }),
  async run(ctx, { projectId, cursor, take }): Promise<Result<DraftsTray>> {
    const where = { ...passing({ states: ['draft'], projectId }), publishAt: null }
    const [count, rows] = await Promise.all([
      ctx.db.post.count({ where }),
      ctx.db.post.findMany({
        where: cursor ? { AND: [where, { id: { lt: cursor } }] } : where,
        orderBy: { id: 'desc' },
        take: take + 1,
        select: cardColumns,
      }),
    ])
    const items = rows.slice(0, take).map(toCard)
    return ok({ items, next: rows.length > take ? (items.at(-1)?.id ?? null) : null, count })
  },
})

/** How many posts of a period are in which state: of those that the calendar shows with this filter. */
export const quickStats = query({
  can: 'post.read',
  input: CountedPeriod,
  async run(ctx, { from, to, ...filter }): Promise<Result<QuickStats>> {
    const shown = await ctx.db.variant.groupBy({ by: ['postId'], where: shownBy(filter, { gte: from, lt: to }) })
    const rows = await ctx.db.post.groupBy({
      by: ['state'],
      where: { AND: [passing(filter), { id: { in: shown.map(({ postId }) => postId) } }] },
      _count: { _all: true },
    })
    const byState = Object.fromEntries(rows.map(({ state, _count }) => [state, _count._all]))
    return ok({ from: from.toISOString(), to: to.toISOString(), asOf: now().toISOString(), byState })
  },
})

const shown = 8

/** What is due in the next day, what failed in the last thirty, and what waits for a person: the first few, and how many. */
export const dashboard = query({
  can: 'post.read',
  input: z.object({ projectId: z.string().max(64).optional() }),
  async run(ctx, { projectId }): Promise<Result<Dashboard>> {
    const at = now()
    const list = (states: readonly PostState[], within: object, order: 'asc' | 'desc') =>
      countedCards(ctx, { ...passing({ states: [...states], projectId }), ...within }, order)
    const [due, failed, needsYou] = await Promise.all([
      // What is still to go out goes by its own time, so none of it is too old.
      list(['scheduled', 'sending', 'unknown'], { publishAt: { lt: inMs(day, at) } }, 'asc'),
      countedCards(ctx, { AND: [passing({ projectId }), failedSince(inMs(-30 * day, at))] }, 'desc'),
      list(['needs_person'], {}, 'asc'),
    ])
    return ok({ asOf: at.toISOString(), due, failed, needsYou })
  },
})

/** Those that a network refused for good, also while another is waited for. */
const failedSince = (since: Date) => ({
  OR: [
    { state: { in: ['refused', 'partly_published'] }, publishAt: { gte: since } },
    {
      state: { in: ['scheduled', 'sending', 'unknown'] },
      variants: { some: { state: 'refused' as const, publishAt: { gte: since } } },
    },
  ],
})

async function countedCards(
  ctx: Ctx,
  where: ReturnType<typeof passing> | { AND: [ReturnType<typeof passing>, ReturnType<typeof failedSince>] },
  order: 'asc' | 'desc',
) {
  const [count, rows] = await Promise.all([
    ctx.db.post.count({ where }),
    ctx.db.post.findMany({
      where,
      orderBy: [{ publishAt: order }, { id: order }],
      take: shown,
      select: cardColumns,
    }),
  ])
  return { count, items: rows.map(toCard) }
}
