import { now } from '@/lib/core/clock'
import type { Work } from '@/lib/workspace'

/** Lets no more posts be made of a series. The caller has locked it. */
export async function closeSeries({ db }: Pick<Work, 'db'>, recurrenceId: string): Promise<void> {
  await db.recurrence.updateMany({ where: { id: recurrenceId, endedAt: null }, data: { endedAt: now() } })
}

/** Closes a series of which every post is deleted: it would go on, and no page is left to end it from. */
export async function closeWhenEmpty(work: Work, postId: string, recurrenceId: string): Promise<void> {
  const [left, open] = await Promise.all([
    work.db.post.count({ where: { recurrenceId, deletedAt: null } }),
    work.db.recurrence.count({ where: { id: recurrenceId, endedAt: null } }),
  ])
  if (left > 0 || open === 0) return
  await closeSeries(work, recurrenceId)
  recordEnded(work, postId, { recurrenceId, deleted: 0 })
}

/** Says that a series ended with a post, and how many after it were deleted. */
export const recordEnded = (
  { record }: Pick<Work, 'record'>,
  postId: string,
  particulars: { readonly recurrenceId: string; readonly deleted: number },
): void => record({ type: 'post.seriesEnded', subject: { type: 'post', id: postId }, particulars })
