import { unmergeContact } from '@/lib/contacts'
import * as contract from '../../../contract/contacts'
import { serves } from '../../../contract/door'

export const POST = serves(
  contract.unmergeContact,
  (ctx, { params }) => unmergeContact(ctx, { contactId: params.id }),
  ({ contactId }) => ({ body: { contact: { id: contactId } } }),
)
