import { day, inMs } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { operation, type Sweep } from '@/lib/workspace'
import { forgetReadingsJob } from '../jobs'

/** How long a conversation says what AI made of it, and why. */
const keptMs = 90 * day
const atOnce = 1_000

const over = (at?: Date) => ({ state: 'done' as const, createdAt: { lt: inMs(-keptMs, at) } })

/** What AI made of messages more than three months ago. */
export const oldReadings: Sweep = {
  name: 'inbox.oldReadings',
  find: (at) => ({ model: 'aiReading', where: over(at), orderBy: { createdAt: 'asc' } }),
}

/** Forgets a reading whose time is over, and along with it up to a thousand of its workspace that are as old. */
export const forgetReadings = operation({
  can: 'ai.use',
  input: forgetReadingsJob.payload,
  async run({ db }): Promise<Result<{ forgotten: number }>> {
    const { count } = await db.aiReading.deleteMany({ where: over(), limit: atOnce })
    return ok({ forgotten: count })
  },
})
