import { z } from 'zod'
import { AddNote, ListConversations as Listed } from '@/lib/inbox/schema'
import { incomingKinds } from '@/lib/platforms/platform'
import { endpoint, exactly, saidOnce } from './endpoint'
import { ListedConversation, Note, OneConversation, ThreadMessage } from './inbox-shapes'
import { cursor, limit } from './posts'
import { Id, OneId, PlatformName } from './words'

const shape = Listed.shape
const id = '0199f3a0-0000-7000-8000-000000000001'
const feeling = shape.feeling
const kind = z.enum(incomingKinds).optional()
export const changed = z.object({ changed: z.number().int() })
const next = z.string().nullable()

export const listConversations = endpoint({
  id: 'listConversations',
  method: 'GET',
  path: '/api/inbox/conversations',
  tag: 'Inbox',
  summary: 'List conversations',
  description:
    'Pages of what belongs together: a thread, a chat, a review with its answers. `view` is one of the inbox’s own lists; keys are nobody, so `mine` is empty for them; `stuck` has those in which an answer of ours needs a person, `proposed` those in which one waits for approval. `search` looks at words, as they stand or several in any order, and at the names and handles of all who speak; `words` finds whole words in full text: all of them, “phrases”, `or`, `-without`, any ending`*`. `disposition` is of those that ended for that reason. `priority` is low below 40, medium to 59, high to 79, urgent from 80. `unreadOnly` leaves those that wait for an answer; `sla` those whose promise is soon due or broken. `status`, `assignedTo` and `sentiment` are other names for `view`, `assigneeId` and `feeling`; `page` counts from 1, and a cursor is better. `alikeTo` names the one on the same page under which the inbox folds what says nearly the same; by `wording` it is told across pages. `total` and `unreadCount` are counted to 10,000, not below a cursor, and without `search` or `words`.',
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
    conversations: z.array(ListedConversation),
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
  description:
    'With what made its scores, and whether its network lets us answer. One that turned out to be part of another gives that one, by its own id.',
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
export const assignee = saidOnce(
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
const asOf = z.iso.datetime({ offset: true }).optional()
export const changeConversations = endpoint({
  id: 'changeConversations',
  method: 'POST',
  path: '/api/inbox/conversations/bulk',
  tag: 'Inbox',
  summary: 'Change many conversations',
  description:
    'At most 200 at once, each for itself: `items` says what became of each, in the order in which they were named, and why one was left out. With `asOf`, what had news after that moment is left out, since nobody has seen it: give the `at` of the first answer to change more than 200.',
  scope: 'inbox.triage',
  body: exactly({
    conversationIds: z.array(Id).min(1).max(200),
    change: z.discriminatedUnion('do', [
      exactly({ do: z.literal('state'), state: z.enum(['todo', 'waiting']), asOf }),
      exactly({ do: z.literal('done'), disposition: z.string().trim().max(80).optional(), asOf }),
      exactly({ do: z.literal('snooze'), until: z.iso.datetime({ offset: true }), asOf }),
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
      at: z.iso.datetime(),
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

export const listNotes = endpoint({
  id: 'listNotes',
  method: 'GET',
  path: '/api/inbox/conversations/{id}/notes',
  tag: 'Inbox',
  summary: 'Read notes',
  description:
    'The latest page first, each page in the order they were written; `next` leads to those before. Notes never leave the workspace.',
  scope: 'inbox.read',
  params: OneId,
  query: exactly({ cursor, limit }),
  answer: z.object({ notes: z.array(Note), next }),
  isPaged: true,
  failures: ['NOT_FOUND'],
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
