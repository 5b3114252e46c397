import { now } from '@/lib/core/clock'
import type { Ctx } from '@/lib/workspace'
import { z } from 'zod'
import type { ConversationCard, MessageCard } from './schema'

/** What a list shows of a conversation. */
export const cardColumns = {
  id: true,
  accountId: true,
  platform: true,
  kind: true,
  state: true,
  snoozedUntil: true,
  assigneeId: true,
  priority: true,
  leadScore: true,
  sentiment: true,
  intent: true,
  excerpt: true,
  unanswered: true,
  messageCount: true,
  lastMessageAt: true,
  lastInboundAt: true,
  disposition: true,
  heldById: true,
  heldUntil: true,
  account: { select: { handle: true } },
  contact: { select: { id: true, name: true, avatarUrl: true } },
} as const

type Row = NonNullable<Awaited<ReturnType<typeof oneRow>>>
const oneRow = (db: Ctx['db']) => db.conversation.findFirst({ select: cardColumns })

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export function toCard({ account, heldById, heldUntil, ...row }: Row): ConversationCard {
  return {
    ...row,
    accountHandle: account.handle,
    snoozedUntil: iso(row.snoozedUntil),
    lastMessageAt: row.lastMessageAt.toISOString(),
    lastInboundAt: iso(row.lastInboundAt),
    heldBy: heldById && heldUntil && heldUntil > now() ? { memberId: heldById, until: heldUntil.toISOString() } : null,
  }
}

export const messageColumns = {
  id: true,
  externalId: true,
  kind: true,
  own: true,
  text: true,
  at: true,
  authorName: true,
  authorHandle: true,
  authorAvatar: true,
  parentExternalId: true,
  url: true,
  media: true,
  rating: true,
  reaction: true,
  editedAt: true,
  deletedAt: true,
  erasedAt: true,
  sentiment: true,
  intent: true,
  priority: true,
} as const

type MessageRow = NonNullable<Awaited<ReturnType<typeof oneMessage>>>
const oneMessage = (db: Ctx['db']) => db.message.findFirst({ select: messageColumns })
const Media = z.array(z.object({ kind: z.string(), url: z.string() }))

export const toMessage = ({ authorName, authorHandle, authorAvatar, media, ...row }: MessageRow): MessageCard => ({
  ...row,
  at: row.at.toISOString(),
  editedAt: iso(row.editedAt),
  deletedAt: iso(row.deletedAt),
  erasedAt: iso(row.erasedAt),
  author: { name: authorName, handle: authorHandle, avatarUrl: authorAvatar },
  media: Media.parse(media),
})
