import { now } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import { jsonNull, operation, transact, type Work } from '@/lib/workspace'
import { sumUpPost } from './claim'
import { publishVariantJob } from './jobs'
import { markDone } from './prove'
import { SettleVariant, StateReason } from './schema'

const notWaiting = {
  code: 'CONFLICT',
  message: 'This post is not waiting for an answer any more. Reload to see where it stands.',
} as const

/** A person says what a machine could not: it is there, send it again, or give up. Answers a post that waits for one. */
export const settleVariant = operation({
  can: 'post.publish',
  input: SettleVariant,
  async run(ctx, settle): Promise<Result<{ variantId: string }>> {
    return transact(ctx, async (work) => {
      const { variantId } = settle
      const at = now()
      const variant = await work.db.variant.findFirst({
        where: { id: variantId, post: { deletedAt: null } },
        select: { postId: true, state: true, fence: true, reason: true },
      })
      if (!variant) return fail({ code: 'NOT_FOUND', message: 'There is no such post here. It may have been deleted.' })
      if (variant.state !== 'needs_person' && variant.state !== 'refused') return fail(notWaiting)
      const inDoubt = await work.db.step.findFirst({
        where: { variantId, state: 'unknown' },
        orderBy: { position: 'asc' },
        select: { id: true },
      })
      if (settle.answer === 'there' && !inDoubt)
        return fail({
          code: 'CONFLICT',
          message: 'Nothing of this post is in doubt: it was not sent. Send it again, or give it up.',
        })

      const onward = settle.answer !== 'give_up'
      const { count } = await work.db.variant.updateMany({
        where: { id: variantId, fence: variant.fence, state: variant.state },
        // Sent again, it is due now: a late post must not be found late once more.
        data: {
          state: onward ? 'scheduled' : 'cancelled',
          fence: { increment: 1 },
          reason: jsonNull,
          retries: 0,
          absentReads: 0,
          notBefore: at,
          ...(settle.answer === 'send_again' && isLate(variant.reason) ? { publishAt: at } : {}),
        },
      })
      if (count !== 1) return fail(notWaiting)
      await settleSteps(work, variantId, inDoubt?.id, settle)
      await sumUpPost(work.db, variant.postId)
      work.record({
        type: 'post.settled',
        subject: { type: 'post', id: variant.postId },
        particulars: { variantId, answer: settle.answer, ...(settle.answer === 'there' ? { url: settle.url } : {}) },
      })
      if (onward)
        work.enqueue({ job: publishVariantJob, payload: { variantId }, key: `${variantId}-settled-${variant.fence}` })
      return ok({ variantId })
    })
  },
})

const isLate = (reason: unknown): boolean => StateReason.safeParse(reason).data?.kind === 'late'

async function settleSteps(
  { db }: Work,
  variantId: string,
  inDoubt: string | undefined,
  settle: SettleVariant,
): Promise<void> {
  if (settle.answer === 'there' && inDoubt) {
    const externalId = idIn(settle.url)
    await markDone(db, inDoubt, { externalId, url: settle.url, ref: null }, { by: 'person', at: now().toISOString() })
  }
  // "Not there", said by a person, is as good as two full reads.
  if (settle.answer === 'send_again')
    await db.step.updateMany({
      where: { variantId, state: { in: ['unknown', 'refused'] } },
      data: { state: 'pending' },
    })
}

/** The network's id in a post's address: a URN, the number after "status", or else the last part. */
const idIn = (url: string): string => {
  const path = new URL(url).pathname.replace(/%3A/gi, ':')
  return (
    /urn:li:\w+:\d+/.exec(path)?.[0] ?? /\/status\/(\d+)/.exec(path)?.[1] ?? path.split('/').findLast(Boolean) ?? url
  )
}
