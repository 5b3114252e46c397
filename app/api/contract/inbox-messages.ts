import { z } from 'zod'
import { ExactMessage, isOneOfBoth, ListConversations as Listed, mostImported, notOneOfBoth } from '@/lib/inbox/schema'
import { incomingKinds } from '@/lib/platforms/platform'
import { MB } from '../body'
import { endpoint, exactly, judgedLater, judging } from './endpoint'
import { assignee, changed } from './inbox'
import { OneConversation, PlacedMessage, ThreadMessage } from './inbox-shapes'
import { cursor, limit } from './posts'
import { Id, OneId, PlatformName } from './words'

const next = z.string().nullable()

export const listInboxMessages = endpoint({
  id: 'listInboxMessages',
  method: 'GET',
  path: '/api/inbox/messages',
  tag: 'Inbox',
  summary: 'List everything said to us',
  description: 'Over all conversations, the latest first, without what was taken away at its network.',
  scope: 'inbox.read',
  query: exactly({
    platform: PlatformName.optional(),
    accountId: z.array(Id).max(50).optional(),
    kind: z.enum(incomingKinds).optional(),
    feeling: Listed.shape.feeling,
    since: z.iso.datetime({ offset: true }).optional(),
    cursor: Id.optional(),
    limit,
  }),
  answer: z.object({ messages: z.array(PlacedMessage), next }),
  isPaged: true,
  failures: ['NOT_FOUND'],
})

export const assignByMessage = endpoint({
  id: 'assignByMessage',
  method: 'PUT',
  path: '/api/inbox/messages/{id}/assign',
  tag: 'Inbox',
  summary: 'Assign the conversation of a message',
  description: 'The same as assigning its conversation, for whoever knows only the message.',
  scope: 'inbox.triage',
  params: OneId,
  body: assignee,
  example: { assigneeId: null },
  answer: changed,
  failures: ['NOT_FOUND'],
})

export const hideMessage = endpoint({
  id: 'hideMessage',
  method: 'PUT',
  path: '/api/inbox/messages/{id}/hidden',
  tag: 'Inbox',
  summary: 'Hide a message at its network, or show it again',
  description:
    'For messages that have a `hiding`: comments on Facebook, Instagram, Threads, X and YouTube. It is done in a moment; `hiding` of the message says what became of it.',
  scope: 'inbox.reply',
  params: OneId,
  body: exactly({ hidden: z.boolean() }),
  example: { hidden: true },
  status: 202,
  answer: z.object({ hidden: z.boolean() }),
  failures: ['NOT_FOUND', 'CONFLICT'],
})

export const deleteMessage = endpoint({
  id: 'deleteMessage',
  method: 'DELETE',
  path: '/api/inbox/messages/{id}',
  tag: 'Inbox',
  summary: 'Delete a message at its network',
  description:
    'For messages whose `hiding` has a `deleting`: what others say under our posts on Facebook, Instagram and YouTube. It is done in a moment, and for good; `hiding` says why where it was not.',
  scope: 'inbox.reply',
  params: OneId,
  status: 202,
  answer: z.object({ id: z.string() }),
  failures: ['NOT_FOUND', 'CONFLICT'],
})

export const readMessageFile = endpoint({
  id: 'readMessageFile',
  method: 'GET',
  path: '/api/inbox/files/{id}',
  tag: 'Inbox',
  summary: 'Read a file that came with a message',
  description: 'As the `url` of a message’s `media` names it. Answers ranges.',
  scope: 'inbox.read',
  params: OneId,
  answer: 'bytes',
  failures: ['NOT_FOUND'],
})

/** As many messages as are taken at once, with long texts. */
const mostMB = 20

const MessagesPreview = z.object({
  rows: z.array(
    z.object({
      row: z.number().int().meta({ description: 'A line of the CSV, or a place in the list, from 1.' }),
      state: z
        .enum(['ready', 'done', 'blocked'])
        .meta({ description: '`done`: a message of this id is here already.' }),
      excerpt: z.string(),
      problems: z.array(z.object({ severity: z.literal('refusal'), message: z.string() })),
    }),
  ),
  notes: z.array(z.string()),
})

export const importMessages = endpoint({
  id: 'importMessages',
  method: 'POST',
  path: '/api/inbox/import',
  tag: 'Inbox',
  summary: 'Bring in messages from elsewhere',
  description: `At most ${mostImported} at once, in \`messages\` or as \`csv\` whose first line names the columns: id, kind, text, at, authorId, authorHandle, authorName, own, conversation, parent, post, url, rating. Each is kept once by its id, so the same may be sent again. What was said more than 14 days ago, or more than a day before its account was connected, asks nobody for an answer. One wrong message, or one wrong line of a CSV, and nothing is changed. With \`dryRun\` nothing is written, and \`preview\` says of each what is wrong; a second of one id is named there, and an import keeps of the two what was said last. The body may have ${mostMB} MB.`,
  mostBytes: mostMB * MB,
  scope: 'inbox.import',
  body: exactly({
    accountId: Id,
    messages: z.array(judgedLater(ExactMessage)).max(mostImported).optional(),
    csv: z.string().optional(),
    dryRun: z.boolean().default(false),
  })
    .refine(isOneOfBoth, notOneOfBoth)
    .superRefine(({ messages = [], dryRun }, { addIssue }) => {
      if (dryRun) return
      for (const [place, message] of messages.entries())
        for (const issue of ExactMessage.safeParse(message, judging).error?.issues ?? [])
          addIssue({ ...issue, path: ['messages', place, ...issue.path] })
    }),
  example: {
    accountId: '0199f3a0-0000-7000-8000-000000000001',
    messages: [
      { id: 'c-1', kind: 'comment', text: 'Where is my order?', at: '2026-11-21T09:00:00Z', author: { id: 'u-1' } },
    ],
  },
  status: 201,
  answer: z.object({
    fresh: z.number().int().optional(),
    changed: z.number().int().optional(),
    preview: MessagesPreview.optional(),
  }),
  failures: ['NOT_FOUND'],
})

export const readThread = endpoint({
  id: 'readThread',
  method: 'GET',
  path: '/api/inbox/messages/{id}',
  tag: 'Inbox',
  summary: 'Read a conversation with what was said in it',
  description:
    'In one call, by the id of the conversation or of a message in it: the conversation, the latest page of its messages in the order they were said, and whom it is with. `followers` and `previousInteractions`, the other conversations that they are in, are null for keys without `contact.read`.',
  scope: 'inbox.read',
  params: OneId,
  query: exactly({ cursor, limit }),
  answer: z.object({
    conversation: OneConversation,
    messages: z.array(ThreadMessage),
    participant: z
      .object({
        id: z.string(),
        name: z.string(),
        avatar: z.string().nullable(),
        platform: z.string(),
        followers: z.number().int().nullable(),
        previousInteractions: z.number().int().nullable(),
      })
      .nullable(),
    next,
  }),
  isPaged: true,
  failures: ['NOT_FOUND'],
})
