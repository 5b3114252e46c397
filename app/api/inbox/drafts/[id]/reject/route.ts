import { rejectDraft } from '@/lib/inbox'
import { serves } from '../../../../contract/door'
import * as contract from '../../../../contract/drafts'

export const POST = serves(
  contract.rejectDraft,
  (ctx, { params, body }) => rejectDraft(ctx, { draftId: params.id, ...body }),
  (_, { params }) => ({ body: { draft: { id: params.id, state: 'rejected' } } }),
)
