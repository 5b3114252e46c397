import { z } from 'zod'
import { ok } from '@/lib/core/result'
import { query } from './operation'

const Since = z.object({ since: z.date(), take: z.int().min(1).max(1_000) })

/**
 * What the trail says happened in the workspace since a moment, the earliest first, as those who listen are told it: ids
 * alone. What is only told, as that a file came, is in no trail.
 */
export const listHappened = query({
  can: 'session.manage',
  input: Since,
  async run({ db }, { since, take }) {
    const rows = await db.event.findMany({
      where: { at: { gte: since } },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
      take,
      select: { type: true, subjectType: true, subjectId: true },
    })
    return ok(rows.map(({ type, subjectType, subjectId }) => ({ type, subject: { type: subjectType, id: subjectId } })))
  },
})
