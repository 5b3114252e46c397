import { hostname } from 'node:os'
import { env } from '@/lib/core/env'
import { inMs, now } from '@/lib/core/clock'
import { log } from '@/lib/core/log'
import { jsonNull, type Ctx, type Work } from '@/lib/workspace'
import type { ReplyReason, ReplyState } from './schema'

/** This process, in ledgers. */
export const workerName = `${hostname()}:${process.pid}`

/** Another worker has taken over: whatever this one still wants to write would be a lie. */
export class LostReply extends Error {}

export type ReplyClaim = { readonly replyId: string; readonly conversationId: string; readonly fence: number }

const held = ['claimed', 'sending', 'reconciling'] as const
const isHeld = (state: ReplyState): boolean => held.some((each) => each === state)

type Change = {
  readonly state: ReplyState
  readonly reason?: ReplyReason | null
  readonly notBefore?: Date | null
  readonly absentReads?: number
  readonly retries?: number | { readonly increment: number }
}

/** Ends or changes a claim. Throws `LostReply` unless the fence still stands, so nothing else of the transaction holds. */
export async function moveReply({ db }: Work, claim: ReplyClaim, { reason, ...change }: Change): Promise<void> {
  const { count } = await db.reply.updateMany({
    where: { id: claim.replyId, fence: claim.fence, state: { in: [...held] } },
    data: {
      ...change,
      ...(reason === undefined ? {} : { reason: reason ?? jsonNull }),
      ...(isHeld(change.state) ? { leaseUntil: inMs(env().PUBLISH_LEASE_MS) } : { leaseUntil: null, claimedBy: null }),
    },
  })
  if (count !== 1) throw new LostReply(`reply ${claim.replyId}, fence ${claim.fence}`)
}

/** Takes a reply from one of the given states, by one UPDATE that only one worker can win. */
export async function claimReply(
  ctx: Ctx,
  replyId: string,
  from: 'queued' | 'unknown',
  to: 'claimed' | 'reconciling',
): Promise<(ReplyClaim & { readonly accountId: string }) | undefined> {
  const at = now()
  const [won] = await ctx.db.reply.updateManyAndReturn({
    where: { id: replyId, state: from, sendAt: { lte: at }, OR: [{ notBefore: null }, { notBefore: { lte: at } }] },
    data: {
      state: to,
      fence: { increment: 1 },
      claimedBy: workerName,
      leaseUntil: inMs(env().PUBLISH_LEASE_MS, at),
    },
    select: { id: true, conversationId: true, fence: true, accountId: true },
  })
  return won && { replyId: won.id, conversationId: won.conversationId, fence: won.fence, accountId: won.accountId }
}

/** Keeps a claim alive while a call runs. */
export function keepReply(ctx: Ctx, claim: ReplyClaim): () => void {
  const renew = () =>
    ctx.db.reply.updateMany({
      where: { id: claim.replyId, fence: claim.fence, state: { in: [...held] } },
      data: { leaseUntil: inMs(env().PUBLISH_LEASE_MS) },
    })
  const timer = setInterval(() => {
    renew().catch((error: unknown) => log.warn({ replyId: claim.replyId, error: String(error) }, 'lease not renewed'))
  }, env().PUBLISH_LEASE_MS / 3)
  return () => clearInterval(timer)
}
