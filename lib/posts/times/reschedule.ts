import type { z } from 'zod'
import { fail, ok, type Result } from '@/lib/core/result'
import { shiftWall, wallMinutesBetween, wallOf } from '@/lib/core/wall'
import { operation, type Ctx, type Work } from '@/lib/workspace'
import { change } from '../write/change'
import { lockPost, noSuchPost, type LockedPost } from '../publish/lock'
import { dueAt } from '../publish/state'
import { freeVariants, place } from './place'
import { saved } from '../write/saved'
import { asTarget, publishNow, recordPlaced, scheduleLocked } from './schedule'
import { PostContent, ReschedulePost, type MovedPost, type SavedPost, type When } from '../schema'
import { mustBeSound } from '../rules/judge'
import { takeTime } from './take-time'
import { keptTimes, mustBeAhead, timesFor, type Times } from './times'
import { instantOf, instantOfRule } from './wall-time'

/**
 * Moves a post to another time; a draft gets its first. Accounts that were due at different times keep their distance
 * on the wall clock. A post of a series moves alone. What goes out at once cannot go back.
 */
export const reschedulePost = operation({
  can: 'post.schedule',
  input: ReschedulePost,
  async run(ctx, { postId, when }): Promise<Result<MovedPost>> {
    if (when.kind === 'now') {
      const sent = await publishNow(ctx, { postId })
      return sent.ok ? ok({ ...sent.value, before: null }) : sent
    }
    return change(ctx, async (work) => {
      const post = await lockPost(work, postId)
      if (!post) return fail(noSuchPost)
      const moved = await rescheduleLocked(ctx, work, post, when)
      return moved.ok ? ok({ ...moved.value, before: keptTimes(ctx, post) }) : moved
    })
  },
})

/** The same for a post that is locked already. The caller has checked the permission. */
export async function rescheduleLocked(
  ctx: Ctx,
  work: Work,
  post: LockedPost,
  when: z.output<typeof When>,
): Promise<Result<SavedPost>> {
  if (!post.publishAt || when.kind === 'next_slot' || when.kind === 'now') return scheduleLocked(ctx, work, post, when)
  const free = freeVariants(post, 'move')
  if (!free.ok) return free
  const accounts = free.value.map(({ accountId, account }) => ({ id: accountId, handle: account.handle }))
  const asked = await timesFor(ctx, work, accounts, when, post.id)
  return asked.ok ? moveLocked(work, post, keepDistances(post, asked.value), 'moved') : asked
}

/** Moves one post by so many minutes on its wall clock: 09:00 moved by a day is 09:00, whatever clocks do. */
export const shiftPost = async (
  ctx: Parameters<typeof change>[0],
  postId: string,
  minutes: number,
): Promise<Result<SavedPost>> =>
  change(ctx, async (work) => {
    const post = await lockPost(work, postId)
    if (!post) return fail(noSuchPost)
    if (!post.publishAt)
      return fail({ code: 'CONFLICT', message: 'This post has no time yet, so it cannot move. Schedule it first.' })
    const timeZone = post.timeZone ?? ctx.workspace.timeZone
    const wall = { timeZone, wallTime: shiftWall(post.wallTime ?? wallOf(post.publishAt, timeZone), minutes) }
    const publishAt = instantOf(wall)
    if (!publishAt.ok) return publishAt
    const ahead = mustBeAhead(publishAt.value, wall)
    if (!ahead.ok) return ahead
    const times = keepDistances(post, { ...wall, publishAt: publishAt.value, byAccount: new Map() })
    return moveLocked(work, post, times, 'moved')
  })

/** Gives a post that is locked these very times. `how` is for the event. */
export async function moveLocked(
  work: Work,
  post: LockedPost,
  times: Times,
  how: 'moved' | 'put_back',
): Promise<Result<SavedPost>> {
  const free = freeVariants(post, 'move')
  if (!free.ok) return free
  if (free.value.some(({ state }) => state !== 'scheduled')) {
    const sound = await mustBeSound(work.db, PostContent.parse(post.content), free.value.map(asTarget))
    if (!sound.ok) return sound
  }
  const taken = await takeTime(work, post, times.publishAt)
  if (!taken.ok) return taken
  await place(work, post.id, free.value, times)
  recordPlaced(work, post, times, how)
  return ok(await saved(work.db, post.id))
}

/** Each account stays as far from the first that is still to go out, on the wall clock, as it was. */
function keepDistances(post: LockedPost, times: Times): Times {
  const before = dueAt(post.variants)
  if (!before) return times
  const { timeZone } = times
  const was = wallOf(before, timeZone)
  const byAccount = post.variants.map(({ accountId, publishAt }) => {
    const distance = publishAt ? wallMinutesBetween(was, wallOf(publishAt, timeZone)) : 0
    const at = distance === 0 ? undefined : instantOfRule({ timeZone, wallTime: shiftWall(times.wallTime, distance) })
    return [accountId, at?.ok ? at.value : times.publishAt] as const
  })
  return { ...times, byAccount: new Map(byAccount) }
}
