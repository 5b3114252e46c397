import { addContactNote } from '@/lib/contacts'
import * as contract from '../../../contract/contacts'
import { serves } from '../../../contract/door'

export const POST = serves(
  contract.noteContact,
  (ctx, { params, body }) => addContactNote(ctx, { contactId: params.id, ...body }),
  ({ noteId }) => ({ body: { note: { id: noteId } } }),
)
