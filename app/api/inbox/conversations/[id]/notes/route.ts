import { addNote, listNotes } from '@/lib/inbox'
import { serves } from '../../../../contract/door'
import * as contract from '../../../../contract/inbox'

export const GET = serves(
  contract.listNotes,
  (ctx, { params }) => listNotes(ctx, { conversationId: params.id }),
  (notes) => ({ body: { notes } }),
)

export const POST = serves(
  contract.addNote,
  (ctx, { params, body }) => addNote(ctx, { conversationId: params.id, ...body }),
  (note) => ({ body: { note } }),
)
