import { hour, inMs, now } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import { jsonNull, type Work } from '@/lib/workspace'
import { noWait } from '../publish/claim'
import { whyCannot, type Doing } from './fixed'
import { publishVariantJob } from '../jobs'
import type { LockedPost, LockedVariant } from '../publish/lock'
import { endedStates } from '../publish/state'
import { sumUpPost } from '../publish/sum-up'
import type { Times } from './times'

/** The variants that something may be done with: those that ended are left alone, one that is held refuses all. */
export function freeVariants(
  { variants }: Pick<LockedPost, 'variants'>,
  doing: Doing,
): Result<readonly LockedVariant[]> {
  const alive = variants.filter(({ state }) => !endedStates.includes(state))
  for (const variant of alive.length > 0 ? alive : variants) {
    const why = whyCannot(variant, doing)
    if (why) return fail({ code: 'CONFLICT', message: why })
  }
  return ok(alive)
}

type Placed = Pick<LockedVariant, 'id' | 'accountId' | 'waitingFor' | 'notBefore'>

/** Sets when a post and its variants go out. */
export async function place(work: Work, postId: string, variants: readonly Placed[], times: Times): Promise<void> {
  await placeVariants(work, variants, times)
  const { publishAt, wallTime, timeZone } = times
  await work.db.post.update({ where: { id: postId }, data: { publishAt, wallTime, timeZone }, select: { id: true } })
  await sumUpPost(work, postId)
}

/** Sets when variants go out. What is due within the hour is queued here, the rest by the sweep. */
export async function placeVariants(
  work: Work,
  variants: readonly Placed[],
  times: Pick<Times, 'byAccount' | 'publishAt'>,
): Promise<void> {
  const at = now()
  for (const { id, accountId, waitingFor, notBefore } of variants) {
    const publishAt = times.byAccount.get(accountId) ?? times.publishAt
    const isSoon = publishAt <= inMs(hour, at)
    // A rate limit is the account's, not the time's: moving the post does not lift it.
    const isLimited = waitingFor === 'rate_limit' && notBefore !== null && notBefore > at
    await work.db.variant.update({
      where: { id },
      data: {
        state: 'scheduled',
        publishAt,
        queuedFor: isSoon ? publishAt : null,
        ...(isLimited ? {} : { ...noWait, reason: jsonNull }),
        retries: 0,
        deaths: 0,
        absentReads: 0,
        fence: { increment: 1 },
      },
      select: { id: true },
    })
    if (isSoon)
      work.enqueue({
        job: publishVariantJob,
        payload: { variantId: id },
        key: `${id}-${publishAt.getTime()}`,
        delayMs: publishAt.getTime() - at.getTime(),
      })
  }
}
