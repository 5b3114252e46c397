import { z } from 'zod'
import { inMs, now, second } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { ok, type Result } from '@/lib/core/result'
import { adapterOf } from '@/lib/platforms'
import { jsonNull, operation, transact, type Sweep } from '@/lib/workspace'
import { pollFeedJob } from '../jobs'
import { sureAfterMs } from './pace'

const Published = z.object({ externalId: z.string(), url: z.string(), ref: z.unknown() })

/**
 * Begins to ask what is said to an account, and under its posts again if that was left alone for failures: it was
 * connected a moment ago, perhaps with another token. Harmless when it is asked already.
 */
export const watchAccount = operation({
  can: 'incoming.handle',
  input: z.object({ accountId: z.string() }),
  async run(ctx, { accountId }): Promise<Result<{ watched: boolean }>> {
    const account = await ctx.db.account.findUnique({
      where: { id: accountId },
      select: { platform: true, method: true },
    })
    if (!account) return ok({ watched: false })
    const polled = adapterOf(account).inbox?.poll !== undefined
    return transact(ctx, async ({ db, enqueue }) => {
      // Whoever asks with the old token at this moment is overtaken: it fails, and would have them left alone again.
      const woken = await db.inboxFeed.updateManyAndReturn({
        where: { accountId, failures: { gt: 0 } },
        data: { nextAt: now(), failures: 0, leaseUntil: null, fence: { increment: 1 } },
        select: { id: true, postExternalId: true },
      })
      await db.inboxFeed.updateMany({
        where: { accountId, postExternalId: '', streamFailures: { gt: 0 } },
        data: { streamNextAt: null, streamFailures: 0 },
      })
      const made = await db.inboxFeed.createManyAndReturn({
        data: polled ? [{ id: newId(), workspaceId: ctx.workspaceId, accountId, nextAt: now() }] : [],
        skipDuplicates: true,
        select: { id: true },
      })
      // The sweep finds those of posts, a few at a time.
      for (const { id } of [...made, ...woken.filter(({ postExternalId }) => postExternalId === '')])
        enqueue({ job: pollFeedJob, payload: { feedId: id }, key: `${id}-${newId()}` })
      return ok({ watched: polled })
    })
  },
})

/**
 * Begins to ask what is said under our posts, on networks that can only be asked post by post. Where the account's own
 * feed tells of it, that is asked often for as long as the post is fresh. Harmless when it is asked already.
 */
export const watchPosts = operation({
  can: 'incoming.handle',
  input: z.object({ accountId: z.string(), posts: z.array(Published).max(100), publishedAt: z.date() }),
  async run(ctx, { accountId, posts, publishedAt }): Promise<Result<{ watched: boolean }>> {
    const account = await ctx.db.account.findUnique({
      where: { id: accountId },
      select: { platform: true, method: true },
    })
    if (!account) return ok({ watched: false })
    // What is left alone after failures stays so.
    await ctx.db.inboxFeed.updateMany({
      where: {
        accountId,
        postExternalId: '',
        failures: 0,
        OR: [{ lastNewAt: null }, { lastNewAt: { lt: publishedAt } }],
      },
      data: { lastNewAt: publishedAt, nextAt: inMs(15 * second) },
    })
    if (!adapterOf(account).inbox?.pollPost) return ok({ watched: false })
    await ctx.db.inboxFeed.createMany({
      data: posts.map((post) => ({
        id: newId(),
        workspaceId: ctx.workspaceId,
        accountId,
        postExternalId: post.externalId,
        post: toJson(post),
        publishedAt,
        nextAt: inMs(15 * second),
      })),
      skipDuplicates: true,
    })
    return ok({ watched: true })
  },
})

/**
 * Asks at once about posts that were taken away from here, whenever they would have been asked about. Who took them away
 * knows that they are gone: their network need say so only once. Harmless when nobody asks about them.
 */
export const askAboutRemoved = operation({
  can: 'incoming.handle',
  input: z.object({ accountId: z.string(), posts: z.array(z.string()).max(100) }),
  async run(ctx, { accountId, posts }): Promise<Result<{ asked: number }>> {
    const { count } = await ctx.db.inboxFeed.updateMany({
      where: { accountId, postExternalId: { in: [...posts] } },
      // Whoever asks at this moment may have found it there, and is overtaken.
      data: {
        nextAt: inMs(15 * second),
        goneSince: inMs(-sureAfterMs),
        leaseUntil: null,
        fence: { increment: 1 },
      },
    })
    return ok({ asked: count })
  },
})

/** Due to be asked, and asked by nobody. */
export const dueFeeds: Sweep = {
  name: 'inbox.dueFeeds',
  find: (at) => ({
    model: 'inboxFeed',
    where: { nextAt: { lte: at }, OR: [{ leaseUntil: null }, { leaseUntil: { lt: at } }] },
    orderBy: { nextAt: 'asc' },
  }),
}

/** What a feed of a post was made from; undefined for an account's own. */
export const postOf = (post: unknown) => (post === null || post === jsonNull ? undefined : Published.parse(post))
