import type { z } from 'zod'
import { questionDoor, readingDoor } from '@/app/(workspace)/reading'
import { draftReply, getDraftDesk } from '@/lib/inbox'
import type { DraftReply } from '@/lib/inbox/schema'

/** The draft that waits in a conversation. */
export const GET = readingDoor((ctx, given) => getDraftDesk(ctx, { conversationId: given.get('conversation') ?? '' }))

/** Drafts an answer. A model may think for a while, and an action would keep all others of this browser waiting. */
export const POST = questionDoor((ctx, question) =>
  // The operation parses and judges it.
  draftReply(ctx, question as z.input<typeof DraftReply>),
)
