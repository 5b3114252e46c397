import { deletePost, getPost, updatePost } from '@/lib/posts'
import { toPost, toSaved } from '../../contract/answers'
import { serves } from '../../contract/door'
import { whenOf } from '../../contract/moments'
import * as contract from '../../contract/posts'

export const GET = serves(
  contract.getPost,
  (ctx, { params }) => getPost(ctx, { postId: params.id }),
  (post) => ({ body: { post: toPost(post) } }),
)

export const PUT = serves(
  contract.updatePost,
  (ctx, { params, body: { scheduledAt, revision, ...changes } }) =>
    updatePost(ctx, {
      postId: params.id,
      revision,
      ...contract.changesOf(changes),
      ...(scheduledAt === undefined ? {} : { when: whenOf(scheduledAt) }),
    }),
  (saved) => ({ body: { post: toSaved(saved) } }),
)

export const DELETE = serves(
  contract.deletePost,
  (ctx, { params, query }) => deletePost(ctx, { postId: params.id, alsoAtNetwork: query.alsoAtNetwork === 'true' }),
  ({ postId }) => ({ body: { post: { id: postId } } }),
)
