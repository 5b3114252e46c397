import { z } from 'zod'
import { SaveReply, variables } from '@/lib/routing/schema'
import { endpoint, exactly, saidOnce } from './endpoint'
import { Id, OneId } from './words'

const { name, text } = SaveReply.shape
const words = saidOnce(exactly({ name, text: text.optional(), content: text.optional() }), { content: 'text' }).refine(
  ({ text: ours, content }) => ours !== undefined || content !== undefined,
  { path: ['text'], error: 'is needed' },
)
/** As the inbox has them. */
export const toSave = ({ name: called, content = '', text: ours = content }: z.output<typeof words>) => ({
  name: called,
  text: ours,
})
const Template = z.object({
  id: z.string(),
  name: z.string(),
  text: z.string(),
  rendered: z.string().nullable().meta({ description: 'How it reads in the answer that was asked about.' }),
  problem: z.string().nullable().meta({ description: 'Why it cannot be filled in there.' }),
})
const known = Object.keys(variables)
  .map((variable) => `{{${variable}}}`)
  .join(', ')

export const listTemplates = endpoint({
  id: 'listTemplates',
  method: 'GET',
  path: '/api/inbox/templates',
  tag: 'Inbox',
  summary: 'List saved replies',
  description:
    'All of them, by name; with `messageId`, each as it reads in an answer to that message, whose author is the person in it; with `conversationId`, in an answer to the last message there that wants one.',
  scope: 'inbox.read',
  query: exactly({ conversationId: Id.optional(), messageId: Id.optional() }),
  answer: z.object({ templates: z.array(Template) }),
  failures: ['NOT_FOUND'],
})

export const createTemplate = endpoint({
  id: 'createTemplate',
  method: 'POST',
  path: '/api/inbox/templates',
  tag: 'Inbox',
  summary: 'Keep words for use again',
  description: `\`text\` may hold ${known}. A variable that there is none of is refused by its name. \`content\` is another name for \`text\`.`,
  scope: 'inbox.manage',
  body: words,
  example: { name: 'On its way', text: 'Hello {{contact.first_name}}, it is on its way.' },
  status: 201,
  answer: z.object({ template: z.object({ id: z.string(), name: z.string(), text: z.string() }) }),
  failures: ['CONFLICT'],
})

export const changeTemplate = endpoint({
  id: 'changeTemplate',
  method: 'PUT',
  path: '/api/inbox/templates/{id}',
  tag: 'Inbox',
  summary: 'Change a saved reply',
  description: 'Its name and its words, both, as they are made. Answers that were made of it stay as they are.',
  scope: 'inbox.manage',
  params: OneId,
  body: words,
  example: { name: 'On its way', text: 'It is on its way.' },
  answer: z.object({ template: z.object({ id: z.string(), name: z.string(), text: z.string() }) }),
  failures: ['NOT_FOUND', 'CONFLICT'],
})

export const deleteTemplate = endpoint({
  id: 'deleteTemplate',
  method: 'DELETE',
  path: '/api/inbox/templates/{id}',
  tag: 'Inbox',
  summary: 'Delete a saved reply',
  description: 'Refused while a macro uses it.',
  scope: 'inbox.manage',
  params: OneId,
  answer: z.object({ deleted: z.literal(true) }),
  failures: ['NOT_FOUND', 'CONFLICT'],
})
