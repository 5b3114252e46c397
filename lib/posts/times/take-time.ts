import { fail, ok, type Result } from '@/lib/core/result'
import { isTaken, type Work } from '@/lib/workspace'
import type { LockedPost } from '../publish/lock'

/** What is answered when another post of the same series has the time. */
export const timeTaken = {
  code: 'SCHEDULE_CONFLICT',
  message: 'Another post of this series is at that time already. Choose another time.',
} as const

/** Refuses a time that another post of the same series has. Of two that ask at once the database lets one have it. */
export async function takeTime(
  { db }: Pick<Work, 'db'>,
  { id, recurrenceId }: Pick<LockedPost, 'id' | 'recurrenceId'>,
  publishAt: Date,
): Promise<Result<undefined>> {
  if (!recurrenceId) return ok(undefined)
  const there = await db.post.findUnique({
    where: { recurrenceId_publishAt: { recurrenceId, publishAt } },
    select: { id: true },
  })
  return there && there.id !== id ? fail(timeTaken) : ok(undefined)
}

/** True when the database refused a post for the time that another of its series has. */
export const wasTimeTaken = (error: unknown): boolean => isTaken(error, 'Post_recurrenceId_publishAt_key')
