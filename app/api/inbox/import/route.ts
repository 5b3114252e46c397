import { importMessages } from '@/lib/inbox'
import { wrongMethod } from '../../answer'
import { serves } from '../../contract/door'
import * as contract from '../../contract/inbox-messages'

export const POST = serves(
  contract.importMessages,
  (ctx, { body }) => importMessages(ctx, body),
  (body) => ({ body }),
)

export const GET = wrongMethod
export const PUT = wrongMethod
export const PATCH = wrongMethod
export const DELETE = wrongMethod
