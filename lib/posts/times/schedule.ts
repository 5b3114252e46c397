import type { z } from 'zod'
import { fail, ok, type Result } from '@/lib/core/result'
import { operation, type Ctx, type Work } from '@/lib/workspace'
import { change } from '../write/change'
import { mustBeSound } from '../rules/judge'
import { lockPost, noSuchPost, type LockedPost } from '../publish/lock'
import { timeChanged } from './meanwhile'
import { freeVariants, place } from './place'
import { startSeries } from './recur'
import { saved } from '../write/saved'
import { PostContent, PostOverride, PublishNow, SchedulePost, type SavedPost, type When } from '../schema'
import { takeTime } from './take-time'
import { timesFor, type Times } from './times'

/**
 * Sets when a post goes out; called again, it moves it. Refuses what a network would refuse, and the past.
 * With a recurrence the post becomes the first of a series, at the rule's first time. Answers SCHEDULE_CONFLICT when it has
 * another time than `knownPublishAt`.
 */
export const schedulePost = operation({
  can: 'post.schedule',
  input: SchedulePost,
  async run(ctx, { postId, when, recurrence, knownPublishAt }): Promise<Result<SavedPost>> {
    if (when.kind === 'now' && !recurrence) return publishNow(ctx, { postId, knownPublishAt })
    return change(ctx, (work) => schedule(ctx, work, { postId, when, recurrence, knownPublishAt }))
  },
})

/** Sends a post as soon as a worker can. Answers SCHEDULE_CONFLICT when it has another time than `knownPublishAt`. */
export const publishNow = operation({
  can: 'post.publish',
  input: PublishNow,
  run: (ctx, { postId, knownPublishAt }): Promise<Result<SavedPost>> =>
    change(ctx, (work) => schedule(ctx, work, { postId, when: { kind: 'now' }, knownPublishAt })),
})

async function schedule(
  ctx: Ctx,
  work: Work,
  { postId, when, recurrence, knownPublishAt }: z.output<typeof SchedulePost>,
): Promise<Result<SavedPost>> {
  const post = await lockPost(work, postId)
  if (!post) return fail(noSuchPost)
  const overtaken = timeChanged(ctx, post, knownPublishAt)
  return overtaken ? fail(overtaken) : scheduleLocked(ctx, work, post, when, recurrence)
}

/** The same for a post that is locked already. The caller has checked the permission. */
export async function scheduleLocked(
  ctx: Ctx,
  work: Work,
  post: LockedPost,
  when: z.output<typeof When>,
  recurrence?: string,
): Promise<Result<SavedPost>> {
  const free = freeVariants(post, 'move')
  if (!free.ok) return free
  const sound = await mustBeSound(work.db, PostContent.parse(post.content), free.value.map(asTarget))
  if (!sound.ok) return sound
  const accounts = free.value.map(({ accountId, account }) => ({ id: accountId, handle: account.handle }))
  const asked = await timesFor(ctx, work, accounts, when, post.id)
  if (!asked.ok) return asked
  const times = recurrence ? await startSeries(ctx, work, post, recurrence, when.kind, asked.value) : asked
  if (!times.ok) return times
  // The first of a series of its own has no other beside it.
  const taken = recurrence ? ok(undefined) : await takeTime(work, post, times.value.publishAt)
  if (!taken.ok) return taken
  await place(work, post.id, free.value, times.value)
  recordPlaced(work, post, times.value, when.kind)
  return ok(await saved(work.db, post.id))
}

export const asTarget = ({ accountId, account, override }: LockedPost['variants'][number]) => ({
  accountId,
  platform: account.platform,
  override: override === null ? null : PostOverride.parse(override),
})

/**
 * Says that a post was scheduled or, when it had a time already, moved. Both times are in it, so that it can be undone.
 * @param accountId the account that was moved, where it was one alone
 */
export function recordPlaced(
  work: Work,
  post: LockedPost,
  { publishAt, wallTime, timeZone }: Times,
  how: string,
  accountId?: string,
): void {
  const from = accountId ? post.variants.find((one) => one.accountId === accountId)?.publishAt : post.publishAt
  work.record({
    type: post.publishAt ? 'post.moved' : 'post.scheduled',
    subject: { type: 'post', id: post.id },
    particulars: { from, to: publishAt, wallTime, timeZone, how, ...(accountId ? { accountId } : {}) },
  })
}
