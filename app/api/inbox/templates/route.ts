import { ok } from '@/lib/core/result'
import { filledReplies } from '@/lib/inbox'
import { saveSavedReply } from '@/lib/routing'
import { serves } from '../../contract/door'
import * as contract from '../../contract/saved-replies'

export const GET = serves(
  contract.listTemplates,
  (ctx, { query }) => filledReplies(ctx, query),
  (templates) => ({ body: { templates } }),
)

export const POST = serves(
  contract.createTemplate,
  async (ctx, { body }) => {
    const words = contract.toSave(body)
    const saved = await saveSavedReply(ctx, words)
    return saved.ok ? ok({ template: { ...saved.value, ...words } }) : saved
  },
  (body) => ({ body }),
)
