import { now } from '@/lib/core/clock'
import type { Published } from '@/lib/platforms'
import { LostClaim, proofBy, twice } from '@/lib/sending'
import { transact, type Ctx } from '@/lib/workspace'
import { closeTry, type Begun } from './begin-reply'
import { holdReply, type ReplyClaim } from './reply-claim'
import { proveReply } from './reply-proof'
import { holdEnds } from '../hear/hold-ends'

/** Records that the network has an answer. Throws `LostClaim` when the claim was lost meanwhile; that is proof all the same. */
export async function acceptReply(ctx: Ctx, claim: ReplyClaim, attempt: Begun, published: Published): Promise<void> {
  const { externalId, url } = published
  try {
    await transact(ctx, async (work) => {
      await holdEnds(work, claim.accountId, false)
      await holdReply(work, claim)
      await closeTry(work, attempt, 'accepted', { externalId, url })
      await proveReply(work, claim.replyId, published, proofBy('answer', now(), published))
    })
  } catch (error) {
    if (error instanceof LostClaim) await proveLate(ctx, claim, attempt, published)
    throw error
  }
}

/**
 * An answer that came after the claim was lost is kept as proof. When it had been sent again meanwhile, it is there twice:
 * the ledger and the trail say so.
 */
const proveLate = (ctx: Ctx, claim: ReplyClaim, attempt: Begun, published: Published): Promise<void> =>
  transact(ctx, async (work) => {
    const { replyId, fence } = claim
    const { externalId, url } = published
    const note = `came after the claim was lost (fence ${fence})`
    const isNews = await proveReply(work, replyId, published, proofBy('answer', now(), published, note))
    const reply = await work.db.reply.findUniqueOrThrow({
      where: { id: replyId },
      select: { externalId: true, conversationId: true },
    })
    // A person who said that it is there knew nothing but its address.
    const isTwin = !isNews && reply.externalId !== null && ![externalId, url].includes(reply.externalId)
    await closeTry(work, attempt, isTwin ? 'duplicate' : 'accepted', { externalId, url, note })
    if (!isTwin) return
    await work.db.reply.update({ where: { id: replyId }, data: { reason: twice(url) }, select: { id: true } })
    work.record({
      type: 'reply.foundTwice',
      subject: { type: 'conversation', id: reply.conversationId },
      particulars: { replyId, url },
    })
  })
