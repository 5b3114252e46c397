import { draftReply } from '@/lib/inbox'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/drafts'

export const POST = serves(
  contract.generateResponse,
  (ctx, { params, body }) => draftReply(ctx, { messageId: params.id, again: body.forceRegenerate }),
  (draft) => ({ body: { response: draft.text, confidence: draft.confidence, requiresApproval: true, draft } }),
)
