import { z } from 'zod'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { here, operation, query, transact, type Ctx, type Work } from '@/lib/workspace'
import { holdWhereAllAnswered } from '../desk/hold-where'
import type { Policy } from './ai-policy'
import { withdrawAll } from './withdraw'
import { SaveAiPolicy, type AiPolicyView, type PolicyMode } from './draft-schema'

const minutesOf = (clock: string): number | null => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return clock === '' ? null : hours * 60 + minutes
}
const clockOf = (minutes: number | null): string =>
  minutes === null
    ? ''
    : `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const unset = {
  mode: 'off' as PolicyMode,
  threshold: 0.85,
  delayMinutes: 5,
  hourlyCap: 10,
  quietFrom: null,
  quietTo: null,
  escalateTeamId: null,
  escalateMemberId: null,
}

/** What may be answered without a person, for an account; undefined where nobody said, which is nothing. */
export async function policyOf(ctx: Ctx, accountId: string): Promise<Policy | undefined> {
  const row = await ctx.db.aiPolicy.findUnique({ where: { accountId } })
  return row ? toPolicy(row) : undefined
}

/**
 * The same, kept from changing until the transaction ends, and from being asked by another: of two answers that begin at
 * once the second sees the first. To be locked after conversations.
 */
export async function holdPolicy({ sql }: Pick<Work, 'sql'>, accountId: string): Promise<Policy | undefined> {
  const [row] = await sql<Row>`
    select p.mode, p.threshold, p."delayMinutes", p."hourlyCap", p."quietFrom", p."quietTo" from "AiPolicy" p
    where p."workspaceId" = ${here} and p."accountId" = ${accountId}
    for update`
  return row && toPolicy(row)
}

type Row = {
  readonly mode: string
  readonly threshold: number
  readonly delayMinutes: number
  readonly hourlyCap: number
  readonly quietFrom: number | null
  readonly quietTo: number | null
}

const toPolicy = ({ mode, quietFrom, quietTo, threshold, delayMinutes, hourlyCap }: Row): Policy => ({
  // The column is written from policyModes and from nothing else.
  mode: mode as PolicyMode,
  threshold,
  delayMinutes,
  hourlyCap,
  quiet: quietFrom === null || quietTo === null ? null : { from: quietFrom, to: quietTo },
})

/** The policy of each connected account. */
export const listAiPolicies = query({
  can: 'ai.manage',
  input: z.object({}),
  async run(ctx): Promise<Result<readonly AiPolicyView[]>> {
    const accounts = await ctx.db.account.findMany({
      where: { state: { not: 'disconnected' } },
      orderBy: [{ platform: 'asc' }, { handle: 'asc' }],
      select: { id: true, handle: true, platform: true, displayName: true, aiPolicies: true },
    })
    return ok(
      accounts.map(({ id, handle, platform, displayName, aiPolicies: [row = unset] }) => ({
        accountId: id,
        handle,
        platform,
        displayName,
        // As above.
        mode: row.mode as PolicyMode,
        threshold: row.threshold,
        delayMinutes: row.delayMinutes,
        hourlyCap: row.hourlyCap,
        quietFrom: clockOf(row.quietFrom),
        quietTo: clockOf(row.quietTo),
        escalateTo: row.escalateMemberId
          ? `member:${row.escalateMemberId}`
          : row.escalateTeamId
            ? `team:${row.escalateTeamId}`
            : '',
      })),
    )
  },
})

/**
 * Says what may be answered without a person. It holds for messages that come in from now on, and for answers that still
 * wait: these are asked about again when they begin (lib/inbox/drafting/turn.ts), and taken back at once where nothing
 * goes out by itself any more.
 */
export const saveAiPolicy = operation({
  can: 'ai.manage',
  input: SaveAiPolicy,
  async run(ctx, { accountId, quietFrom, quietTo, escalateTo, ...given }): Promise<Result<{ saved: true }>> {
    const [kind, to = null] = escalateTo.split(':')
    const row = {
      ...given,
      quietFrom: minutesOf(quietFrom),
      quietTo: minutesOf(quietTo),
      escalateTeamId: kind === 'team' ? to : null,
      escalateMemberId: kind === 'member' ? to : null,
    }
    return transact(ctx, async (work) => {
      const { db, record } = work
      if ((await db.account.count({ where: { id: accountId } })) === 0)
        return fail({ code: 'NOT_FOUND', message: 'There is no such account in this workspace.' })
      if (
        to !== null &&
        (await (kind === 'team' ? db.team.count({ where: { id: to } }) : db.member.count({ where: { id: to } }))) === 0
      )
        return fail({
          code: 'VALIDATION_ERROR',
          message: 'Who was chosen is gone. Reload the page, and choose again.',
          fields: { escalateTo: ['is gone'] },
        })
      if (row.mode !== 'auto') await holdWaiting(work, accountId)
      await db.aiPolicy.upsert({
        where: { accountId },
        create: { id: newId(), workspaceId: ctx.workspaceId, accountId, ...row },
        update: row,
      })
      if (row.mode !== 'auto')
        await withdrawAll(
          work,
          { accountId },
          { why: 'AI was told not to answer by itself any more.', draftStands: true },
        )
      record({ type: 'aiPolicy.changed', subject: { type: 'account', id: accountId }, particulars: { ...row } })
      return ok({ saved: true as const })
    })
  },
})

/** Keeps the conversations still in which automatic answers wait: whoever sends one holds its conversation before the policy. */
async function holdWaiting(work: Work, accountId: string): Promise<void> {
  const waiting = await work.db.reply.findMany({
    where: { accountId, authorKind: 'ai', state: 'queued' },
    select: { id: true },
  })
  await holdWhereAllAnswered(
    work,
    waiting.map(({ id }) => id),
  )
}
