import { fail, ok, type Result } from '@/lib/core/result'
import { jsonNull, operation, type Work } from '@/lib/workspace'
import { change } from '../write/change'
import { noWait } from '../publish/claim'
import { sumUpPost } from '../publish/sum-up'
import { isPartlySent, mayStillArrive, wasInDoubt, whyFixed } from './fixed'
import type { LockedVariant } from '../publish/lock'
import { forgetPlans } from '../write/rewrite'
import { saved } from '../write/saved'
import { CancelPost, type MovedPost } from '../schema'
import { endedStates } from '../publish/state'
import { endFrom, lockScope } from './recur'
import { keptTimes } from './times'

/**
 * Takes a post off the schedule: it is a draft again. Where part of a thread is at the network already, the rest is
 * not sent and that account's post ends there.
 * With the scope `following` its series ends with it: those after it of which nothing was sent are deleted, and it may
 * begin another.
 */
export const cancelPost = operation({
  can: 'post.schedule',
  input: CancelPost,
  async run(ctx, { postId, scope }): Promise<Result<MovedPost>> {
    return change(ctx, async (work) => {
      const locked = await lockScope(work, postId, scope)
      if (!locked.ok) return locked
      const { post, later } = locked.value
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
      if (scope === 'following' && post.recurrenceId) {
        const ended = await endFrom(work, post, post.recurrenceId, later)
        if (!ended.ok) return ended
        await work.db.post.update({ where: { id: postId }, data: { recurrenceId: null }, select: { id: true } })
      }
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

async function end(work: Work, variants: readonly LockedVariant[]): Promise<void> {
  for (const variant of variants) {
    const { id, steps } = variant
    const done = steps.filter(({ state }) => state === 'done').length
    const sent = `Cancelled when ${done} of ${steps.length} parts were published.`
    const message = (await mayStillArrive(work, variant))
      ? `${sent} An earlier try may still arrive at the network: look there in a few minutes.`
      : sent
    await work.db.variant.update({
      where: { id },
      data: { state: 'cancelled', queuedFor: null, fence: { increment: 1 }, reason: { kind: 'partly', message } },
      select: { id: true },
    })
  }
}
