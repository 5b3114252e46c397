import { many, one, readingsDoor, type Given, type Reads } from '@/app/(workspace)/reading'
import type { z } from 'zod'
import { ok, type Result } from '@/lib/core/result'
import {
  countTodo,
  countViews,
  filledReplies,
  getConversation,
  listConversations,
  listMessages,
  listNotes,
  listReplies,
  listReplyTemplates,
  listSavedViews,
  understoodIn,
} from '@/lib/inbox'
import type { ListConversations, OpenConversation } from '@/lib/inbox/schema'
import { listLabels, listMacros } from '@/lib/routing'
import type { Ctx } from '@/lib/workspace'

type Filter = z.input<typeof ListConversations>

/** What the address asks for; the query parses and judges it. */
const filterOf = (given: Given): Filter => ({
  // The query refuses what is no view, kind, feeling, promise or order.
  view: one(given, 'view') as Filter['view'],
  kind: one(given, 'kind') as Filter['kind'],
  feeling: one(given, 'feeling') as Filter['feeling'],
  sort: one(given, 'sort') as Filter['sort'],
  ids: many(given, 'id'),
  accountIds: many(given, 'account'),
  labelIds: many(given, 'label'),
  projectId: one(given, 'project'),
  intent: one(given, 'intent'),
  platform: one(given, 'network'),
  sla: one(given, 'sla') as Filter['sla'],
  unanswered: given.get('unanswered') === 'true' ? true : undefined,
  assigneeId: one(given, 'assignee'),
  teamId: one(given, 'team'),
  contactId: one(given, 'contact'),
  words: one(given, 'words'),
  disposition: one(given, 'disposition'),
  alikeTo: one(given, 'alike'),
  search: one(given, 'search'),
  cursor: one(given, 'cursor'),
  before: one(given, 'before'),
  take: given.has('take') ? Number(one(given, 'take')) : undefined,
})

/** A conversation as it is opened: what it is, what we answered, and what we say among ourselves. */
async function opened(ctx: Ctx, conversationId: string): Promise<Result<OpenConversation>> {
  const [conversation, replies, notes] = await Promise.all([
    getConversation(ctx, { conversationId }),
    listReplies(ctx, { conversationId }),
    listNotes(ctx, { conversationId }),
  ])
  if (!conversation.ok) return conversation
  // It joined another.
  if (conversation.value.id !== conversationId) return opened(ctx, conversation.value.id)
  if (!replies.ok) return replies
  if (!notes.ok) return notes
  return ok({ conversation: conversation.value, replies: replies.value, notes: notes.value })
}

/** What the inbox reads while it is open. Each is parsed and judged by its query. */
const reads: Reads = {
  list: (ctx, given) => listConversations(ctx, filterOf(given)),
  counts: (ctx, given) => countViews(ctx, { projectId: one(given, 'project') }),
  todo: (ctx) => countTodo(ctx, {}),
  views: (ctx) => listSavedViews(ctx, {}),
  labels: (ctx) => listLabels(ctx, {}),
  macros: (ctx) => listMacros(ctx, {}),
  replies: (ctx, given) => filledReplies(ctx, { messageId: one(given, 'id') }),
  answered: (ctx, given) => listReplies(ctx, { conversationId: given.get('id') ?? '', before: one(given, 'before') }),
  noted: (ctx, given) => listNotes(ctx, { conversationId: given.get('id') ?? '', before: one(given, 'before') }),
  conversation: (ctx, given) => opened(ctx, given.get('id') ?? ''),
  understood: (ctx, given) => understoodIn(ctx, { conversationId: given.get('id') ?? '' }),
  templates: (ctx, given) => listReplyTemplates(ctx, { conversationId: given.get('id') ?? '' }),
  messages: (ctx, given) =>
    listMessages(ctx, { conversationId: given.get('id') ?? '', before: one(given, 'before'), take: 50 }),
}

export const GET = readingsDoor('The inbox', reads)
