import { day } from '@/lib/core/clock'
import { forgetting } from '@/lib/workspace'
import { forgetWorkJob } from './jobs'

/** Work on videos that ended more than a month ago: so long a file's details say what became of it. */
export const { old: oldWork, forget: forgetWork } = forgetting({
  can: 'media.work',
  input: forgetWorkJob.payload,
  name: 'media.oldWork',
  model: 'mediaWork',
  keptMs: 30 * day,
  over: (then) => ({ state: { in: ['done', 'failed'] }, updatedAt: { lt: then } }),
  orderBy: { updatedAt: 'asc' },
  remove: ({ db }, rows) => db.mediaWork.deleteMany(rows),
})
