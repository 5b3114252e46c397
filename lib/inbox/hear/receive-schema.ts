import { z } from 'zod'
import { incomingKinds } from '@/lib/platforms/platform'

const id = z.string().min(1).max(64)

/** By which way something came in. */
export const vias = ['webhook', 'poll', 'stream', 'import', 'reply'] as const
export type Via = (typeof vias)[number]

const author = z.object({
  nameless: z.literal(true).optional(),
  externalId: z.string().max(400),
  handle: z.string().max(300),
  displayName: z.string().max(300),
  avatarUrl: z.string().max(2_000).optional(),
  followers: z.number().int().nonnegative().optional(),
})

/** Incoming of lib/platforms, as it comes through a door. */
const IncomingItem = z.object({
  externalId: z.string().min(1).max(400),
  kind: z.enum(incomingKinds),
  change: z.enum(['new', 'edited', 'deleted']).default('new'),
  text: z.string().max(70_000),
  at: z.iso.datetime({ offset: true }),
  author,
  own: z.boolean().default(false),
  conversation: z.string().min(1).max(400),
  parent: z.string().max(400).optional(),
  post: z.string().max(400).optional(),
  url: z.string().max(2_000).optional(),
  media: z
    .array(
      z.object({
        kind: z.enum(['image', 'gif', 'video', 'audio', 'file']),
        url: z.string().max(4_000).optional(),
        ask: z.unknown().optional(),
        name: z.string().max(500).optional(),
        alt: z.string().max(5_000).optional(),
      }),
    )
    .max(40)
    .readonly()
    .default([]),
  rating: z.number().min(1).max(5).optional(),
  recommends: z.boolean().optional(),
  reaction: z.string().max(100).optional(),
  ref: z.unknown(),
})

export const Receive = z.object({
  accountId: id,
  items: z.array(IncomingItem).max(500),
  via: z.enum(vias),
})

/** Most messages that one import takes. */
export const mostImported = 5_000

/** A message that was said elsewhere, as an import has it. */
export const ImportedMessage = z.object({
  /** The network's own name for it, or any other that stays the same. */
  id: z.string().trim().min(1).max(400),
  kind: z.enum(incomingKinds),
  text: z.string().max(70_000),
  at: z.iso.datetime({ offset: true, error: 'must be an instant like 2026-11-21T09:00:00Z' }),
  author: z.object({
    id: z.string({ error: 'is needed' }).trim().min(1).max(400),
    handle: z.string().max(300).optional(),
    name: z.string().max(300).optional(),
  }),
  own: z.boolean().default(false),
  conversation: z.string().min(1).max(400).optional(),
  parent: z.string().max(400).optional(),
  post: z.string().max(400).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
  rating: z.number().min(1).max(5).optional(),
})
export type ImportedMessage = z.output<typeof ImportedMessage>

/** Messages of one account: as they are, or as CSV whose first line names the columns. */
export const ImportMessages = z
  .object({
    accountId: id,
    messages: z.array(ImportedMessage).max(mostImported).optional(),
    csv: z.string().max(20_000_000).optional(),
  })
  .refine(({ messages, csv }) => (messages === undefined) !== (csv === undefined), {
    path: ['messages'],
    error: 'is needed, or csv in its place, and not both',
  })
