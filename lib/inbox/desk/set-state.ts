import { now } from '@/lib/core/clock'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { dispositionNamed } from '@/lib/routing'
import { here, operation, transact, type Sweep, type Work } from '@/lib/workspace'
import { z } from 'zod'
import { keepClocks } from '../triage/keep-clocks'
import { noSuchConversation } from '../lists/queries'
import { holdHere } from './hold-still'
import { SetState, type ConversationState } from '../schema'
import { settle } from './settle'
import { proposeUnended } from '../drafting/overtaken-drafts'

/**
 * Says where work on conversations stands, and of those that are done why, in the workspace's own words. News from the
 * other side opens them again. At most 200 at once, all or none.
 */
export const setState = operation({
  can: 'inbox.triage',
  input: SetState,
  async run(ctx, { conversationIds, ...to }): Promise<Result<{ changed: number }>> {
    if (to.state === 'snoozed' && to.until <= now())
      return fail({
        code: 'VALIDATION_ERROR',
        message: 'Choose a time in the future to be reminded at.',
        fields: { until: ['must be in the future'] },
      })
    const said = to.state === 'done' && to.disposition ? await dispositionNamed(ctx, to.disposition) : ok(null)
    if (!said.ok) return said
    const disposition = said.value
    const ids = [...new Set(conversationIds)].sort()
    return transact(ctx, async (work) => {
      const { db, record } = work
      if (!(await holdHere(work, ids))) return fail(noSuchConversation)
      if (to.undoes && (await haveMovedOn(work, ids, to.undoes))) return fail(movedOn)
      if (to.asOf && (await haveNews(work, ids, to.asOf))) return fail(unseen)
      if (to.state !== 'done' && to.leftAgain) await leaveAgain(work, ids)
      if (to.state !== 'done') await proposeUnended(work, ids)
      await db.conversation.updateMany({
        where: { id: { in: ids } },
        data: {
          state: to.state,
          snoozedUntil: to.state === 'snoozed' ? to.until : null,
          ...(to.state === 'done' ? { escalatedAt: null } : {}),
          disposition,
        },
      })
      await settle(work, ids)
      await keepClocks(ctx, work, ids)
      for (const id of ids)
        record({
          type: `conversation.${to.state === 'todo' ? 'reopened' : to.state}`,
          subject: { type: 'conversation', id },
          particulars: {
            ...(to.state === 'snoozed' ? { until: to.until } : {}),
            ...(disposition === null ? {} : { disposition }),
          },
        })
      return ok({ changed: ids.length })
    })
  },
})

const movedOn: Failure = {
  code: 'CONFLICT',
  message: 'Not taken back: something was said or done there since. Look at it again.',
}

const unseen: Failure = {
  code: 'CONFLICT',
  message: 'Something came in there while many were changed. Look at it first.',
}

/** Whether any of these stands otherwise than it was set, or has had news since. */
async function haveMovedOn({ db, sql }: Work, ids: readonly string[], from: ConversationState): Promise<boolean> {
  const otherwise = await db.conversation.count({ where: { id: { in: [...ids] }, state: { not: from } } })
  return otherwise > 0 || haveNews({ sql }, ids, null)
}

/** Whether something came in to any of these after a moment, or since each was settled. */
async function haveNews({ sql }: Pick<Work, 'sql'>, ids: readonly string[], since: Date | null): Promise<boolean> {
  const rows = await sql<{ id: string }>`
    select m.id from "Message" m join "Conversation" c on c.id = m."conversationId" and c."workspaceId" = ${here}
    where m."conversationId" = any(${ids}) and not m.own and m."workspaceId" = ${here}
      and greatest(m."receivedAt", m."needSeenAt") > coalesce(${since}::timestamp(3), c."settledAt")
    limit 1`
  return rows.length > 0
}

/** Leaves to a person again those that are done and were left to one before they ended: since when, the trail says. */
const leaveAgain = ({ sql }: Work, ids: readonly string[]): Promise<unknown> =>
  sql`
    update "Conversation" c set "escalatedAt" = (
      select max(e.at) from "Event" e
      where e."workspaceId" = ${here} and e."subjectType" = 'conversation' and e."subjectId" = c.id
        and e.type = 'conversation.escalated')
    where c.id = any(${ids}) and c.state = 'done' and c."workspaceId" = ${here}`

/** Brings a snoozed conversation back to be done. Does nothing before its time, or when a person was faster. */
export const wakeConversation = operation({
  can: 'incoming.handle',
  input: z.object({ conversationId: z.string() }),
  async run(ctx, { conversationId }): Promise<Result<{ woken: boolean }>> {
    return transact(ctx, async (work) => {
      const { db, record } = work
      const { count } = await db.conversation.updateMany({
        where: { id: conversationId, state: 'snoozed', snoozedUntil: { lte: now() } },
        data: { state: 'todo', snoozedUntil: null },
      })
      if (count === 1) {
        await settle(work, [conversationId])
        await keepClocks(ctx, work, [conversationId])
        record({ type: 'conversation.woken', subject: { type: 'conversation', id: conversationId } })
      }
      return ok({ woken: count === 1 })
    })
  },
})

/** Snoozed, and due to come back. */
export const snoozedConversations: Sweep = {
  name: 'inbox.snoozed',
  find: (at) => ({
    model: 'conversation',
    where: { state: 'snoozed', snoozedUntil: { lte: at } },
    orderBy: { snoozedUntil: 'asc' },
  }),
}
