import { z } from 'zod'
import { AddNote, ImportedMessage, ListConversations as Listed, mostImported } from '@/lib/inbox/schema'
import { ReportOn } from '@/lib/analytics/schema'
import { incomingKinds } from '@/lib/platforms/platform'
import { MB } from '../body'
import { endpoint, exactly, saidOnce } from './endpoint'
import { Conversation, Note, OneConversation, PlacedMessage, ThreadMessage } from './inbox-shapes'
import { cursor, limit } from './posts'
import { Id, OneId, PlatformName } from './words'

const shape = Listed.shape
const id = '0199f3a0-0000-7000-8000-000000000001'
const feeling = shape.feeling
const kind = z.enum(incomingKinds).optional()
const changed = z.object({ changed: z.number().int() })
const next = z.string().nullable()

export const listConversations = endpoint({
  id: 'listConversations',
  method: 'GET',
  path: '/api/inbox/conversations',
  tag: 'Inbox',
  summary: 'List conversations',
  description:
    'Pages of what belongs together: a thread, a chat, a review with its answers. `view` is one of the inbox’s own lists; keys are nobody, so `mine` is empty for them. `search` looks at words, as they stand or several in any order, and at the names and handles of all who speak; `words` finds whole words in full text: all of them, “phrases”, `or`, `-without`, any ending`*`. `disposition` is of those that ended for that reason. `priority` is low below 40, medium to 59, high to 79, urgent from 80. `unreadOnly` leaves those that wait for an answer; `sla` those whose promise is soon due or broken. `status`, `assignedTo` and `sentiment` are other names for `view`, `assigneeId` and `feeling`; `page` counts from 1, and a cursor is better. `total` and `unreadCount` are counted to 10,000, not below a cursor, and without `search` or `words`.',
  scope: 'inbox.read',
  query: saidOnce(
    exactly({
      view: shape.view.unwrap().optional().meta({ description: '`todo` where neither this nor `status` is sent.' }),
      status: z
        .enum(['open', 'pending', 'resolved'], {
          error: 'must be open, pending or resolved. Nothing is archived here: what ended is resolved',
        })
        .optional(),
      accountId: z.array(Id).max(50).optional(),
      projectId: Id.optional(),
      platform: PlatformName.optional(),
      kind,
      intent: shape.intent,
      priority: z.enum(['low', 'medium', 'high', 'urgent']).optional(),
      unreadOnly: z.enum(['true', 'false']).optional(),
      feeling,
      sentiment: feeling,
      sla: shape.sla,
      assigneeId: Id.optional(),
      assignedTo: Id.optional(),
      teamId: Id.optional(),
      labelId: z.array(Id).max(50).optional(),
      contactId: Id.optional(),
      search: shape.search,
      words: shape.words,
      disposition: shape.disposition,
      sort: shape.sort,
      cursor,
      page: z.coerce.number().int().min(1).max(100).optional(),
      limit,
    }),
    { status: 'view', assignedTo: 'assigneeId', sentiment: 'feeling', page: 'cursor' },
  ),
  answer: z.object({
    conversations: z.array(Conversation),
    next,
    total: z.number().int().nullable(),
    unreadCount: z.number().int().nullable(),
  }),
  isPaged: true,
})

export const readConversation = endpoint({
  id: 'readConversation',
  method: 'GET',
  path: '/api/inbox/conversations/{id}',
  tag: 'Inbox',
  summary: 'Read a conversation',
  description: 'With what made its scores, and whether its network lets us answer.',
  scope: 'inbox.read',
  params: OneId,
  answer: z.object({ conversation: OneConversation }),
  failures: ['NOT_FOUND'],
})

export const listMessages = endpoint({
  id: 'listConversationMessages',
  method: 'GET',
  path: '/api/inbox/conversations/{id}/messages',
  tag: 'Inbox',
  summary: 'Read what was said in a conversation',
  description: 'The latest page first, each page in the order it was said; `next` leads to what was said before.',
  scope: 'inbox.read',
  params: OneId,
  query: exactly({ cursor, limit }),
  answer: z.object({ messages: z.array(ThreadMessage), next }),
  isPaged: true,
  failures: ['NOT_FOUND'],
})

export const setState = endpoint({
  id: 'setConversationState',
  method: 'PUT',
  path: '/api/inbox/conversations/{id}/state',
  tag: 'Inbox',
  summary: 'Say where work on a conversation stands',
  description:
    'News from the other side opens it again. `until` is needed for `snoozed`; `disposition` goes with `done`, and is one of the reasons that the workspace has.',
  scope: 'inbox.triage',
  params: OneId,
  body: exactly({
    state: z.enum(['todo', 'waiting', 'snoozed', 'done']),
    until: z.iso.datetime({ offset: true }).optional(),
    disposition: z.string().trim().max(80).optional(),
  })
    .refine(({ state, until }) => (state === 'snoozed') === (until !== undefined), {
      path: ['until'],
      error: 'is needed for snoozed, and only there',
    })
    .refine(({ state, disposition }) => state === 'done' || disposition === undefined, {
      path: ['disposition'],
      error: 'goes with done only',
    }),
  example: { state: 'done', disposition: 'Answered' },
  answer: changed,
  failures: ['NOT_FOUND'],
})

const note = AddNote.shape.text.optional().meta({ description: 'Kept as a note, for whoever gets it.' })
const assignee = saidOnce(
  exactly({
    assigneeId: Id.nullable().optional().meta({ description: 'A member; null for nobody.' }),
    assignedTo: Id.nullable().optional().meta({ description: 'Another name for `assigneeId`.' }),
    teamId: Id.nullable()
      .optional()
      .meta({ description: 'A team; null for none. A team alone takes it from who holds it.' }),
    note,
  }),
  { assignedTo: 'assigneeId' },
).refine(
  ({ assigneeId, assignedTo, teamId }) => [assigneeId, assignedTo, teamId].some((given) => given !== undefined),
  { path: ['assigneeId'], error: 'is needed, or teamId in its place' },
)
/** As the inbox has it. */
export const toAssign = ({ assignedTo, assigneeId = assignedTo, ...rest }: z.output<typeof assignee>) => ({
  ...rest,
  assigneeId,
})

export const assignConversation = endpoint({
  id: 'assignConversation',
  method: 'PUT',
  path: '/api/inbox/conversations/{id}/assign',
  tag: 'Inbox',
  summary: 'Assign a conversation',
  description: 'To a person of the workspace, to a team, or to nobody.',
  scope: 'inbox.triage',
  params: OneId,
  body: assignee,
  example: { assigneeId: null },
  answer: changed,
  failures: ['NOT_FOUND'],
})

const ids = z.array(Id).max(50).default([])
export const changeConversations = endpoint({
  id: 'changeConversations',
  method: 'POST',
  path: '/api/inbox/conversations/bulk',
  tag: 'Inbox',
  summary: 'Change many conversations',
  description:
    'At most 200 at once, each for itself: `items` says what became of each, in the order in which they were named, and why one was left out.',
  scope: 'inbox.triage',
  body: exactly({
    conversationIds: z.array(Id).min(1).max(200),
    change: z.discriminatedUnion('do', [
      exactly({ do: z.literal('state'), state: z.enum(['todo', 'waiting']) }),
      exactly({ do: z.literal('done'), disposition: z.string().trim().max(80).optional() }),
      exactly({ do: z.literal('snooze'), until: z.iso.datetime({ offset: true }) }),
      exactly({
        do: z.literal('assign'),
        assigneeId: Id.nullable().optional(),
        teamId: Id.nullable().optional(),
        note,
      }),
      exactly({ do: z.literal('label'), add: ids, remove: ids }),
      exactly({ do: z.literal('macro'), macroId: Id }),
    ]),
  }),
  example: { conversationIds: [id], change: { do: 'done', disposition: 'Answered' } },
  answer: z.object({
    report: z.object({
      done: z.number().int(),
      items: z.array(
        z.discriminatedUnion('ok', [
          z.object({ conversationId: z.string(), ok: z.literal(true) }),
          z.object({ conversationId: z.string(), ok: z.literal(false), message: z.string() }),
        ]),
      ),
    }),
  }),
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

export const listNotes = endpoint({
  id: 'listNotes',
  method: 'GET',
  path: '/api/inbox/conversations/{id}/notes',
  tag: 'Inbox',
  summary: 'Read notes',
  description: 'The latest 200, in the order they were written. Notes never leave the workspace.',
  scope: 'inbox.read',
  params: OneId,
  answer: z.object({ notes: z.array(Note) }),
})

export const addNote = endpoint({
  id: 'addNote',
  method: 'POST',
  path: '/api/inbox/conversations/{id}/notes',
  tag: 'Inbox',
  summary: 'Add a note',
  description: 'Something said among ourselves. It never leaves the workspace.',
  scope: 'inbox.triage',
  params: OneId,
  body: exactly({ text: AddNote.shape.text }),
  example: { text: 'She has waited since Monday.' },
  status: 201,
  answer: z.object({ note: Note }),
  failures: ['NOT_FOUND'],
})

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
    kind,
    feeling,
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

export const importMessages = endpoint({
  id: 'importMessages',
  method: 'POST',
  path: '/api/inbox/import',
  tag: 'Inbox',
  summary: 'Bring in messages from elsewhere',
  description: `At most ${mostImported} at once, in \`messages\` or as \`csv\` whose first line names the columns: id, kind, text, at, authorId, authorHandle, authorName, own, conversation, parent, post, url, rating. Each is kept once by its id, so the same may be sent again. What was said more than 14 days ago, or more than a day before its account was connected, asks nobody for an answer. A CSV with one wrong line changes nothing. The body may have ${mostMB} MB.`,
  mostBytes: mostMB * MB,
  scope: 'inbox.import',
  body: exactly({
    accountId: Id,
    messages: z
      .array(exactly({ ...ImportedMessage.shape }))
      .max(mostImported)
      .optional(),
    csv: z.string().optional(),
  }),
  example: {
    accountId: id,
    messages: [
      { id: 'c-1', kind: 'comment', text: 'Where is my order?', at: '2026-11-21T09:00:00Z', author: { id: 'u-1' } },
    ],
  },
  status: 201,
  answer: z.object({ fresh: z.number().int(), changed: z.number().int() }),
  failures: ['NOT_FOUND'],
})

const took = z.object({ medianMs: z.number().nullable(), p90Ms: z.number().nullable(), n: z.number().int() })
const count = z.number().int()
const promises = z.object({ kept: count, broken: count, owed: count })
export const readAnalytics = endpoint({
  id: 'readInboxAnalytics',
  method: 'GET',
  path: '/api/inbox/analytics',
  tag: 'Inbox',
  summary: 'See how people are answered',
  description:
    'Of conversations that somebody began within the last `days` and that want an answer, spam left out. Times are milliseconds from the first word; answers of programs are counted apart. `businessHours` counts the same times in the hours named by `calendarId`, or else the first.',
  scope: 'analytics.view',
  query: exactly({
    days: z.coerce.number().pipe(ReportOn.shape.days.unwrap()).default(28),
    accountId: z.array(Id).max(50).optional(),
    calendarId: Id.optional(),
  }),
  answer: z.object({
    report: z.object({
      from: z.iso.datetime(),
      to: z.iso.datetime(),
      asOf: z.iso.datetime(),
      timeZone: z.string(),
      asked: count,
      answered: count,
      answeredByProgram: count,
      firstReply: took,
      resolution: took,
      programReply: took,
      businessHours: z.object({ id: z.string(), name: z.string(), firstReply: took, resolution: took }).nullable(),
      promises: z.object({ firstReply: promises, resolution: promises }),
      isSample: z.boolean(),
      leads: count,
      sentiment: z.array(z.object({ day: z.string(), average: z.number(), n: count })),
      byHour: z.array(count),
      answersByHour: z.array(count),
      people: z.array(z.object({ memberId: z.string(), name: z.string(), answers: count, open: count })),
    }),
  }),
})
