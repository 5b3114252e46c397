import { eraseContact, getContact, updateContact } from '@/lib/contacts'
import * as contract from '../../contract/contacts'
import { serves } from '../../contract/door'

export const GET = serves(
  contract.readContact,
  (ctx, { params }) => getContact(ctx, { contactId: params.id }),
  (contact) => ({ body: { contact } }),
)

export const PATCH = serves(
  contract.changeContact,
  (ctx, { params, body }) => updateContact(ctx, { contactId: params.id, ...body }),
  ({ contactId }) => ({ body: { contact: { id: contactId } } }),
)

export const DELETE = serves(
  contract.eraseContact,
  (ctx, { params }) => eraseContact(ctx, { contactId: params.id }),
  (body) => ({ body }),
)
