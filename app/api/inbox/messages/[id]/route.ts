import { getContact } from '@/lib/contacts'
import { ok, type Result } from '@/lib/core/result'
import { deleteMessage, getConversation, listMessages, locateMessage } from '@/lib/inbox'
import type { ConversationDetail } from '@/lib/inbox/schema'
import { refusal, type Ctx } from '@/lib/workspace'
import { page } from '../../../contract/answers'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/inbox-messages'
import { understood } from '../../../contract/understood'

type Participant = {
  readonly id: string
  readonly name: string
  readonly avatar: string | null
  readonly platform: string
  readonly followers: number | null
  readonly previousInteractions: number | null
}

export const GET = serves(
  contract.readThread,
  async (ctx, { params: { id }, query: { cursor, limit } }) => {
    const place = await locateMessage(ctx, { messageId: id })
    const conversation = await getConversation(ctx, {
      conversationId: place.ok ? place.value.conversationId : id,
    })
    if (!conversation.ok) return conversation
    const conversationId = conversation.value.id
    const listed = await listMessages(ctx, { conversationId, before: cursor, take: limit })
    if (!listed.ok) return listed
    const messages = await understood(ctx, listed.value)
    if (!messages.ok) return messages
    const participant = await participantOf(ctx, conversation.value)
    if (!participant.ok) return participant
    return ok({ conversation: conversation.value, messages: messages.value, participant: participant.value })
  },
  ({ conversation, messages, participant }, { url }) => {
    const { body, ...rest } = page('messages', messages.items, messages.next, url)
    return { ...rest, body: { conversation, ...body, participant } }
  },
)

export const DELETE = serves(
  contract.deleteMessage,
  (ctx, { params }) => deleteMessage(ctx, { messageId: params.id }),
  (body) => ({ body }),
)

/** Whom a conversation is with, and as much more as the key may read of contacts. */
async function participantOf(ctx: Ctx, { contact, platform }: ConversationDetail): Promise<Result<Participant | null>> {
  if (!contact) return ok(null)
  const { id, name, avatarUrl: avatar } = contact
  const known = { id, name, avatar, platform, followers: null, previousInteractions: null }
  if (refusal(ctx, 'contact.read')) return ok(known)
  const whole = await getContact(ctx, { contactId: id })
  if (!whole.ok) return whole
  const { identities, conversations } = whole.value
  const followers = identities.flatMap((one) => (one.platform === platform ? (one.followers ?? []) : []))
  return ok({
    ...known,
    followers: followers.length > 0 ? Math.max(...followers) : null,
    previousInteractions: conversations - 1,
  })
}
