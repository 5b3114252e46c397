import { exportContact } from '@/lib/contacts'
import * as contract from '../../../contract/contacts'
import { serves } from '../../../contract/door'

export const GET = serves(
  contract.exportContact,
  (ctx, { params }) => exportContact(ctx, { contactId: params.id }),
  (body) => ({ body }),
)
