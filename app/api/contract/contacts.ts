import { z } from 'zod'
import { AddContactNote, leadStages, ListContacts, UpdateContact, notesAtOnce } from '@/lib/contacts/schema'
import { endpoint, exactly } from './endpoint'
import { cursor, limit } from './posts'
import { instant } from './values'
import { Id, OneId, PlatformName } from './words'

const stage = z.enum(leadStages)
const Identity = z.object({
  id: z.string(),
  platform: z.string(),
  handle: z.string(),
  displayName: z.string(),
  followers: z.number().nullable(),
})
const Contact = z.object({
  id: z.string(),
  name: z.string(),
  avatarUrl: z.string().nullable(),
  leadStage: stage,
  tags: z.array(z.string()),
  lastSeenAt: instant,
  identities: z.array(Identity).meta({ description: 'Who they are at each network.' }),
  conversations: z.number().int(),
  leadScore: z
    .number()
    .int()
    .meta({ description: '0 to 100: by their last words in each of their conversations, the highest.' }),
})
const ContactNote = z.object({ id: z.string(), authorId: z.string(), text: z.string(), createdAt: instant })
const OneContact = Contact.extend({
  createdAt: instant,
  erasedAt: instant.nullable(),
  fields: z.record(z.string(), z.string()),
  consent: z
    .object({ marketing: z.enum(['given', 'refused']), at: instant, source: z.string() })
    .nullable()
    .meta({ description: 'Whether they agreed to hear from us beyond an answer; null when nobody asked.' }),
  parts: z
    .array(z.object({ id: z.string(), name: z.string(), mergedAt: instant.nullable(), identities: z.array(Identity) }))
    .meta({ description: 'Those merged into them; each can be separated again by its id.' }),
  notes: z.array(ContactNote).meta({ description: `The latest ${notesAtOnce}, in the order they were written.` }),
  earlierNotes: z
    .string()
    .nullable()
    .meta({ description: 'The `cursor` for the notes before these; null when these are all.' }),
})
const thatContact = z.object({ contact: z.object({ id: z.string() }) })

const { search, tag } = ListContacts.shape
export const listContacts = endpoint({
  id: 'listContacts',
  method: 'GET',
  path: '/api/contacts',
  tag: 'Contacts',
  summary: 'List contacts',
  description: 'The last seen first. Who was merged into another is found by it, and stands in the list as that one.',
  scope: 'contact.read',
  query: exactly({ search, tag, stage: stage.optional(), platform: PlatformName.optional(), cursor, limit }),
  answer: z.object({ contacts: z.array(Contact), next: z.string().nullable() }),
  isPaged: true,
})

export const listContactTags = endpoint({
  id: 'listContactTags',
  method: 'GET',
  path: '/api/contacts/tags',
  tag: 'Contacts',
  summary: 'List the tags of contacts',
  description: 'Those in use, in alphabetical order, at most 500; and the stages that a lead can have.',
  scope: 'contact.read',
  answer: z.object({ tags: z.array(z.string()), stages: z.array(stage) }),
})

export const readContact = endpoint({
  id: 'readContact',
  method: 'GET',
  path: '/api/contacts/{id}',
  tag: 'Contacts',
  summary: 'Read a contact',
  description: 'Asked for one that was merged, it gives the one that stands for them.',
  scope: 'contact.read',
  params: OneId,
  answer: z.object({ contact: OneContact }),
  failures: ['NOT_FOUND'],
})

const { name, leadStage, tags, fields, consent, before } = UpdateContact.shape
export const changeContact = endpoint({
  id: 'changeContact',
  method: 'PATCH',
  path: '/api/contacts/{id}',
  tag: 'Contacts',
  summary: 'Change a contact',
  description:
    'What is absent stays; `tags` and `fields` are replaced as a whole. With `before`, as you read them, only what differs from it is changed, and what others changed since stays. `consent` is kept with the time at which it was said.',
  scope: 'contact.update',
  params: OneId,
  body: exactly({
    name,
    leadStage,
    tags,
    fields,
    before: exactly(before.unwrap().shape).optional(),
    consent: exactly(consent.unwrap().shape).optional(),
  }),
  example: { leadStage: 'customer', tags: ['vip'] },
  answer: thatContact,
  failures: ['NOT_FOUND'],
})

export const listContactNotes = endpoint({
  id: 'listContactNotes',
  method: 'GET',
  path: '/api/contacts/{id}/notes',
  tag: 'Contacts',
  summary: 'Read the notes about a contact',
  description:
    'Also those about whoever was merged into them. The latest page first, each page in the order they were written; `next` leads to those before.',
  scope: 'contact.read',
  params: OneId,
  query: exactly({ cursor, limit }),
  answer: z.object({ notes: z.array(ContactNote), next: z.string().nullable() }),
  isPaged: true,
  failures: ['NOT_FOUND'],
})

export const noteContact = endpoint({
  id: 'noteContact',
  method: 'POST',
  path: '/api/contacts/{id}/notes',
  tag: 'Contacts',
  summary: 'Add a note about a contact',
  description: 'Something said among ourselves. It never leaves the workspace.',
  scope: 'contact.update',
  params: OneId,
  body: exactly({ text: AddContactNote.shape.text }),
  example: { text: 'Likes to be called after five.' },
  status: 201,
  answer: z.object({ note: z.object({ id: z.string() }) }),
  failures: ['NOT_FOUND'],
})

export const mergeContact = endpoint({
  id: 'mergeContact',
  method: 'POST',
  path: '/api/contacts/{id}/merge',
  tag: 'Contacts',
  summary: 'Say that two contacts are one person',
  description: '`otherId` goes into this one, which stands for both. Nothing of either is lost.',
  scope: 'contact.update',
  params: OneId,
  body: exactly({ otherId: Id }),
  example: { otherId: '0199f3a0-0000-7000-8000-000000000001' },
  answer: thatContact,
  failures: ['NOT_FOUND', 'CONFLICT'],
})

export const unmergeContact = endpoint({
  id: 'unmergeContact',
  method: 'POST',
  path: '/api/contacts/{id}/unmerge',
  tag: 'Contacts',
  summary: 'Separate a contact from the one it was merged into',
  description: 'With everything that is its own, as if it had never been merged. `id` is that of the merged one.',
  scope: 'contact.update',
  params: OneId,
  body: exactly({}),
  answer: thatContact,
  failures: ['NOT_FOUND', 'CONFLICT'],
})

const Said = z.object({
  at: instant,
  by: z.string(),
  text: z.string(),
  url: z.string().nullable(),
  media: z.unknown(),
  rating: z.number().nullable(),
  recommends: z.boolean().nullable(),
  reaction: z.string().nullable(),
  sentiment: z.number().nullable(),
  intent: z.string().nullable(),
})
export const exportContact = endpoint({
  id: 'exportContact',
  method: 'GET',
  path: '/api/contacts/{id}/export',
  tag: 'Contacts',
  summary: 'Read everything that is kept of a person',
  description:
    'For themselves: who we think they are, what they said, what we answered them, and what we noted of them, in conversations where nobody else speaks. What others say in the same thread, and what we answer those, is not in it.',
  scope: 'contact.read',
  params: OneId,
  answer: z.object({
    contact: OneContact,
    conversations: z.array(
      z.object({
        platform: z.string(),
        kind: z.string(),
        state: z.string(),
        messages: z.array(Said),
        notes: z.array(z.object({ at: instant, text: z.string() })),
      }),
    ),
  }),
  failures: ['NOT_FOUND'],
})

export const eraseContact = endpoint({
  id: 'eraseContact',
  method: 'DELETE',
  path: '/api/contacts/{id}',
  tag: 'Contacts',
  summary: 'Erase a person',
  description:
    'Their identities, what they said, what we answered them and noted about them. Cannot be undone; may be repeated. Refused while an answer to them is on its way, and for one that was merged into another.',
  scope: 'contact.erase',
  params: OneId,
  answer: z.object({ erased: z.literal(true) }),
  failures: ['NOT_FOUND', 'CONFLICT'],
})
