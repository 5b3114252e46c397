import { importMessages } from '@/lib/inbox'
import { serves } from '../../contract/door'
import * as contract from '../../contract/inbox-messages'

export const POST = serves(
  contract.importMessages,
  (ctx, { body }) => importMessages(ctx, body),
  (body) => ({ body }),
)
