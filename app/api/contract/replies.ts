import { z } from 'zod'
import { ApproveReply, CancelReply, WriteReply } from '@/lib/inbox/schema'
import { endpoint, exactly, saidOnce } from './endpoint'
import { Note, Reply } from './inbox-shapes'
import { cursor, limit } from './posts'
import { OneId } from './words'

export const listReplies = endpoint({
  id: 'listConversationReplies',
  method: 'GET',
  path: '/api/inbox/conversations/{id}/replies',
  tag: 'Inbox',
  summary: 'Read our answers with their ledgers',
  description:
    'Every try, what the network said, and how we know. The latest page first, each page in the order they were written; `next` leads to those before.',
  scope: 'inbox.read',
  params: OneId,
  query: exactly({ cursor, limit }),
  answer: z.object({ replies: z.array(Reply), next: z.string().nullable() }),
  isPaged: true,
  failures: ['NOT_FOUND'],
})

const { text, evenSo, despiteRefusal, fence, mediaIds, template, privately } = WriteReply.shape
const files = mediaIds.unwrap().optional()
export const replyToMessage = endpoint({
  id: 'replyToMessage',
  method: 'POST',
  path: '/api/inbox/messages/{id}/reply',
  tag: 'Inbox',
  summary: 'Answer a message',
  description:
    'Sent once, when the time to take it back is over; `GET /api/inbox/conversations/{id}/replies` tells how it went. The same words to the same message are refused. With `fence`, the conversation’s `holdFence` as it was read, it is refused when somebody has taken the conversation since, or answered in it without holding it. `mediaIds` names files of the library, where the conversation’s `answering.media` takes them; where that says `apart`, a file is an answer of its own, and `text` is empty. `template` goes out in the place of free words, where the network approved it; `text` is how it reads; to somebody who refused to hear from us beyond an answer it needs `despiteRefusal`. With `forApproval` it waits for somebody to approve it, and the scope `inbox.draft` is enough. With `privately`, only the author of the comment reads it: the message’s `privateAnswer` says whether its network takes that, which it does once for each comment, in words alone. `content` and `media` are other names for `text` and `mediaIds`. With `isPrivate`, `text` is kept as a note on the conversation in the place of an answer and goes nowhere; that needs the scope `inbox.triage`.',
  scope: 'inbox.draft',
  params: OneId,
  body: saidOnce(
    exactly({
      text: text.optional(),
      content: text.optional(),
      evenSo,
      despiteRefusal,
      fence,
      mediaIds: files,
      media: files,
      template,
      privately,
      isPrivate: z.boolean().default(false),
      forApproval: z.boolean().default(false),
    }),
    { content: 'text', media: 'mediaIds' },
  )
    .refine(({ text: ours, content }) => ours !== undefined || content !== undefined, {
      path: ['text'],
      error: 'is needed',
    })
    .refine(
      ({ isPrivate, mediaIds, media, template: approved, forApproval, privately: toAuthor }) =>
        !isPrivate || !((mediaIds ?? media)?.length || approved || forApproval || toAuthor),
      { path: ['isPrivate'], error: 'is a note among ourselves, which is text alone and goes to nobody' },
    ),
  example: { text: 'We look into it, and write again today.' },
  status: 202,
  answer: z.union([
    z.object({ reply: z.object({ id: z.string(), sendAt: z.iso.datetime() }) }),
    z.object({ note: Note }),
  ]),
  failures: ['NOT_FOUND', 'CONFLICT', 'PLATFORM_AUTH_FAILED'],
})

export const approveReply = endpoint({
  id: 'approveReply',
  method: 'POST',
  path: '/api/inbox/replies/{id}/approve',
  tag: 'Inbox',
  summary: 'Approve an answer',
  description:
    'As it is, or with other words in `text`. All that is asked when an answer is written is asked again: its words, the time to answer, whether somebody else is answering, and whether they refused to hear from us; also whether somebody else has answered them since it was written. `evenSo` sends it all the same.',
  scope: 'inbox.reply',
  params: OneId,
  body: exactly({ text: ApproveReply.shape.text, evenSo, despiteRefusal, fence }),
  example: {},
  status: 202,
  answer: z.object({ reply: z.object({ id: z.string(), sendAt: z.iso.datetime() }) }),
  failures: ['CONFLICT'],
})

export const cancelReply = endpoint({
  id: 'cancelReply',
  method: 'POST',
  path: '/api/inbox/replies/{id}/cancel',
  tag: 'Inbox',
  summary: 'Take an answer back',
  description:
    'While it waits to be sent, or in place of approving it, and then `reason` is kept with it. `cancelled`: nothing was sent, for certain. `unknown`: it is not sent again, but an earlier try may still arrive; it is looked for, and becomes `sent` or `cancelled`.',
  scope: 'inbox.draft',
  params: OneId,
  body: exactly({ reason: CancelReply.shape.reason }),
  example: {},
  answer: z.object({ reply: z.object({ id: z.string(), state: z.enum(['cancelled', 'unknown']) }) }),
  failures: ['CONFLICT'],
})

export const settleReply = endpoint({
  id: 'settleReply',
  method: 'POST',
  path: '/api/inbox/replies/{id}/settle',
  tag: 'Inbox',
  summary: 'Say what became of an answer',
  description: 'For an answer in state `needs_person`. `it_is_there` needs the `url` at which it was found.',
  scope: 'inbox.reply',
  params: OneId,
  body: exactly({
    answer: z.enum(['it_is_there', 'send_again', 'give_up']),
    url: z.url({ protocol: /^https?$/ }).optional(),
  }).refine(({ answer, url }) => (answer === 'it_is_there') === (url !== undefined), {
    path: ['url'],
    error: 'is needed for it_is_there, and only there',
  }),
  example: { answer: 'give_up' },
  answer: z.object({ reply: z.object({ id: z.string() }) }),
  failures: ['CONFLICT'],
})

export const tryReplyAgain = endpoint({
  id: 'tryReplyAgain',
  method: 'POST',
  path: '/api/inbox/replies/{id}/try-again',
  tag: 'Inbox',
  summary: 'Say again what the network refused',
  description:
    'As it was, or with other words in `text`: a new answer takes the place of the refused one. With a key that may not send, it waits for approval.',
  scope: 'inbox.draft',
  params: OneId,
  body: exactly({ text: ApproveReply.shape.text, evenSo, despiteRefusal, fence }),
  example: {},
  status: 202,
  answer: z.object({ reply: z.object({ id: z.string(), sendAt: z.iso.datetime(), sends: z.boolean() }) }),
  failures: ['NOT_FOUND', 'CONFLICT', 'PLATFORM_AUTH_FAILED'],
})
