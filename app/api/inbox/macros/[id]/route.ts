import { ok } from '@/lib/core/result'
import { deleteMacro, saveMacro } from '@/lib/routing'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/macros'

export const PUT = serves(
  contract.changeMacro,
  async (ctx, { params, body }) => {
    const saved = await saveMacro(ctx, { id: params.id, ...body })
    return saved.ok ? ok({ ...saved.value, ...body }) : saved
  },
  (macro) => ({ body: { macro } }),
)

export const DELETE = serves(
  contract.deleteMacro,
  (ctx, { params }) => deleteMacro(ctx, { id: params.id }),
  (deleted) => ({ body: deleted }),
)
