import { now } from '@/lib/core/clock'
import { claiming, isDue, leaseIn, LostClaim, underClaim, underFence } from '@/lib/sending'
import { here, jsonNull, type Ctx, type Work } from '@/lib/workspace'
import { holdWhereAllAnswered } from '../desk/hold-where'
import type { ReplyReason, ReplyState } from '../schema'

export type ReplyClaim = {
  readonly replyId: string
  readonly accountId: string
  readonly fence: number
}

export type ReplyChange = {
  readonly state: ReplyState
  readonly reason?: ReplyReason | null
  readonly notBefore?: Date | null
  readonly absentReads?: number
  readonly retries?: number | { readonly increment: number }
}

/** Locks a reply that is still ours, and its conversation. Throws `LostClaim` unless the fence still stands. */
export async function holdReply(work: Work, claim: ReplyClaim): Promise<{ readonly retries: number }> {
  await holdWhereAllAnswered(work, [claim.replyId])
  const [held] = await work.sql<{ retries: number }>`
    select r.retries from "Reply" r
    where r.id = ${claim.replyId} and r.fence = ${claim.fence} and r.state in ('claimed', 'sending', 'reconciling')
      and r."workspaceId" = ${here}
    for update`
  if (!held) throw lost(claim)
  return held
}

const lost = ({ replyId, fence }: ReplyClaim) => new LostClaim(`reply ${replyId}`, fence)

/**
 * Ends or changes a claim; the conversation must be locked. Throws `LostClaim` unless the fence still stands, so nothing
 * else of the transaction holds.
 * @returns the conversation that it stands in, as events name what they are about
 */
export async function moveReply(
  { db }: Work,
  claim: ReplyClaim,
  { reason, ...change }: ReplyChange,
): Promise<{ readonly type: 'conversation'; readonly id: string }> {
  const [moved] = await db.reply.updateManyAndReturn({
    where: underFence(claim.replyId, claim.fence),
    data: {
      ...change,
      ...(reason === undefined ? {} : { reason: reason ?? jsonNull }),
      ...leaseIn(change.state),
    },
    select: { conversationId: true },
  })
  if (!moved) throw lost(claim)
  return { type: 'conversation', id: moved.conversationId }
}

/** Takes a reply from one of the given states, by one UPDATE that only one worker can win. */
export async function claimReply(
  ctx: Ctx,
  replyId: string,
  from: 'queued' | 'unknown',
  to: 'claimed' | 'reconciling',
): Promise<ReplyClaim | undefined> {
  const at = now()
  const [won] = await ctx.db.reply.updateManyAndReturn({
    where: { id: replyId, state: from, sendAt: { lte: at }, ...isDue(at) },
    data: { state: to, ...claiming(at) },
    select: { fence: true, accountId: true },
  })
  return won && { replyId, ...won }
}

/** Works on a claimed reply. @returns `lost` when another worker took it over. */
export const underReply = <T>(ctx: Ctx, { replyId, fence }: ReplyClaim, lost: T, work: () => Promise<T>): Promise<T> =>
  underClaim(
    {
      name: `reply ${replyId}`,
      renew: (data) => ctx.db.reply.updateMany({ where: underFence(replyId, fence), data }),
    },
    lost,
    work,
  )
