import { addNote, listNotes } from '@/lib/inbox'
import { page } from '../../../../contract/answers'
import { serves } from '../../../../contract/door'
import * as contract from '../../../../contract/inbox'

export const GET = serves(
  contract.listNotes,
  (ctx, { params, query: { cursor, limit } }) =>
    listNotes(ctx, { conversationId: params.id, before: cursor, take: limit }),
  ({ items, next }, { url }) => page('notes', items, next, url),
)

export const POST = serves(
  contract.addNote,
  (ctx, { params, body }) => addNote(ctx, { conversationId: params.id, ...body }),
  (note) => ({ body: { note } }),
)
