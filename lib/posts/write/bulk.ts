import { ok, type Result } from '@/lib/core/result'
import { operation } from '@/lib/workspace'
import { deletePost } from './delete'
import { shiftPost } from '../times/reschedule'
import { publishNow, schedulePost } from '../times/schedule'
import { BulkDelete, BulkPosts, BulkReschedule, BulkSchedule, BulkUpdate, type BulkOutcome } from '../schema'
import { updatePost } from './update'

/** One after the other, each in its own transaction: what cannot be done is told, and stops nothing. */
async function each(
  postIds: readonly string[],
  act: (postId: string) => Promise<Result<unknown>>,
): Promise<Result<BulkOutcome>> {
  const done: string[] = []
  const failed: BulkOutcome['failed'][number][] = []
  for (const postId of new Set(postIds)) {
    const result = await act(postId)
    if (result.ok) done.push(postId)
    else failed.push({ postId, error: result.error })
  }
  return ok({ done, failed })
}

export const deletePosts = operation({
  can: 'post.delete',
  input: BulkDelete,
  run: (ctx, { postIds, alsoAtNetwork }) => each(postIds, (postId) => deletePost(ctx, { postId, alsoAtNetwork })),
})

export const publishPostsNow = operation({
  can: 'post.publish',
  input: BulkPosts,
  run: (ctx, { postIds }) => each(postIds, (postId) => publishNow(ctx, { postId })),
})

/** Moves each post by the same minutes on its own wall clock, so that their distances stay. */
export const reschedulePosts = operation({
  can: 'post.schedule',
  input: BulkReschedule,
  run: (ctx, { postIds, shiftMinutes }) => each(postIds, (postId) => shiftPost(ctx, postId, shiftMinutes)),
})

/** Gives every post the same time. */
export const schedulePosts = operation({
  can: 'post.schedule',
  input: BulkSchedule,
  run: (ctx, { postIds, when }) => each(postIds, (postId) => schedulePost(ctx, { postId, when })),
})

/** Changes the same in every post. */
export const updatePosts = operation({
  can: 'post.update',
  input: BulkUpdate,
  run: (ctx, { postIds, ...changes }) => each(postIds, (postId) => updatePost(ctx, { postId, ...changes })),
})
