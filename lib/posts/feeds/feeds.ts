import { now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { isTaken, operation, query, transact, type Ctx } from '@/lib/workspace'
import { z } from 'zod'
import { allItemsOf, fetchFeed } from './fetch'
import { CreateFeed, OneFeed, UpdateFeed, type FeedCard } from '../schema'

export const noSuchFeed = {
  code: 'NOT_FOUND',
  message: 'There is no such feed here. It may have been removed: reload the page.',
} as const
const followed = {
  code: 'ALREADY_EXISTS',
  message: 'This feed is followed already. Change it in the list.',
  fields: { url: ['is followed already'] },
} as const

/** So many are followed at most, and so many are listed. */
const mostFeeds = 500
const enough = {
  code: 'CONFLICT',
  message: `A workspace follows ${mostFeeds} feeds at most. Remove one that you no longer need, and add this one again.`,
} as const

const columns = {
  id: true,
  url: true,
  title: true,
  template: true,
  accountIds: true,
  projectId: true,
  isOn: true,
  checkedAt: true,
  nextCheckAt: true,
  failures: true,
  lastError: true,
  _count: { select: { items: { where: { postId: { not: null } } } } },
} as const

type Row = Omit<FeedCard, 'drafts' | 'checkedAt' | 'nextCheckAt'> & {
  readonly checkedAt: Date | null
  readonly nextCheckAt: Date
  readonly _count: { readonly items: number }
}
const toCard = ({ _count, checkedAt, nextCheckAt, ...row }: Row): FeedCard => ({
  ...row,
  checkedAt: checkedAt?.toISOString() ?? null,
  nextCheckAt: nextCheckAt.toISOString(),
  drafts: _count.items,
})

/** The feeds that are followed, by name. */
export const listFeeds = query({
  can: 'post.read',
  input: z.object({}),
  async run(ctx): Promise<Result<readonly FeedCard[]>> {
    const rows = await ctx.db.feed.findMany({
      orderBy: [{ title: 'asc' }, { id: 'asc' }],
      take: mostFeeds,
      select: columns,
    })
    return ok(rows.map(toCard))
  },
})

/** Follows a feed. What it lists now is known and becomes no draft; what comes later does. Asks public addresses only. */
export const createFeed = operation({
  can: 'feed.manage',
  input: CreateFeed,
  async run(ctx, { url, template, accountIds, projectId }): Promise<Result<FeedCard>> {
    const sound = await mustBeHere(ctx, accountIds, projectId)
    if (!sound.ok) return sound
    if ((await ctx.db.feed.count()) >= mostFeeds) return fail(enough)
    const read = await fetchFeed(url)
    if (!read.ok) return read
    const id = newId()
    const { workspaceId } = ctx
    try {
      return await transact(ctx, async ({ db, record }) => {
        const { feed, next } = read.value
        const row = await db.feed.create({
          data: {
            id,
            workspaceId,
            url,
            title: feed?.title || new URL(url).host,
            template,
            accountIds,
            projectId: projectId ?? null,
            createdById: ctx.actor.id,
            checkedAt: now(),
            ...next,
          },
          select: columns,
        })
        await db.feedItem.createMany({
          // All of them: what follows on the first fifty is no news when one of those is taken off.
          data: allItemsOf(feed).map(({ guidHash }) => ({ id: newId(), workspaceId, feedId: id, guidHash })),
          skipDuplicates: true,
        })
        record({ type: 'feed.created', subject: { type: 'feed', id }, particulars: { url } })
        return ok(toCard(row))
      })
    } catch (error) {
      if (isTaken(error)) return fail(followed)
      throw error
    }
  },
})

/** Changes what drafts of a feed say and whom they are for, or pauses it. */
export const updateFeed = operation({
  can: 'feed.manage',
  input: UpdateFeed,
  async run(ctx, { feedId, ...change }): Promise<Result<FeedCard>> {
    const sound = await mustBeHere(ctx, change.accountIds ?? [], change.projectId)
    if (!sound.ok) return sound
    return transact(ctx, async ({ db, record }) => {
      if (!(await db.feed.findUnique({ where: { id: feedId }, select: { id: true } }))) return fail(noSuchFeed)
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      // Whoever turns it on wants to see it work.
      const again = change.isOn ? { nextCheckAt: now(), failures: 0, lastError: null } : {}
      const row = await db.feed.update({ where: { id: feedId }, data: { ...given, ...again }, select: columns })
      record({ type: 'feed.changed', subject: { type: 'feed', id: feedId }, particulars: given })
      return ok(toCard(row))
    })
  },
})

/** Follows a feed no more. Its drafts stay. */
export const removeFeed = operation({
  can: 'feed.manage',
  input: OneFeed,
  async run(ctx, { feedId }): Promise<Result<{ id: string }>> {
    return transact(ctx, async ({ db, record }) => {
      const row = await db.feed.findUnique({ where: { id: feedId }, select: { url: true } })
      if (!row) return fail(noSuchFeed)
      await db.feed.delete({ where: { id: feedId }, select: { id: true } })
      record({ type: 'feed.removed', subject: { type: 'feed', id: feedId }, particulars: { url: row.url } })
      return ok({ id: feedId })
    })
  },
})

async function mustBeHere(
  ctx: Ctx,
  accountIds: readonly string[],
  projectId: string | null | undefined,
): Promise<Result<void>> {
  const here = await ctx.db.account.count({
    where: { id: { in: [...accountIds] }, state: { not: 'disconnected' } },
  })
  if (here < new Set(accountIds).size)
    return fail({
      code: 'NOT_FOUND',
      message: 'A chosen account is not here any more. Choose again.',
      fields: { accountIds: ['is not here any more'] },
    })
  if (projectId && (await ctx.db.project.count({ where: { id: projectId, archivedAt: null } })) === 0)
    return fail({
      code: 'NOT_FOUND',
      message: 'The chosen project is not here any more. Choose again.',
      fields: { projectId: ['is not here any more'] },
    })
  return ok(undefined)
}
