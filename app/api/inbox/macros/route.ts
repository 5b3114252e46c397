import { ok } from '@/lib/core/result'
import { listMacros, saveMacro } from '@/lib/routing'
import { serves } from '../../contract/door'
import * as contract from '../../contract/macros'

export const GET = serves(
  contract.listMacros,
  (ctx) => listMacros(ctx, {}),
  (macros) => ({ body: { macros } }),
)

export const POST = serves(
  contract.createMacro,
  async (ctx, { body }) => {
    const saved = await saveMacro(ctx, body)
    return saved.ok ? ok({ ...saved.value, ...body }) : saved
  },
  (macro) => ({ body: { macro } }),
)
