import { ok } from '@/lib/core/result'
import { deleteSavedReply, saveSavedReply } from '@/lib/routing'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/saved-replies'

export const PUT = serves(
  contract.changeTemplate,
  async (ctx, { params, body }) => {
    const words = contract.toSave(body)
    const saved = await saveSavedReply(ctx, { id: params.id, ...words })
    return saved.ok ? ok({ template: { ...saved.value, ...words } }) : saved
  },
  (body) => ({ body }),
)

export const DELETE = serves(
  contract.deleteTemplate,
  (ctx, { params }) => deleteSavedReply(ctx, { id: params.id }),
  (deleted) => ({ body: deleted }),
)
