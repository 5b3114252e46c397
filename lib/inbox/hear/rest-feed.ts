import { inMs, now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { transact, type Ctx } from '@/lib/workspace'
import { foundReadable, foundUnreadable, paceOf, type Feed, type Polled, type Rest } from './feed-row'
import { restMs } from './pace'

/**
 * Leaves the network alone for a while; the cursor stays where it was. What is refused passes no sooner by being asked for:
 * under a post that is never sooner than one of its age would be asked, and never where that would be asked no more.
 */
export async function rest(ctx: Ctx, feed: Feed, { trouble, why, until }: Rest): Promise<Result<Polled>> {
  // One that is told when to come again failed in nothing: its network was not asked, or limits everybody.
  const failures = until ? feed.failures : feed.failures + 1
  const paceMs = trouble === 'rejected' && feed.publishedAt ? paceOf(feed.publishedAt, feed.lastNewAt) : 0
  await transact(ctx, async ({ db, record }) => {
    if (paceMs === undefined) {
      const { count } = await db.inboxFeed.deleteMany({ where: { id: feed.id, fence: feed.fence } })
      // Nobody asks any more, and who was told that it cannot be read waits no longer.
      if (count === 1 && feed.trouble !== null) record(foundReadable(feed))
      return
    }
    const { count } = await db.inboxFeed.updateMany({
      where: { id: feed.id, fence: feed.fence },
      data: {
        nextAt: until ?? inMs(Math.max(restMs(failures), paceMs)),
        leaseUntil: null,
        failures,
        trouble,
        lastError: why,
        lastPolledAt: now(),
      },
    })
    // Where another took over, it is theirs to say. The first of a row of the same is worth remembering.
    if (count === 1 && trouble !== feed.trouble) record(foundUnreadable(feed, { trouble, why }))
  })
  return ok({ did: 'failed', fresh: 0 })
}
