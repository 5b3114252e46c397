import { restoreVersion } from '@/lib/posts'
import { toSaved } from '../../../../../contract/answers'
import { serves } from '../../../../../contract/door'
import * as contract from '../../../../../contract/history'

export const POST = serves(
  contract.restoreVersion,
  (ctx, { params, body: { revision } }) =>
    restoreVersion(ctx, { postId: params.id, versionId: params.versionId, revision }),
  (saved) => ({ body: { post: toSaved(saved) } }),
)
