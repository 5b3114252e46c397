import { approveDraft } from '@/lib/inbox'
import { serves } from '../../../../contract/door'
import * as contract from '../../../../contract/drafts'

export const POST = serves(
  contract.approveDraft,
  (ctx, { params, body }) => approveDraft(ctx, { draftId: params.id, ...body }),
  ({ replyId, sendAt, sends }) => ({ body: { reply: { id: replyId, sendAt, sends } } }),
)
