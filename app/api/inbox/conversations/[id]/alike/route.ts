import { checkAlike } from '@/lib/inbox'
import * as contract from '../../../../contract/alike'
import { serves } from '../../../../contract/door'

export const GET = serves(
  contract.listAlike,
  (ctx, { params }) => checkAlike(ctx, { conversationId: params.id }),
  ({ items, more }) => ({ body: { conversations: items, more } }),
)
