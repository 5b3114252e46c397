import { z } from 'zod'
import { SaveLabel } from '@/lib/routing/schema'
import { endpoint, exactly } from './endpoint'
import { Label } from './inbox-shapes'
import { Id, OneId } from './words'

const { name, colour } = SaveLabel.shape
const body = exactly({ name, colour })
const some = z.array(Id).max(50).default([])

export const listLabels = endpoint({
  id: 'listLabels',
  method: 'GET',
  path: '/api/inbox/labels',
  tag: 'Inbox',
  summary: 'List labels',
  description: 'By name, at most 500.',
  scope: 'inbox.read',
  answer: z.object({ labels: z.array(Label) }),
})

export const createLabel = endpoint({
  id: 'createLabel',
  method: 'POST',
  path: '/api/inbox/labels',
  tag: 'Inbox',
  summary: 'Make a label',
  description: 'Its name is taken once in a workspace.',
  scope: 'inbox.manage',
  body,
  example: { name: 'Delivery', colour: 'blue' },
  status: 201,
  answer: z.object({ label: Label }),
  failures: ['ALREADY_EXISTS', 'CONFLICT'],
})

export const changeLabel = endpoint({
  id: 'changeLabel',
  method: 'PUT',
  path: '/api/inbox/labels/{id}',
  tag: 'Inbox',
  summary: 'Rename or recolour a label',
  description: 'Both are written. It stays on whatever has it.',
  scope: 'inbox.manage',
  params: OneId,
  body,
  example: { name: 'Delivery', colour: 'red' },
  answer: z.object({ label: Label }),
  failures: ['NOT_FOUND', 'ALREADY_EXISTS'],
})

export const deleteLabel = endpoint({
  id: 'deleteLabel',
  method: 'DELETE',
  path: '/api/inbox/labels/{id}',
  tag: 'Inbox',
  summary: 'Delete a label',
  description: 'It is taken off whatever has it. Refused while a rule or a macro gives it.',
  scope: 'inbox.manage',
  params: OneId,
  answer: z.object({ deleted: z.literal(true) }),
  failures: ['NOT_FOUND', 'CONFLICT'],
})

export const labelConversation = endpoint({
  id: 'labelConversation',
  method: 'PUT',
  path: '/api/inbox/conversations/{id}/labels',
  tag: 'Inbox',
  summary: 'Put labels on a conversation, or take them off',
  description: 'Those that are on it already, or not on it, make no difference. What is not named stays.',
  scope: 'inbox.triage',
  params: OneId,
  body: exactly({ add: some, remove: some }).refine(({ add, remove }) => add.length + remove.length > 0, {
    path: ['add'],
    error: 'must name a label, or send remove',
  }),
  example: { add: ['0199f3a0-0000-7000-8000-000000000001'] },
  answer: z.object({ changed: z.number().int() }),
  failures: ['NOT_FOUND'],
})
