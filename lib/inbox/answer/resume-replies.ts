import { noteStuck } from '@/lib/contacts'
import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { atOnce, inParts } from '@/lib/sending'
import { jsonNull, operation, type Work } from '@/lib/workspace'
import { holdWhereAllAnswered } from '../desk/hold-where'
import { reconcileReplyJob, sendReplyJob } from '../jobs'

/**
 * An account was reconnected: the answers that waited for that, of which nothing was sent, go on by themselves, and those
 * in doubt are looked for at once. Called again it goes on where it was left.
 */
export const resumeReplies = operation({
  can: 'incoming.handle',
  input: z.object({ accountId: z.string() }),
  async run(ctx, { accountId }): Promise<Result<{ resumed: number }>> {
    const told = (kind: 'reconnect' | 'unknown') => ({
      accountId,
      state: 'needs_person' as const,
      reason: { path: ['kind'], equals: kind },
    })
    // First, so that what is put in doubt below is not looked for twice.
    const doubtful = await inParts(
      ctx,
      ({ db }, after) => db.reply.findMany({ where: { accountId, state: 'unknown', id: { gt: after } }, ...page }),
      async (work, rows) => {
        const where = { id: await held(work, rows), state: 'unknown' as const }
        lookFor(work, await work.db.reply.updateManyAndReturn({ where, data: { notBefore: null }, select }))
      },
    )
    const asked = await inParts(
      ctx,
      ({ db }, after) => db.reply.findMany({ where: { ...told('unknown'), id: { gt: after } }, ...page }),
      async (work, rows) => {
        const where = { id: await held(work, rows), ...told('unknown') }
        const data = { ...again, state: 'unknown' as const }
        const changed = await work.db.reply.updateManyAndReturn({ where, data, select })
        await say(work, changed)
        lookFor(work, changed)
      },
    )
    const resumed = await inParts(
      ctx,
      ({ db }, after) => db.reply.findMany({ where: { ...told('reconnect'), id: { gt: after } }, ...page }),
      async (work, rows) => {
        const where = { id: await held(work, rows), ...told('reconnect') }
        const data = { ...again, state: 'queued' as const, sendAt: now(), reason: jsonNull }
        const changed = await work.db.reply.updateManyAndReturn({ where, data, select })
        await say(work, changed)
        for (const { id, fence } of changed)
          work.enqueue({ job: sendReplyJob, payload: { replyId: id }, key: `${id}-resumed-${fence}` })
      },
    )
    return ok({ resumed: resumed + doubtful + asked })
  },
})

const again = { notBefore: null, retries: 0, fence: { increment: 1 } }
const page = { orderBy: { id: 'asc' as const }, take: atOnce, select: { id: true } }
const select = { id: true, fence: true, conversationId: true }

type Row = { readonly id: string }
type Changed = Row & { readonly fence: number; readonly conversationId: string }

/** Locks their conversations, so that nobody else changes what stands in them. */
async function held(work: Work, rows: readonly Row[]): Promise<{ in: string[] }> {
  const ids = rows.map(({ id }) => id)
  await holdWhereAllAnswered(work, ids)
  return { in: ids }
}

async function say(work: Work, changed: readonly Changed[]): Promise<void> {
  await noteStuck(work, [...new Set(changed.map(({ conversationId }) => conversationId))])
  for (const { id, conversationId } of changed)
    work.record({
      type: 'reply.resumed',
      subject: { type: 'conversation', id: conversationId },
      particulars: { replyId: id },
    })
}

function lookFor(work: Work, changed: readonly Changed[]): void {
  for (const { id, fence } of changed)
    work.enqueue({ job: reconcileReplyJob, payload: { replyId: id }, key: `${id}-resumed-${fence}` })
}
