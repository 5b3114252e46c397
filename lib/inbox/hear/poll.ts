import { z } from 'zod'
import { explain, noteAnswer, useAccount, type UsableAccount } from '@/lib/accounts'
import { inMs, now } from '@/lib/core/clock'
import { log } from '@/lib/core/log'
import { ok, type Result } from '@/lib/core/result'
import { watchQuota, type Answer, type IncomingPage, type QuotaLeft } from '@/lib/platforms'
import { leaseUntil, underClaim } from '@/lib/sending'
import { handOnIncoming, operation, transact, type Ctx } from '@/lib/workspace'
import { foundReadable, foundUnreadable, paceOf, sinceMs, type Feed, type Polled, type Rest } from './feed-row'
import { postOf } from './feeds'
import { followUnder, followWhole, listLagMs } from './follow-whole'
import { leave } from './leave-post'
import { lookAgain } from './look-again'
import { noteHidings } from './note-hidings'
import { accountPaceMs, bearable, withinQuota } from './pace'
import { receive } from './receive'
import { watchRecentPosts } from './recent-posts'
import { rest } from './rest-feed'

/** Pages read in one go; what is left comes on the next turn. */
const pagesAtOnce = 10

/**
 * Asks a network what was said since the cursor, and takes it in. Never two at once for one feed; the cursor moves only
 * once what it passed is kept, so a crash reads again and loses nothing. A fault of ours stands on the feed, too, and is
 * thrown: no feed stands still without saying so.
 */
export const pollFeed = operation({
  can: 'incoming.handle',
  input: z.object({ feedId: z.string() }),
  async run(ctx, { feedId }): Promise<Result<Polled>> {
    const at = now()
    const [feed] = await ctx.db.inboxFeed.updateManyAndReturn({
      where: { id: feedId, nextAt: { lte: at }, OR: [{ leaseUntil: null }, { leaseUntil: { lt: at } }] },
      data: { leaseUntil: leaseUntil(at), fence: { increment: 1 } },
    })
    if (!feed) return ok({ did: 'skipped', fresh: 0 })
    const claim = {
      name: `feed ${feed.id}`,
      renew: (data: { leaseUntil: Date }) =>
        ctx.db.inboxFeed.updateMany({ where: { id: feed.id, fence: feed.fence }, data }),
    }
    try {
      // One look may be hundreds of calls, and take longer than any lease.
      return await underClaim<Result<Polled>>(claim, ok({ did: 'skipped', fresh: 0 }), (over) => read(ctx, feed, over))
    } catch (error) {
      // Where it cannot even be put to rest, that is thrown, and this would be lost.
      log.error({ feedId: feed.id, error: String(error) }, 'feed not taken in')
      await rest(ctx, feed, fault)
      throw error
    }
  },
})

const fault: Rest = {
  trouble: 'INTERNAL_ERROR',
  why: 'Posthorn could not take in what was said; the fault is its own. It is read again by itself, and the log of the worker says why.',
}

async function read(ctx: Ctx, feed: Feed, over: AbortSignal): Promise<Result<Polled>> {
  const account = await useAccount(ctx, { accountId: feed.accountId, lane: 'reading' })
  if (!account.ok) {
    const { code, message, retryAt } = account.error
    // What is paused was not asked, and its pause was told of.
    return rest(ctx, feed, { trouble: retryAt ? feed.trouble : code, why: message, until: retryAt })
  }
  const post = postOf(feed.post)
  const ask = asking(account.value, post)
  if (!ask) {
    await ctx.db.inboxFeed.deleteMany({ where: { id: feed.id } })
    return ok({ did: 'skipped', fresh: 0 })
  }
  let fresh = 0
  let cursor = feed.cursor ?? undefined
  let [calls, left, nextAt]: [number, QuotaLeft | undefined, string | undefined] = [0, undefined, undefined]
  let missing: readonly string[] = []
  for (let page = 0; page < pagesAtOnce; page++) {
    const from = cursor
    const lookedAt = now()
    const asked = await watchQuota(() => ask(from))
    // Another reads by now, or may at any moment: that our calls were ended says nothing of the network.
    if (over.aborted) return ok({ did: 'skipped', fresh })
    const answer = asked.value
    calls += asked.calls
    left = asked.left ?? left
    await noteAnswer(ctx, { account: account.value, answer })
    if (!answer.ok) {
      const { code } = answer.error
      const until = code === 'rate_limited' ? answer.error.retryAt : undefined
      const why = explain(answer.error, account.value.platform.label, 'to read').message
      return rest(ctx, feed, { trouble: code, why, until })
    }
    if (post && answer.value.end === 'gone') return leave(ctx, feed, account.value, { post: post.externalId, lookedAt })
    if (answer.value.end === 'closed') break
    const { items, more, there, under = [], hidings = [], reports = [] } = answer.value
    nextAt = answer.value.nextAt
    missing = answer.value.missing ?? []
    const kept = await receive(ctx, { accountId: feed.accountId, items: [...items], via: 'poll' })
    if (!kept.ok) return rest(ctx, feed, { trouble: kept.error.code, why: kept.error.message })
    if (post && there) {
      const followed = await followWhole(ctx, { accountId: feed.accountId, post: post.externalId, there, lookedAt })
      if (!followed.ok) return rest(ctx, feed, { trouble: followed.error.code, why: followed.error.message })
    }
    const below = await followUnder(ctx, feed.accountId, under)
    if (!below.ok) return rest(ctx, feed, { trouble: below.error.code, why: below.error.message })
    const seen = hidings.map((one) => ({ ...one, at: lookedAt }))
    await noteHidings(ctx, feed.accountId, seen, { lagMs: listLagMs })
    const others = await handOnIncoming(ctx, { accountId: feed.accountId, reports: [...reports] })
    if (!others.ok) return rest(ctx, feed, { trouble: others.error.code, why: others.error.message })
    fresh += kept.value.fresh + below.value.fresh + others.value.fresh
    cursor = answer.value.cursor
    const { count } = await ctx.db.inboxFeed.updateMany({
      where: { id: feed.id, fence: feed.fence },
      data: { cursor, leaseUntil: leaseUntil() },
    })
    // Another took over: it goes on from the cursor it read.
    if (count === 0) return ok({ did: 'skipped', fresh })
    if (!more) break
  }
  if (!post) {
    await watchRecentPosts(ctx, feed, account.value, left)
    await lookAgain(ctx, feed, account.value, left)
  }
  const news = fresh > 0 ? now() : feed.lastNewAt
  const sinceNewsMs = sinceMs(news)
  const waitMs = feed.publishedAt ? paceOf(feed.publishedAt, news) : accountPaceMs(sinceNewsMs)
  const feeds = left ? await ctx.db.inboxFeed.count({ where: { accountId: feed.accountId } }) : 1
  if (waitMs === undefined) {
    await ctx.db.inboxFeed.deleteMany({ where: { id: feed.id, fence: feed.fence } })
    return ok({ did: 'read', fresh })
  }
  const isMissing = missing.length > 0
  const why = missing.join(' ')
  await transact(ctx, async ({ db, record }) => {
    const { count } = await db.inboxFeed.updateMany({
      where: { id: feed.id, fence: feed.fence },
      data: {
        nextAt: latest(
          inMs(withinQuota(bearable(waitMs, account.value.platform.inbox), left, { at: now(), feeds, calls })),
          nextAt,
        ),
        leaseUntil: null,
        failures: 0,
        trouble: isMissing ? refusedInPart : null,
        lastError: isMissing ? why : null,
        lastPolledAt: now(),
        lastNewAt: news,
        goneSince: null,
      },
    })
    // Where another took over, it is theirs to say.
    if (count === 0) return
    if (isMissing && feed.trouble !== refusedInPart) record(foundUnreadable(feed, { trouble: refusedInPart, why }))
    if (!isMissing && feed.trouble !== null) record(foundReadable(feed))
  })
  return ok({ did: 'read', fresh })
}

/** As when all of it is refused: of the rest nothing failed. */
const refusedInPart = 'rejected'

/** Never before the network has looked anew, where it says when that is. */
const latest = (at: Date, stated: string | undefined): Date => {
  const statedAt = stated ? new Date(stated) : at
  return statedAt > at ? statedAt : at
}

/** What there is to ask of this account; undefined when its network offers it no more. */
function asking(
  { platform: { inbox }, app, credentials }: UsableAccount,
  post: ReturnType<typeof postOf>,
): ((cursor: string | undefined) => Answer<IncomingPage>) | undefined {
  const { poll, pollPost } = inbox ?? {}
  if (post) return pollPost && ((cursor) => pollPost(app, credentials, post, cursor))
  return poll && ((cursor) => poll(app, credentials, cursor))
}
