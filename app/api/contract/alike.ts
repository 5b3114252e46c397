import { z } from 'zod'
import { AnswerAlike, mostAnswered } from '@/lib/inbox/schema'
import { endpoint, exactly } from './endpoint'
import { Id, OneId } from './words'

const Alike = z.object({
  conversationId: z.string(),
  platform: z.string(),
  name: z.string().meta({ description: 'Who it is with.' }),
  text: z.string().nullable().meta({ description: 'How the answer reads there.' }),
  problem: z.string().nullable().meta({ description: 'Why it cannot be answered.' }),
})
const more = z
  .number()
  .int()
  .meta({ description: `How many there are beyond the ${mostAnswered} that are answered at once.` })

export const listAlike = endpoint({
  id: 'listAlikeConversations',
  method: 'GET',
  path: '/api/inbox/conversations/{id}/alike',
  tag: 'Inbox',
  summary: 'List conversations in which nearly the same is said',
  description:
    'This one first, then others of the last seven days, the newest first; each with why one answer to all would leave it out: it was answered, its time is over, somebody else is at it.',
  scope: 'inbox.read',
  params: OneId,
  answer: z.object({ conversations: z.array(Alike), more }),
  failures: ['NOT_FOUND'],
})

const { text } = AnswerAlike.shape
const of = { conversationId: z.string(), name: z.string() }
export const answerAlike = endpoint({
  id: 'answerAlikeConversations',
  method: 'POST',
  path: '/api/inbox/conversations/{id}/alike/replies',
  tag: 'Inbox',
  summary: 'Answer all who say nearly the same',
  description:
    '`text` may hold the variables of saved replies; each conversation gets it as it reads there, by the road of any answer, and once: sent again, the same words go nowhere a second time. Without `conversationIds`, all that may be answered are. With `dryRun` nothing is written, and `preview` says how it would read to each.',
  scope: 'inbox.reply',
  params: OneId,
  body: exactly({
    text,
    conversationIds: z.array(Id).min(1).max(mostAnswered).optional(),
    dryRun: z.boolean().default(false),
  }),
  example: { text: 'Hello {{contact.first_name|there}}, we are back.', dryRun: true },
  status: 202,
  answer: z.object({
    preview: z.array(Alike).optional(),
    report: z
      .object({
        sendAt: z.iso.datetime().meta({ description: 'When those that are queued go out.' }),
        items: z.array(
          z.discriminatedUnion('outcome', [
            z.object({ ...of, outcome: z.literal('queued'), replyId: z.string() }),
            z.object({ ...of, outcome: z.literal('known') }),
            z.object({ ...of, outcome: z.literal('left_out'), message: z.string() }),
          ]),
        ),
      })
      .optional(),
  }),
  failures: ['NOT_FOUND'],
})
