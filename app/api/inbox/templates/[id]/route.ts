import { deleteSavedReply, saveSavedReply } from '@/lib/routing'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/saved-replies'

export const PUT = serves(
  contract.changeTemplate,
  (ctx, { params, body }) => saveSavedReply(ctx, { id: params.id, ...body }),
  ({ id }, { body }) => ({ body: { template: { id, ...body } } }),
)

export const DELETE = serves(
  contract.deleteTemplate,
  (ctx, { params }) => deleteSavedReply(ctx, { id: params.id }),
  (deleted) => ({ body: deleted }),
)
