import { fail, ok, type Result } from '@/lib/core/result'
import { jsonNull, operation, type Work } from '@/lib/workspace'
import { change } from '../write/change'
import { noWait } from '../publish/claim'
import { sumUpPost } from '../publish/sum-up'
import { isPartlySent, wasInDoubt, whyFixed } from './fixed'
import { lockPost, noSuchPost, type LockedVariant } from '../publish/lock'
import { forgetPlans } from '../write/rewrite'
import { saved } from '../write/saved'
import { OnePost, type MovedPost } from '../schema'
import { endedStates } from '../publish/state'
import { keptTimes } from './times'

/**
 * Takes a post off the schedule: it is a draft again. Where part of a thread is at the network already, the rest is
 * not sent and that account's post ends there.
 */
export const cancelPost = operation({
  can: 'post.schedule',
  input: OnePost,
  async run(ctx, { postId }): Promise<Result<MovedPost>> {
    return change(ctx, async (work) => {
      const post = await lockPost(work, postId)
      if (!post) return fail(noSuchPost)
      const alive = post.variants.filter(({ state }) => !endedStates.includes(state))
      for (const variant of alive.length > 0 ? alive : post.variants) {
        const why = whyFixed(variant, 'be cancelled')
        if (why) return fail({ code: 'CONFLICT', message: why })
      }
      // What was sent in part, or may still arrive, cannot be a draft again.
      const begun = alive.filter((variant) => isPartlySent(variant) || wasInDoubt(variant))
      const untouched = alive.filter((variant) => !begun.includes(variant))
      const forgotten = await forgetPlans(work, { variants: untouched })
      await end(work, begun)
      await work.db.variant.updateMany({
        where: { id: { in: untouched.map(({ id }) => id) } },
        data: {
          state: 'draft',
          publishAt: null,
          queuedFor: null,
          ...noWait,
          reason: jsonNull,
          retries: 0,
          fence: { increment: 1 },
        },
      })
      if (untouched.length === post.variants.length)
        await work.db.post.update({
          where: { id: postId },
          data: { publishAt: null, wallTime: null, timeZone: null },
          select: { id: true },
        })
      await sumUpPost(work, postId)
      work.record({
        type: 'post.cancelled',
        subject: { type: 'post', id: postId },
        particulars: { from: post.publishAt, ...(forgotten.length > 0 ? { forgotten } : {}) },
      })
      return ok({ ...(await saved(work.db, postId)), before: untouched.length > 0 ? keptTimes(ctx, post) : null })
    })
  },
})

async function end({ db }: Work, variants: readonly LockedVariant[]): Promise<void> {
  for (const { id, steps } of variants) {
    const done = steps.filter(({ state }) => state === 'done').length
    const message = `Cancelled when ${done} of ${steps.length} parts were published.`
    await db.variant.update({
      where: { id },
      data: { state: 'cancelled', queuedFor: null, fence: { increment: 1 }, reason: { kind: 'partly', message } },
      select: { id: true },
    })
  }
}
