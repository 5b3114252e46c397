import { z } from 'zod'
import { MacroStep, SaveMacro } from '@/lib/routing/schema'
import { endpoint, exactly } from './endpoint'
import { OneId } from './words'

const [toPerson, toTeam, toMe, label, unlabel, state, snooze, note, reply] = MacroStep.options
const steps = z
  .array(
    z.discriminatedUnion('do', [
      exactly(toPerson.shape),
      exactly(toTeam.shape),
      exactly(toMe.shape),
      exactly(label.shape),
      exactly(unlabel.shape),
      exactly(state.shape),
      exactly(snooze.shape),
      exactly(note.shape),
      exactly(reply.shape),
    ]),
  )
  .min(1)
  .max(10)
  .meta({ description: 'Carried out one after the other. At most one of them answers.' })
const { name } = SaveMacro.shape
const body = exactly({ name, steps })
const Macro = z.object({
  id: z.string(),
  name: z.string(),
  steps: z.array(z.looseObject({ do: z.string() })),
})
const example = { name: 'Close as spam', steps: [{ do: 'state', state: 'done', disposition: 'Spam' }] }

export const listMacros = endpoint({
  id: 'listMacros',
  method: 'GET',
  path: '/api/inbox/macros',
  tag: 'Inbox',
  summary: 'List macros',
  description:
    'By name, at most 500. One is carried out by `POST /api/inbox/conversations/bulk` with `{ "do": "macro", "macroId": … }`. Where it answers, a conversation whose last question has an answer, or one on its way, is left out.',
  scope: 'inbox.read',
  answer: z.object({ macros: z.array(Macro) }),
})

export const createMacro = endpoint({
  id: 'createMacro',
  method: 'POST',
  path: '/api/inbox/macros',
  tag: 'Inbox',
  summary: 'Make a macro',
  description: 'Whatever its steps name, people, teams, labels, saved replies and reasons, must be in the workspace.',
  scope: 'inbox.manage',
  body,
  example,
  status: 201,
  answer: z.object({ macro: Macro }),
  failures: ['NOT_FOUND', 'ALREADY_EXISTS', 'CONFLICT'],
})

export const changeMacro = endpoint({
  id: 'changeMacro',
  method: 'PUT',
  path: '/api/inbox/macros/{id}',
  tag: 'Inbox',
  summary: 'Change a macro',
  description: 'Its name and its steps, both. What it did before stays done.',
  scope: 'inbox.manage',
  params: OneId,
  body,
  example,
  answer: z.object({ macro: Macro }),
  failures: ['NOT_FOUND', 'ALREADY_EXISTS'],
})

export const deleteMacro = endpoint({
  id: 'deleteMacro',
  method: 'DELETE',
  path: '/api/inbox/macros/{id}',
  tag: 'Inbox',
  summary: 'Delete a macro',
  description: 'What it did stays done.',
  scope: 'inbox.manage',
  params: OneId,
  answer: z.object({ deleted: z.literal(true) }),
  failures: ['NOT_FOUND'],
})
