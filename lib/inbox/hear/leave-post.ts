import type { UsableAccount } from '@/lib/accounts'
import { day, inMs, now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { transact, type Ctx } from '@/lib/workspace'
import { foundReadable, paceOf, type Feed, type Polled } from './feed-row'
import { followGone } from './follow-whole'
import { sureAfterMs } from './pace'
import { rest } from './rest-feed'

/** It is looked for on, as long as one of its age would be asked: what was believed too soon is put right. */
const goneAgainMs = day

/** A post is gone, by what its network says. Once that is sure, what people said under it is taken away. Nothing failed. */
export async function leave(
  ctx: Ctx,
  feed: Feed,
  { platform }: UsableAccount,
  { post, lookedAt }: { readonly post: string; readonly lookedAt: Date },
): Promise<Result<Polled>> {
  const since = feed.goneSince ?? lookedAt
  const isSure = inMs(sureAfterMs, since) <= lookedAt
  if (isSure && !platform.inbox?.answersOutlivePosts) {
    const followed = await followGone(ctx, { accountId: feed.accountId, post, lookedAt })
    if (!followed.ok) return rest(ctx, feed, { trouble: followed.error.code, why: followed.error.message })
  }
  const where = { id: feed.id, fence: feed.fence }
  const isOver = feed.publishedAt !== null && paceOf(feed.publishedAt, feed.lastNewAt) === undefined
  await transact(ctx, async ({ db, record }) => {
    const { count } =
      isSure && isOver
        ? await db.inboxFeed.deleteMany({ where })
        : await db.inboxFeed.updateMany({
            where,
            data: {
              nextAt: isSure ? inMs(goneAgainMs, lookedAt) : inMs(sureAfterMs, since),
              leaseUntil: null,
              failures: 0,
              trouble: null,
              lastError: null,
              lastPolledAt: now(),
              goneSince: since,
            },
          })
    if (count === 1 && feed.trouble !== null) record(foundReadable(feed))
  })
  return ok({ did: 'read', fresh: 0 })
}
