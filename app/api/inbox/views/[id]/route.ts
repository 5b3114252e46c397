import { ok } from '@/lib/core/result'
import { deleteView, saveView } from '@/lib/inbox'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/views'

export const PUT = serves(
  contract.changeView,
  async (ctx, { params, body }) => {
    const saved = await saveView(ctx, { id: params.id, ...body })
    return saved.ok ? ok({ ...saved.value, ...body }) : saved
  },
  (view) => ({ body: { view } }),
)

export const DELETE = serves(
  contract.deleteView,
  (ctx, { params }) => deleteView(ctx, { id: params.id }),
  (deleted) => ({ body: deleted }),
)
