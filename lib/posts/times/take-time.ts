import { fail, ok, type Result } from '@/lib/core/result'
import { isTaken, type Work } from '@/lib/workspace'
import type { LockedPost } from '../publish/lock'

/** What is answered when another post of the same series has the time. */
export const timeTaken = {
  code: 'SCHEDULE_CONFLICT',
  message: 'Another post of this series is at that time already. Choose another time.',
} as const

/**
 * Refuses a time that another post of the same series has. Of two that ask at once the database lets one have it. A
 * deleted post holds its time, so that none is made there again; it gives way to one that holds it instead.
 */
export async function takeTime(
  { db }: Pick<Work, 'db'>,
  { id, recurrenceId }: Pick<LockedPost, 'id' | 'recurrenceId'>,
  publishAt: Date,
): Promise<Result<undefined>> {
  if (!recurrenceId) return ok(undefined)
  const there = await db.post.findUnique({
    where: { recurrenceId_publishAt: { recurrenceId, publishAt } },
    select: { id: true, deletedAt: true },
  })
  if (!there || there.id === id) return ok(undefined)
  if (!there.deletedAt) return fail(timeTaken)
  await db.post.update({ where: { id: there.id }, data: { recurrenceId: null }, select: { id: true } })
  return ok(undefined)
}

/** True when the database refused a post for the time that another of its series has. */
export const wasTimeTaken = (error: unknown): boolean => isTaken(error, 'Post_recurrenceId_publishAt_key')
