import { mergeContacts } from '@/lib/contacts'
import * as contract from '../../../contract/contacts'
import { serves } from '../../../contract/door'

export const POST = serves(
  contract.mergeContact,
  (ctx, { params, body }) => mergeContacts(ctx, { contactId: params.id, ...body }),
  ({ contactId }) => ({ body: { contact: { id: contactId } } }),
)
