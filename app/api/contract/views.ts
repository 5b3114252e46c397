import { z } from 'zod'
import { SaveView } from '@/lib/inbox/schema'
import { endpoint, exactly } from './endpoint'
import { OneId } from './words'

const { name, words, isShared } = SaveView.shape
const body = exactly({ name, words, isShared })
const example = { name: 'Refunds', words: 'refund* or “money back”', isShared: true }
const View = z.object({
  id: z.string(),
  name: z.string(),
  words: z.string(),
  isShared: z.boolean().meta({ description: 'Everybody’s. A key has none of its own.' }),
})

export const listViews = endpoint({
  id: 'listViews',
  method: 'GET',
  path: '/api/inbox/views',
  tag: 'Inbox',
  summary: 'List views of words',
  description:
    'By name, each with how many conversations are in it, counted to 1,000. `GET /api/inbox/conversations?view=all&words=…` lists them.',
  scope: 'inbox.read',
  answer: z.object({ views: z.array(View.extend({ count: z.number().int() })) }),
})

export const createView = endpoint({
  id: 'createView',
  method: 'POST',
  path: '/api/inbox/views',
  tag: 'Inbox',
  summary: 'Make a view of words',
  description:
    'Every conversation in which somebody says these words: all of them, “phrases”, `or`, `-without`, any ending`*`. Keys make them for everybody, with `isShared` and the scope `inbox.manage`. At most 20.',
  scope: 'inbox.read',
  body,
  example,
  status: 201,
  answer: z.object({ view: View }),
  failures: ['ALREADY_EXISTS', 'QUOTA_EXCEEDED'],
})

export const changeView = endpoint({
  id: 'changeView',
  method: 'PUT',
  path: '/api/inbox/views/{id}',
  tag: 'Inbox',
  summary: 'Change a view of words',
  description: 'Its name, its words and whose it is, all of them. Everybody’s need the scope `inbox.manage`.',
  scope: 'inbox.read',
  params: OneId,
  body,
  example,
  answer: z.object({ view: View }),
  failures: ['NOT_FOUND', 'ALREADY_EXISTS'],
})

export const deleteView = endpoint({
  id: 'deleteView',
  method: 'DELETE',
  path: '/api/inbox/views/{id}',
  tag: 'Inbox',
  summary: 'Delete a view of words',
  description: 'What is in it stays. Everybody’s need the scope `inbox.manage`.',
  scope: 'inbox.read',
  params: OneId,
  answer: z.object({ deleted: z.literal(true) }),
  failures: ['NOT_FOUND'],
})
