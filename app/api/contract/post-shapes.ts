import { z } from 'zod'
import { Proof, StateReason, Utm, postStates, variantStates } from '@/lib/posts/schema'
import { code, count, figures, instant, platform } from './values'

const status = z.enum(postStates)
const scheduledAt = instant.nullable().meta({ description: 'In UTC; null for drafts.' })
export const SavedPost = z.object({
  id: z.string(),
  revision: count.meta({ description: 'Grows with each change of the words.' }),
  status,
  scheduledAt,
})
export const PostSummary = SavedPost.extend({
  excerpt: z.string().meta({ description: 'The first words.' }),
  timeZone: z.string().nullable(),
  platforms: z.array(platform),
  accountIds: z.array(z.string()),
  projectId: z.string().nullable(),
  isRecurring: z.boolean(),
  mediaCount: count,
  isMovable: z.boolean(),
  whyFixed: z.string().optional().meta({ description: 'Why it cannot move, when it cannot.' }),
})
const ThreadPost = z.object({ text: z.string(), media: z.array(z.string()) })
const Poll = z.object({ options: z.array(z.string()), minutes: z.number(), multiple: z.boolean() })
const AccountPost = z.object({
  id: z.string().meta({ description: 'Of this post on this account, as `/api/variants/{id}/settle` takes it.' }),
  platform,
  accountId: z.string(),
  handle: z.string(),
  displayName: z.string(),
  customContent: z
    .object({
      text: z.string().optional(),
      title: z.string().optional(),
      link: z.string().nullable().optional(),
      linkTitle: z.string().optional(),
      linkDescription: z.string().optional(),
      media: z.array(z.string()).optional(),
      thread: z.array(ThreadPost).optional(),
      firstComment: z.string().nullable().optional(),
      poll: Poll.nullable().optional(),
      options: z.record(z.string(), z.union([z.string(), z.boolean(), z.array(z.string())])).optional(),
    })
    .nullable(),
  status: z.enum(variantStates),
  scheduledAt,
  publishedAt: instant.nullable(),
  latenessMs: z.number().nullable(),
  url: z.string().nullable().meta({ description: 'Where it is at the network.' }),
  reason: StateReason.nullable().meta({ description: 'Why it stands where it does, and what to do.' }),
})
export const Post = PostSummary.extend({
  content: z.object({
    text: z.string(),
    media: z.array(z.string()),
    thread: z.array(ThreadPost),
    alts: z.record(z.string(), z.string()),
    title: z.string().optional(),
    poll: Poll.optional(),
    link: z.string().optional(),
    linkTitle: z.string().optional(),
    linkDescription: z.string().optional(),
    firstComment: z.string().optional(),
    utm: Utm.optional(),
  }),
  author: z.string(),
  wallTime: z.string().nullable(),
  createdAt: instant,
  updatedAt: instant,
  recurrence: z
    .object({ id: z.string(), rule: z.string(), timeZone: z.string(), endedAt: instant.nullable() })
    .nullable(),
  accounts: z.array(AccountPost),
})

const Attempt = z.object({
  id: z.string(),
  purpose: z.enum(['send', 'look', 'ask', 'upload', 'card', 'remove']),
  fence: count,
  worker: z.string(),
  startedAt: instant,
  durationMs: z.number().nullable(),
  requestHash: z.string().nullable(),
  outcome: z
    .enum([
      'accepted',
      'duplicate',
      'refused',
      'unknown',
      'not_sent',
      'parked',
      'found',
      'absent',
      'unreadable',
      'died',
    ])
    .nullable(),
  answer: z.unknown().meta({ description: 'What the network said, or why nothing came back.' }),
})
export const LedgerEntry = AccountPost.extend({
  steps: z.array(
    z.object({
      id: z.string(),
      position: count,
      kind: z.enum(['post', 'reply', 'comment']),
      state: z.enum(['pending', 'sending', 'unknown', 'done', 'refused', 'removed']),
      intent: z.unknown().meta({ description: 'What is sent: fixed before the first byte.' }),
      requestHash: z.string().nullable(),
      url: z.string().nullable(),
      externalId: z.string().nullable(),
      proof: Proof.nullable().meta({ description: 'How we know that it is there.' }),
      attempts: z.array(Attempt),
    }),
  ),
  metrics: z.array(z.object({ takenAt: instant, values: figures })),
})
export const BulkFailure = z.object({
  postId: z.string(),
  error: z.string().meta({ description: 'A sentence for people: what happened, and what to do.' }),
  code,
})

export const CalendarEvent = z.object({
  id: z.string(),
  title: z.string(),
  start: instant,
  editable: z.boolean(),
  extendedProps: PostSummary.omit({ id: true, excerpt: true, scheduledAt: true }),
})

export const PostVersion = z.object({
  id: z.string(),
  revision: count,
  author: z.string(),
  createdAt: instant,
  content: Post.shape.content,
  scheduledAt,
  accounts: z.array(AccountPost.pick({ accountId: true, customContent: true })),
})
