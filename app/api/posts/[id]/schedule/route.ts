import { schedulePost } from '@/lib/posts'
import { toSaved } from '../../../contract/answers'
import { serves } from '../../../contract/door'
import { whenOf } from '../../../contract/moments'
import * as contract from '../../../contract/posts'

export const POST = serves(
  contract.schedulePost,
  (ctx, { params, body: { scheduledAt, recurrence } }) =>
    schedulePost(ctx, { postId: params.id, when: whenOf(scheduledAt), recurrence }),
  (saved) => ({ body: { post: toSaved(saved) } }),
)
