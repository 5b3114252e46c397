import { addContactNote, listContactNotes } from '@/lib/contacts'
import { page } from '../../../contract/answers'
import * as contract from '../../../contract/contacts'
import { serves } from '../../../contract/door'

export const GET = serves(
  contract.listContactNotes,
  (ctx, { params, query: { cursor, limit } }) =>
    listContactNotes(ctx, { contactId: params.id, before: cursor, take: limit }),
  ({ items, next }, { url }) => page('notes', items, next, url),
)

export const POST = serves(
  contract.noteContact,
  (ctx, { params, body }) => addContactNote(ctx, { contactId: params.id, ...body }),
  ({ noteId }) => ({ body: { note: { id: noteId } } }),
)
