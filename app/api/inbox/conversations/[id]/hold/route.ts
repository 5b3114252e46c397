import { holdConversation, releaseConversation } from '@/lib/inbox'
import { serves } from '../../../../contract/door'
import * as contract from '../../../../contract/holds'

export const PUT = serves(
  contract.holdConversation,
  (ctx, { params }) => holdConversation(ctx, { conversationId: params.id }),
  (hold) => ({ body: { hold } }),
)

export const DELETE = serves(
  contract.releaseConversation,
  (ctx, { params }) => releaseConversation(ctx, { conversationId: params.id }),
  (released) => ({ body: released }),
)
