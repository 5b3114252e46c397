import { ok } from '@/lib/core/result'
import { deleteLabel, saveLabel } from '@/lib/routing'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/labels'

export const PUT = serves(
  contract.changeLabel,
  async (ctx, { params, body }) => {
    const saved = await saveLabel(ctx, { id: params.id, ...body })
    return saved.ok ? ok({ ...saved.value, ...body }) : saved
  },
  (label) => ({ body: { label } }),
)

export const DELETE = serves(
  contract.deleteLabel,
  (ctx, { params }) => deleteLabel(ctx, { id: params.id }),
  (deleted) => ({ body: deleted }),
)
