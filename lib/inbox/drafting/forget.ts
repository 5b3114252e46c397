import { day } from '@/lib/core/clock'
import { forgetting } from '@/lib/workspace'
import { forgetReadingsJob } from '../jobs'

/** What AI made of messages more than three months ago: so long a conversation says it, and why. */
export const { old: oldReadings, forget: forgetReadings } = forgetting({
  can: 'ai.use',
  input: forgetReadingsJob.payload,
  name: 'inbox.oldReadings',
  model: 'aiReading',
  keptMs: 90 * day,
  over: (then) => ({ state: 'done' as const, createdAt: { lt: then } }),
  orderBy: { createdAt: 'asc' },
  remove: ({ db }, rows) => db.aiReading.deleteMany(rows),
})
