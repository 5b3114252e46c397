import { ok } from '@/lib/core/result'
import { listSavedViews, saveView } from '@/lib/inbox'
import { serves } from '../../contract/door'
import * as contract from '../../contract/views'

export const GET = serves(
  contract.listViews,
  (ctx) => listSavedViews(ctx, {}),
  (views) => ({ body: { views } }),
)

export const POST = serves(
  contract.createView,
  async (ctx, { body }) => {
    const saved = await saveView(ctx, body)
    return saved.ok ? ok({ ...saved.value, ...body }) : saved
  },
  (view) => ({ body: { view } }),
)
