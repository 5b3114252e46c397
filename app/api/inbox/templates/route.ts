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
  (ctx, { body }) => saveSavedReply(ctx, body),
  ({ id }, { body }) => ({ body: { template: { id, ...body } } }),
)
