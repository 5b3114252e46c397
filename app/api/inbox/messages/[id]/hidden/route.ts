import { hideMessage } from '@/lib/inbox'
import { serves } from '../../../../contract/door'
import * as contract from '../../../../contract/inbox-messages'

export const PUT = serves(
  contract.hideMessage,
  (ctx, { params, body }) => hideMessage(ctx, { messageId: params.id, hidden: body.hidden }),
  (body) => ({ body }),
)
