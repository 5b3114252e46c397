import { z } from 'zod'
import { inMs, minute, now, second } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { ok, type Result } from '@/lib/core/result'
import { upkeepOperation } from './upkeep'

/** A holder that gives no sign of life for so long makes way for another. */
const leaseMs = minute
/** Networks count how often a line is opened (Discord: once in five seconds), so the next may not open it at once. */
const restMs = 6 * second

const Hold = z.object({ line: z.string(), holder: z.string() })

/**
 * Takes a line that accounts share, or keeps it for another minute. Of all processes one holds it.
 * @returns until when another holds it; undefined when it is ours
 */
export const holdLine = upkeepOperation({
  can: 'incoming.handle',
  input: Hold,
  async run({ line, holder }): Promise<Result<{ readonly othersUntil?: Date }>> {
    const at = now()
    const until = inMs(leaseMs, at)
    const { count } = await prisma.sharedLine.updateMany({
      where: { id: line, OR: [{ holder }, { until: { lt: at } }] },
      data: { holder, until },
    })
    if (count > 0) return ok({})
    const made = await prisma.sharedLine.createMany({ data: { id: line, holder, until }, skipDuplicates: true })
    if (made.count > 0) return ok({})
    const there = await prisma.sharedLine.findUnique({ where: { id: line } })
    // Two accounts of ours may have begun at once.
    if (there?.holder === holder) return ok({})
    // Taken away in between, it may be asked for again.
    return ok({ othersUntil: there?.until ?? at })
  },
})

/** Gives up a line that one held: another may take it in a moment. */
export const leaveLine = upkeepOperation({
  can: 'incoming.handle',
  input: Hold,
  async run({ line, holder }) {
    const { count } = await prisma.sharedLine.updateMany({
      where: { id: line, holder },
      data: { until: inMs(restMs) },
    })
    return ok({ left: count > 0 })
  },
})
