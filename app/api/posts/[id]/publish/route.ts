import { publishNow } from '@/lib/posts'
import { toSaved } from '../../../contract/answers'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/posts'

export const POST = serves(
  contract.publishPost,
  (ctx, { params }) => publishNow(ctx, { postId: params.id }),
  (saved) => ({ body: { post: toSaved(saved) } }),
)
