import { day, inMs } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { operation, type Sweep } from '@/lib/workspace'
import { forgetWorkJob } from './jobs'

/** How long a file's details say what became of work on it. */
const keptMs = 30 * day
const atOnce = 1_000

const over = (at?: Date) => ({ state: { in: ['done', 'failed'] }, updatedAt: { lt: inMs(-keptMs, at) } })

/** Work on videos that ended more than a month ago. */
export const oldWork: Sweep = {
  name: 'media.oldWork',
  find: (at) => ({ model: 'mediaWork', where: over(at), orderBy: { updatedAt: 'asc' } }),
}

/** Forgets work whose time is over, and along with it up to a thousand of its workspace that are as old. */
export const forgetWork = operation({
  can: 'media.work',
  input: forgetWorkJob.payload,
  async run({ db }): Promise<Result<{ forgotten: number }>> {
    const { count } = await db.mediaWork.deleteMany({ where: over(), limit: atOnce })
    return ok({ forgotten: count })
  },
})
