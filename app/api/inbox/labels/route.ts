import { ok } from '@/lib/core/result'
import { listLabels, saveLabel } from '@/lib/routing'
import { serves } from '../../contract/door'
import * as contract from '../../contract/labels'

export const GET = serves(
  contract.listLabels,
  (ctx) => listLabels(ctx, {}),
  (labels) => ({ body: { labels } }),
)

export const POST = serves(
  contract.createLabel,
  async (ctx, { body }) => {
    const saved = await saveLabel(ctx, body)
    return saved.ok ? ok({ ...saved.value, ...body }) : saved
  },
  (label) => ({ body: { label } }),
)
