import { hour, inMs, now } from '@/lib/core/clock'
import type { Failure } from '@/lib/core/result'
import { wallOf } from '@/lib/core/wall'
import { here, type Ctx, type Work } from '@/lib/workspace'
import { sendReplyLater } from '../answer/onward-reply'
import type { ReplyClaim } from '../answer/reply-claim'
import { holdPolicy } from './ai-policies'
import { afterQuiet, type Policy } from './ai-policy'

/**
 * The policy's row is locked, so that two workers do not both queue the last answer of an hour; it must still say so. An
 * answer counts in the hour in which it goes out, or went, and not when it was written: quiet hours end for many at once.
 */
export async function overCap(work: Work, accountId: string, sendAt: Date): Promise<Failure | undefined> {
  const policy = await holdPolicy(work, accountId)
  if (policy?.mode !== 'auto') return { code: 'CONFLICT', message: 'The policy of this account was changed meanwhile.' }
  const { hourlyCap } = policy
  const [around] = await work.sql<{ n: number }>`
    select count(*)::int as n from "Reply" r
    where r."workspaceId" = ${here} and r."accountId" = ${accountId} and r."authorKind" = 'ai' and r.state <> 'cancelled'
      and greatest(r."sendAt", r."notBefore", r."sentAt") > ${inMs(-hour, sendAt)}
      and greatest(r."sendAt", r."notBefore", r."sentAt") < ${inMs(hour, sendAt)}`
  return around && around.n < hourlyCap
    ? undefined
    : {
        code: 'RATE_LIMIT_EXCEEDED',
        message: `The cap of automatic answers is ${hourlyCap} in an hour, and so many go out around the time of this one.`,
      }
}

/**
 * Puts an automatic answer back to wait when it comes so late that quiet hours have begun, or in so great a company that
 * the cap of an hour is reached: a network that was down lets all go at once. Its conversation must be locked.
 * @returns whether it waits
 */
export async function waitItsTurn(ctx: Ctx, work: Work, claim: ReplyClaim): Promise<boolean> {
  const policy = await holdPolicy(work, claim.accountId)
  const wait = policy && (await turnOf(ctx, work, claim, policy))
  if (!wait) return false
  const { timeZone } = ctx.workspace
  const time = wallOf(wait.until, timeZone).slice(-5)
  const message = `${wait.why} It waits until ${time}.`
  const reason = { kind: 'policy' as const, message, retryAt: wait.until.toISOString() }
  const subject = await sendReplyLater(work, claim, wait.until, { reason })
  work.record({
    type: 'reply.parked',
    subject,
    particulars: { replyId: claim.replyId, why: reason.kind, said: message, until: wait.until },
  })
  return true
}

type Wait = { readonly until: Date; readonly why: string }

async function turnOf(ctx: Ctx, work: Work, claim: ReplyClaim, policy: Policy): Promise<Wait | undefined> {
  const at = now()
  const quietEnd = afterQuiet(at, policy.quiet, ctx.workspace.timeZone)
  if (quietEnd > at) return { until: quietEnd, why: 'These are quiet hours.' }
  const begun = await begunOfLate(work, claim, inMs(-hour, at))
  const inTheWay = begun[begun.length - policy.hourlyCap]
  return (
    inTheWay && {
      until: inMs(hour, inTheWay),
      why: `The cap of automatic answers is ${policy.hourlyCap} in an hour, and so many went out.`,
    }
  )
}

/** When the other automatic answers of an account last began, of those that went out since, or may have, the first first. */
async function begunOfLate({ sql }: Work, { replyId, accountId }: ReplyClaim, since: Date): Promise<readonly Date[]> {
  const begun = await sql<{ at: Date }>`
    select max(a."startedAt") as at
    from "Reply" r
    join "ReplyAttempt" a on a."workspaceId" = ${here} and a."replyId" = r.id
    where r."workspaceId" = ${here} and r."accountId" = ${accountId} and r."authorKind" = 'ai' and r.id <> ${replyId}
      and (greatest(r."sendAt", r."notBefore", r."sentAt") > ${since} or r.state in ('sending', 'unknown', 'reconciling', 'needs_person'))
      and a.purpose = 'send' and a."startedAt" > ${since}
      and (a.outcome is null or a.outcome in ('accepted', 'unknown', 'died'))
    group by r.id
    order by at`
  return begun.map(({ at }) => at)
}
