import { z } from 'zod'
import { endpoint } from './endpoint'
import { OneId } from './words'

export const holdConversation = endpoint({
  id: 'holdConversation',
  method: 'PUT',
  path: '/api/inbox/conversations/{id}/hold',
  tag: 'Inbox',
  summary: 'Say that one is answering',
  description:
    'The screens show others who it is. It holds for 30 seconds: send it again while the answer is being written, without an `Idempotency-Key`, or with another. While somebody else holds it, `mine` is false and `memberId` says who; nothing is taken from them. `fence` goes with the answer, which is refused when somebody has taken the conversation since.',
  scope: 'inbox.draft',
  params: OneId,
  answer: z.object({
    hold: z.object({ mine: z.boolean(), fence: z.number().int(), memberId: z.string(), until: z.iso.datetime() }),
  }),
  failures: ['NOT_FOUND'],
})

export const releaseConversation = endpoint({
  id: 'releaseConversation',
  method: 'DELETE',
  path: '/api/inbox/conversations/{id}/hold',
  tag: 'Inbox',
  summary: 'Say that one is no longer answering',
  description: '`released` is false where it was not held, or by somebody else, who then goes on holding it.',
  scope: 'inbox.draft',
  params: OneId,
  answer: z.object({ released: z.boolean() }),
  failures: ['NOT_FOUND'],
})
