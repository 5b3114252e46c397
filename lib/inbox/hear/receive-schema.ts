import { z } from 'zod'
import { inMs, minute } from '@/lib/core/clock'
import { cutText } from '@/lib/core/excerpt'
import { incomingKinds } from '@/lib/platforms/platform'

const id = z.string().min(1).max(64)

/** By which way something came in. */
export const vias = ['webhook', 'poll', 'stream', 'import', 'reply'] as const
export type Via = (typeof vias)[number]

/** In UTF-16 units; no visible character is cut in two. */
const cutTo = (most: number) => z.string().transform((text) => cutText(text, most))
/** Half an address leads nowhere. */
const address = (most: number) =>
  z
    .string()
    .transform((url) => (url.length > most ? undefined : url))
    .optional()

const author = z.object({
  nameless: z.literal(true).optional(),
  externalId: z.string().max(400),
  handle: cutTo(300),
  displayName: cutTo(300),
  avatarUrl: address(2_000),
  followers: z.number().int().nonnegative().optional().catch(undefined),
})

/**
 * Incoming of lib/platforms, as it comes through a door. Strangers wrote it: what is longer than we keep is cut or left
 * out, and refused only where its place or name is not to be understood.
 */
export const IncomingItem = z.object({
  externalId: z.string().min(1).max(400),
  kind: z.enum(incomingKinds),
  change: z.enum(['new', 'edited', 'deleted']).default('new'),
  text: cutTo(70_000),
  language: z.string().max(100).optional().catch(undefined),
  at: z.iso.datetime({ offset: true }),
  author,
  own: z.boolean().default(false),
  conversation: z.string().min(1).max(400),
  conversationOf: z.literal('parent').optional(),
  parent: z.string().max(400).optional(),
  post: z.string().max(400).optional(),
  url: address(2_000),
  media: z
    .array(
      z.object({
        kind: z.enum(['image', 'gif', 'video', 'audio', 'file']),
        url: address(4_000),
        ask: z.unknown().optional(),
        name: cutTo(500).optional(),
        alt: cutTo(5_000).optional(),
      }),
    )
    .transform((files) => files.slice(0, 40))
    .default([]),
  rating: z.number().min(1).max(5).optional().catch(undefined),
  recommends: z.boolean().optional(),
  reaction: cutTo(100).optional(),
  ref: z.unknown(),
  unplaced: z.literal(true).optional(),
})

export const Receive = z.object({
  accountId: id,
  /** Each is to be an `IncomingItem`. */
  items: z.array(z.unknown()),
  via: z.enum(vias),
})

/** Most messages that one import takes. */
export const mostImported = 5_000

/** Clocks differ a little. */
const mostAheadMs = 5 * minute

const imported = z.object({
  /** The network's own name for it, or any other that stays the same. */
  id: z.string().trim().min(1).max(400),
  kind: z.enum(incomingKinds),
  text: z.string().max(70_000),
  at: z.iso
    .datetime({ offset: true, abort: true, error: 'must be an instant like 2026-11-21T09:00:00Z' })
    .refine((at) => new Date(at) <= inMs(mostAheadMs), 'is in the future: give the time at which it was said'),
  author: z.object({
    id: z.string({ error: 'is needed' }).trim().min(1).max(400),
    handle: z.string().max(300).optional(),
    name: z.string().max(300).optional(),
  }),
  own: z.boolean('is yes or no').default(false),
  conversation: z.string().min(1).max(400).optional(),
  parent: z.string().max(400).optional(),
  post: z.string().max(400).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
  rating: z.int('is of whole stars, from 1 to 5').min(1).max(5).optional(),
})

/** By its author alone, what we said to everybody would be one conversation with nobody. */
const saysToWhom = ({ kind, own, conversation, parent }: z.output<typeof imported>): boolean =>
  kind !== 'dm' || !own || conversation !== undefined || parent !== undefined
const toNobody = {
  path: ['conversation'],
  error: 'is needed, or parent in its place, for what you said in a private message: it says to whom',
}

/** A message that was said elsewhere, as an import has it. */
export const ImportedMessage = imported.refine(saysToWhom, toNobody)
export type ImportedMessage = z.output<typeof ImportedMessage>

/** The same as a program sends it: what is no field of it is named, rather than left out. */
export const ExactMessage = z
  .strictObject(imported.shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? `is not a field here. Those there are: ${Object.keys(imported.shape).join(', ')}`
        : undefined,
  })
  .refine(saysToWhom, toNobody)

/** As long as a table of messages may be. */
const mostCsv = 20_000_000

export const isOneOfBoth = ({ messages, csv }: { messages?: unknown; csv?: unknown }): boolean =>
  (messages === undefined) !== (csv === undefined)
export const notOneOfBoth = { path: ['messages'], error: 'is needed, or csv in its place, and not both' }

/** Messages of one account: as they are, or as CSV whose first line names the columns. */
export const ImportMessages = z
  .object({
    accountId: id,
    messages: z.array(ImportedMessage).max(mostImported).optional(),
    csv: z.string().max(mostCsv).optional(),
  })
  .refine(isOneOfBoth, notOneOfBoth)

/** As large as a file of messages may be: what Next's proxy passes on whole is 10 MB, with the file's marks escaped. */
export const mostImportedBytes = 6_000_000

/** A file of messages, whole: a table, or a list of them as the API takes it; or that list, judged as exactly as there. */
export const PreviewMessages = z.discriminatedUnion('format', [
  z.object({
    accountId: id,
    format: z.enum(['csv', 'json']),
    text: z.string().min(1, 'is empty').max(mostCsv, 'is larger than 20 MB: split it'),
  }),
  z.object({ accountId: id, format: z.literal('list'), messages: z.array(z.unknown()).max(mostImported) }),
])

export type PreviewFile = z.output<typeof PreviewMessages>

/** One message of a file, before anything is written. */
export type ImportedMessageRow = {
  /** Where it stands in the file: a line of the table, or a place in the list. */
  readonly row: number
  /** `blocked`: it cannot be imported as it is. `done`: a message of this id is here already. */
  readonly state: 'ready' | 'done' | 'blocked'
  /** As it stands in the file, as far as it could be read. */
  readonly written: { readonly text: string; readonly author: string; readonly at: string }
  /** What to import; null for what is blocked. */
  readonly message: ImportedMessage | null
  readonly problems: readonly string[]
}

export type MessagesPreview = {
  readonly rows: readonly ImportedMessageRow[]
  /** About the file as a whole. */
  readonly notes: readonly string[]
}
