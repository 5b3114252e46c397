import { fail, ok, type Result } from '@/lib/core/result'
import { jsonNull, operation, transact } from '@/lib/workspace'
import { lockVariants } from './lock'
import { showWhatIsKept } from './remove'
import { isStillThere, OneVariant, StateReason } from '../schema'

/** A person says that they deleted at the network what it would not let us delete. */
export const confirmRemoved = operation({
  can: 'post.delete',
  input: OneVariant,
  async run(ctx, { variantId }): Promise<Result<{ isHidden: boolean }>> {
    return transact(ctx, async (work) => {
      await lockVariants(work, [variantId])
      const variant = await work.db.variant.findFirst({
        where: { id: variantId, post: { deletedAt: null } },
        select: { postId: true, reason: true },
      })
      if (!variant || !isStillThere(StateReason.safeParse(variant.reason).data))
        return fail({
          code: 'CONFLICT',
          message: 'Nobody needs to delete this any more. Reload to see where it stands.',
        })
      await work.db.variant.update({
        where: { id: variantId },
        data: { state: 'removed', reason: jsonNull, leaseUntil: null },
        select: { id: true },
      })
      await work.db.step.updateMany({ where: { variantId, state: 'done' }, data: { state: 'removed' } })
      const isHidden = await showWhatIsKept(work, variant.postId)
      work.record({
        type: 'post.removed',
        subject: { type: 'post', id: variant.postId },
        particulars: { variantId, by: 'person' },
      })
      return ok({ isHidden })
    })
  },
})
