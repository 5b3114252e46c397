import { fail } from '@/lib/core/result'
import { moveAccount, schedulePost } from '@/lib/posts'
import { toSaved } from '../../../contract/answers'
import { serves } from '../../../contract/door'
import { whenOf } from '../../../contract/moments'
import * as contract from '../../../contract/posts'

export const POST = serves(
  contract.schedulePost,
  async (ctx, { params, body: { scheduledAt, recurrence, accountId } }) => {
    const asked = { postId: params.id, when: whenOf(scheduledAt) }
    if (!accountId) return schedulePost(ctx, { ...asked, recurrence })
    return recurrence
      ? fail({
          code: 'VALIDATION_ERROR',
          message: 'A whole post repeats, not one account of it. Leave out accountId, or recurrence.',
          fields: { recurrence: ['cannot go with accountId'] },
        })
      : moveAccount(ctx, { ...asked, accountId })
  },
  (saved) => ({ body: { post: toSaved(saved) } }),
)
