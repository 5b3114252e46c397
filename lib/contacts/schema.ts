import { z } from 'zod'

const id = z.string().min(1).max(64)
const name = z.string().trim().min(1, 'is empty').max(200)

export const leadStages = ['none', 'lead', 'qualified', 'customer', 'lost'] as const
export type LeadStage = (typeof leadStages)[number]

/** Whether the person agreed to hear from us beyond an answer, since when (ISO), and how we know. */
export const Consent = z.object({
  marketing: z.enum(['given', 'refused']),
  at: z.iso.datetime(),
  source: z.string().trim().max(200),
})
export type Consent = z.infer<typeof Consent>

/** The workspace's own fields of a person, by their names. */
export const Fields = z.record(z.string().trim().min(1).max(60), z.string().trim().max(1_000))
export type Fields = z.infer<typeof Fields>

const tag = z.string().trim().toLowerCase().min(1).max(40)

export const ListContacts = z.object({
  /** A part of their name or handle. */
  search: z.string().trim().min(2).max(200).optional(),
  tag: tag.optional(),
  stage: z.enum(leadStages).optional(),
  platform: z.string().max(40).optional(),
  cursor: z.string().max(200).optional(),
  take: z.number().int().min(1).max(100).default(50),
})
export const OneContact = z.object({ contactId: id })
/** More of them, and what else is known of a person stands too far below. */
export const notesAtOnce = 20
/** Most of them in one answer to a program. */
export const notesAtMost = 100

export const ListContactNotes = z.object({
  contactId: id,
  /** Older than the note with this id. */
  before: id.optional(),
  take: z.number().int().min(1).max(notesAtMost).default(notesAtOnce),
})
/** Tags, and fields, that one person is given at most. Two who are merged may have more, which can be taken away. */
export const mostKept = 50
const mostSent = 1_000
export const UpdateContact = z.object({
  contactId: id,
  name: name.optional(),
  leadStage: z.enum(leadStages).optional(),
  tags: z.array(tag).max(mostSent).optional(),
  fields: Fields.refine((fields) => Object.keys(fields).length <= mostSent, 'has too many fields').optional(),
  /** Tags and fields as they were read: then only what differs from them is changed. */
  before: z
    .object({ tags: z.array(z.string()).optional(), fields: z.record(z.string(), z.string()).optional() })
    .optional(),
  consent: z
    .object({ marketing: z.enum(['given', 'refused']), source: z.string().trim().max(200).default('') })
    .optional(),
})
export const AddContactNote = z.object({ contactId: id, text: z.string().trim().min(1, 'is empty').max(10_000) })
/** `otherId` goes into `contactId`, which stands for both from then on. */
export const MergeContacts = z.object({ contactId: id, otherId: id })

export type IdentityCard = {
  readonly id: string
  readonly platform: string
  readonly handle: string
  readonly displayName: string
  readonly followers: number | null
}

/** A person in a list. Times are ISO instants. */
export type ContactCard = {
  readonly id: string
  readonly name: string
  readonly avatarUrl: string | null
  readonly leadStage: LeadStage
  readonly tags: readonly string[]
  readonly lastSeenAt: string
  readonly identities: readonly IdentityCard[]
  readonly conversations: number
  /** 0 to 100: by their last words in each of their conversations, the highest. */
  readonly leadScore: number
}

/** One that was merged into a contact, and can be separated again. */
export type ContactPart = {
  readonly id: string
  readonly name: string
  readonly mergedAt: string | null
  readonly identities: readonly IdentityCard[]
}

export type ContactNote = {
  readonly id: string
  readonly authorId: string
  readonly text: string
  readonly createdAt: string
}
export type ContactNotes = { readonly items: readonly ContactNote[]; readonly next: string | null }

/** A person as they are opened: what is theirs, and what is theirs by those merged into them. */
export type ContactDetail = ContactCard & {
  readonly createdAt: string
  readonly erasedAt: string | null
  readonly fields: Fields
  readonly consent: Consent | null
  readonly parts: readonly ContactPart[]
  readonly notes: readonly ContactNote[]
  /** Where the notes before these begin; null when these are all. */
  readonly earlierNotes: string | null
}

export type ContactPage = { readonly items: readonly ContactCard[]; readonly next: string | null }
