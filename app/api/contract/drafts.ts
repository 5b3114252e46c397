import { z } from 'zod'
import { draftOrigins } from '@/lib/ai/schema'
import { ApproveDraft, RejectDraft } from '@/lib/inbox/schema'
import { endpoint, exactly } from './endpoint'
import { limit } from './posts'
import { Id, OneId } from './words'

const Draft = z.object({
  id: z.string(),
  conversationId: z.string(),
  messageId: z.string(),
  origin: z.enum(draftOrigins).meta({ description: '`model` wrote it, a `saved` answer fits, or it is a `template`.' }),
  text: z.string(),
  confidence: z.number().meta({ description: '0 to 1, after our own checks.' }),
  reasons: z.array(z.string()),
  sources: z.array(z.object({ id: z.string(), title: z.string(), url: z.string().nullable() })),
  problems: z
    .array(z.object({ kind: z.string(), message: z.string() }))
    .meta({ description: 'What speaks against sending it as it is.' }),
  fallback: z.string().nullable().meta({ description: 'Why it is a template although a model was wanted.' }),
  model: z.string().nullable(),
  costMicros: z.number().int().meta({ description: 'Millionths of a US dollar.' }),
  createdAt: z.iso.datetime(),
})

export const generateResponse = endpoint({
  id: 'generateResponse',
  method: 'POST',
  path: '/api/interactions/{id}/generate-response',
  tag: 'Inbox',
  summary: 'Have an answer drafted',
  description:
    'In the brand’s voice, with the thread and the knowledge base as its ground; without a model, a template. It waits among the drafts: approve it there, or with `approve-response`. `forceRegenerate` asks anew although the same was drafted a while ago.',
  scope: 'ai.use',
  params: OneId,
  body: exactly({ forceRegenerate: z.boolean().default(false) }),
  example: {},
  status: 201,
  answer: z.object({
    response: z.string(),
    confidence: z.number(),
    requiresApproval: z.boolean().meta({ description: 'Always true: what is drafted here is never sent by itself.' }),
    draft: Draft.omit({ conversationId: true }),
  }),
  failures: ['NOT_FOUND'],
})

export const listDrafts = endpoint({
  id: 'listDrafts',
  method: 'GET',
  path: '/api/inbox/drafts',
  tag: 'Inbox',
  summary: 'List drafts that wait for a person',
  description:
    'The latest first. Those are left out that were decided, or gave way: to a newer one, to an answer, to a change or the end of what they answer, or to the end of their conversation.',
  scope: 'inbox.read',
  query: exactly({ conversationId: Id.optional(), cursor: Id.optional(), limit }),
  answer: z.object({ drafts: z.array(Draft), next: z.string().nullable() }),
  isPaged: true,
  failures: ['NOT_FOUND'],
})

export const approveDraft = endpoint({
  id: 'approveDraft',
  method: 'POST',
  path: '/api/inbox/drafts/{id}/approve',
  tag: 'Inbox',
  summary: 'Make a draft an answer',
  description:
    'As it is, or with other words in `text`. It takes the road of any answer; with a key that may not send, it waits for somebody who may. Where somebody answered since it was drafted, what it answers was changed, or the conversation was done, it is refused with `CONFLICT` until you send `evenSo`.',
  scope: 'inbox.draft',
  params: OneId,
  body: exactly({ text: ApproveDraft.shape.text, fence: ApproveDraft.shape.fence, evenSo: ApproveDraft.shape.evenSo }),
  example: {},
  status: 202,
  answer: z.object({ reply: z.object({ id: z.string(), sendAt: z.iso.datetime(), sends: z.boolean() }) }),
  failures: ['NOT_FOUND', 'CONFLICT', 'PLATFORM_AUTH_FAILED'],
})

export const rejectDraft = endpoint({
  id: 'rejectDraft',
  method: 'POST',
  path: '/api/inbox/drafts/{id}/reject',
  tag: 'Inbox',
  summary: 'Turn a draft down',
  description: 'Why is kept with it, so that voice and knowledge can be mended.',
  scope: 'inbox.draft',
  params: OneId,
  body: exactly({ reason: RejectDraft.shape.reason }),
  example: { reason: 'Too stiff' },
  answer: z.object({ draft: z.object({ id: z.string(), state: z.literal('rejected') }) }),
  failures: ['NOT_FOUND', 'CONFLICT'],
})
