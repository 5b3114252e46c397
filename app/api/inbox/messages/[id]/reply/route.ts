import { ok, type Result } from '@/lib/core/result'
import { addNote, locateMessage, proposeReply, writeReply } from '@/lib/inbox'
import type { NoteCard } from '@/lib/inbox/schema'
import { serves } from '../../../../contract/door'
import * as contract from '../../../../contract/replies'

export const POST = serves(
  contract.replyToMessage,
  async (
    ctx,
    { params: { id: messageId }, body: { content, text = content ?? '', media, mediaIds = media, ...body } },
  ): Promise<Result<{ readonly note: NoteCard } | { readonly replyId: string; readonly sendAt: string }>> => {
    const { isPrivate, forApproval, ...how } = body
    if (!isPrivate) return (forApproval ? proposeReply : writeReply)(ctx, { messageId, text, mediaIds, ...how })
    const place = await locateMessage(ctx, { messageId })
    if (!place.ok) return place
    const note = await addNote(ctx, { conversationId: place.value.conversationId, text })
    return note.ok ? ok({ note: note.value }) : note
  },
  (kept) => ({
    body: 'note' in kept ? { note: kept.note } : { reply: { id: kept.replyId, sendAt: kept.sendAt } },
  }),
)
