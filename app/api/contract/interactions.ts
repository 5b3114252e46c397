import { z } from 'zod'
import { ApproveReply, ListConversations, mostSkipped } from '@/lib/inbox/schema'
import { endpoint, exactly } from './endpoint'
import { Interaction } from './inbox-shapes'
import { limit } from './posts'
import { Id, OneId, PlatformName } from './words'

const { feeling } = ListConversations.shape
const next = z.string().nullable()

export const listInteractions = endpoint({
  id: 'listInteractions',
  method: 'GET',
  path: '/api/interactions',
  tag: 'Inbox',
  summary: 'List interactions',
  description:
    '`GET /api/inbox/messages` in few words: what was said, how it sounds, and how much it weighs. `offset` passes over the first so many; a cursor is better, as what arrives meanwhile moves nothing. `total` is counted to 10,000, and null below a cursor.',
  scope: 'inbox.read',
  query: exactly({
    platform: PlatformName.optional(),
    sentiment: feeling,
    cursor: Id.optional(),
    offset: z.coerce.number().int().min(0).max(mostSkipped).optional(),
    limit,
  }).refine(({ cursor, offset }) => cursor === undefined || offset === undefined, {
    path: ['offset'],
    error: 'goes without a cursor: send one of them',
  }),
  answer: z.object({
    interactions: z.array(Interaction),
    next,
    total: z.number().int().nullable(),
    hasMore: z.boolean(),
  }),
  isPaged: true,
  failures: ['NOT_FOUND'],
})

export const approveResponse = endpoint({
  id: 'approveResponse',
  method: 'POST',
  path: '/api/interactions/{id}/approve-response',
  tag: 'Inbox',
  summary: 'Decide about the answer that waits',
  description:
    'The answer to this interaction that waits for approval, or else the draft that waits for it: approved, perhaps with `modifiedResponse` in its place, or turned down. Where somebody answered meanwhile, what it answers was changed, or the conversation was done, it is refused with `CONFLICT` until you send `evenSo`.',
  scope: 'inbox.reply',
  params: OneId,
  body: exactly({
    approved: z.boolean(),
    modifiedResponse: ApproveReply.shape.text,
    fence: ApproveReply.shape.fence,
    evenSo: ApproveReply.shape.evenSo,
  }),
  example: { approved: true },
  answer: z.object({ success: z.literal(true), replyId: z.string().nullable() }),
  failures: ['NOT_FOUND', 'CONFLICT'],
})
