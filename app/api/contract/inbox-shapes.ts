import { z } from 'zod'
import { conversationStates, MessageWish, Proof, ReplyReason, replyStates } from '@/lib/inbox/schema'
import { emotions, feelings, intents, toxicKinds } from '@/lib/language/schema'
import { incomingKinds } from '@/lib/platforms/platform'
import { labelColours } from '@/lib/routing/schema'
import { instant } from './values'

const kind = z.enum(incomingKinds)
const score = z.number().nullable()
const factors = z.object({
  score: z.number(),
  factors: z.array(z.object({ name: z.string(), label: z.string(), points: z.number() })),
})

export const Label = z.object({ id: z.string(), name: z.string(), colour: z.enum(labelColours) })
const Conversation = z.looseObject({
  id: z.string(),
  accountId: z.string(),
  accountHandle: z.string(),
  platform: z.string(),
  kind,
  state: z.enum(conversationStates),
  snoozedUntil: instant.nullable(),
  assigneeId: z.string().nullable(),
  escalatedAt: instant
    .nullable()
    .meta({ description: 'When AI left it to a person; null once one has answered or ended it.' }),
  stuckAt: instant.nullable().meta({
    description:
      'Since when an answer of ours needs a person: its network refused it and the message has no other, it waits for its account to be reconnected or was tried in vain for too long, or nobody can tell what became of it. Null when none does, or the conversation was ended since.',
  }),
  proposedAt: instant
    .nullable()
    .meta({ description: 'Since when an answer of ours waits for approval; null when none does.' }),
  priority: z.number().int().meta({
    description:
      '1 to 100, by the workspace’s rules: of the weightiest message that waits for an answer, or of the last where none does.',
  }),
  leadScore: z.number().int().meta({ description: '0 to 100.' }),
  sentiment: score.meta({ description: '-1 to 1, of the last thing said to us; null where it was not measured.' }),
  intent: z.string().nullable(),
  excerpt: z.string(),
  wording: z.string().nullable().meta({
    description:
      'Tells what says nearly the same: of two that do, one of the 16 numbers of three hexadecimal digits is the same at the same place, and the excerpts are alike. Null unless it is to do and a single message in words.',
  }),
  unanswered: z.boolean(),
  messageCount: z.number().int(),
  lastMessageAt: instant,
  lastInboundAt: instant.nullable(),
  lastIsOwn: z.boolean().meta({ description: 'What was said last, as the excerpt has it, is yours.' }),
  disposition: z.string().nullable().meta({ description: 'Why it ended, in the workspace’s own words.' }),
  labels: z.array(Label),
  team: z.object({ id: z.string(), name: z.string() }).nullable(),
  contact: z.object({ id: z.string(), name: z.string(), avatarUrl: z.string().nullable() }).nullable(),
  heldBy: z
    .object({ memberId: z.string(), until: instant })
    .nullable()
    .meta({ description: 'Who answers it right now.' }),
})
export const ListedConversation = Conversation.extend({
  alikeTo: z.string().nullable().meta({
    description:
      'The conversation further up on this page under which the inbox folds it, because nearly the same is said there; null for one that stands by itself.',
  }),
})
export const OneConversation = Conversation.extend({
  postExternalId: z.string().nullable(),
  reasons: z.object({ priority: factors.optional(), lead: factors.optional(), messageId: z.string().optional() }).meta({
    description:
      'What made the scores. `messageId` gives the priority: the weightiest message that waits for an answer, or the last where none does.',
  }),
  holdFence: z.number().int(),
  aiHeld: z.boolean().meta({ description: 'AI is kept out of it.' }),
  refusesContact: z.boolean().meta({
    description:
      'Whoever it is with, or where a template goes to a group somebody who spoke in it, refused to hear from us beyond an answer: a template needs `despiteRefusal`.',
  }),
  firstReplyAt: instant.nullable(),
  resolvedAt: instant.nullable(),
  alike: z.number().int().meta({ description: 'Other conversations of the last seven days that say nearly the same.' }),
  answering: z
    .object({
      open: z.boolean(),
      until: instant.nullable(),
      rule: z.string().nullable(),
      kinds: z.array(z.string()).meta({
        description:
          'Kinds of messages that its network lets programs answer: where likes are none, a like is not answered.',
      }),
      templates: z.boolean(),
      media: z
        .looseObject({ kinds: z.array(z.string()), max: z.number().int() })
        .nullable()
        .meta({ description: 'Which files may go with an answer; null when none.' }),
      text: z
        .looseObject({ max: z.number().int(), unit: z.string() })
        .nullable()
        .meta({ description: 'How long an answer may be, and in what it is counted; null when there can be none.' }),
      privateText: z
        .looseObject({ max: z.number().int(), unit: z.string() })
        .nullable()
        .meta({ description: 'The same of private answers to comments; null where the network has none.' }),
    })
    .meta({
      description:
        'Whether the network lets us answer, until when, its rule in words, and whether it takes words that it approved beforehand.',
    }),
})
const word = z.object({ text: z.string(), weight: z.number() })
const share = z.number().min(0).max(1)
const Understanding = z.object({
  language: z.string().nullable().meta({ description: 'ISO 639-1; null when the words say too little to tell.' }),
  isMeasured: z.boolean().meta({
    description: 'False for words of a language of which emoji, links and numbers alone are read.',
  }),
  sentiment: z.object({
    label: z.enum(feelings).nullable(),
    score: score.meta({
      description:
        '-1 to 1; null where it was not measured: there are no words, or those of a language that is not read.',
    }),
    words: z
      .array(word.extend({ by: z.enum(['lexicon', 'model', 'rule']) }))
      .meta({ description: 'What made the score.' }),
  }),
  emotions: z
    .array(z.object({ name: z.enum(emotions), share, words: z.array(z.string()) }))
    .meta({ description: 'The strongest first.' }),
  intent: z.object({ label: z.enum(intents), confidence: share }),
  toxicity: z
    .object({
      share: share.nullable(),
      isToxic: z.boolean().nullable(),
      kinds: z.array(z.enum(toxicKinds)),
      words: z.array(word),
    })
    .meta({ description: 'Null where it was not measured.' }),
  spam: z.object({
    share,
    isSpam: z.boolean(),
    reasons: z.array(z.object({ because: z.string(), text: z.string().optional(), weight: z.number() })),
  }),
  keywords: z.array(z.object({ text: z.string(), score: z.number() })).meta({ description: 'The weightiest first.' }),
  personal: z
    .array(z.object({ kind: z.string(), count: z.number().int() }))
    .meta({ description: 'Personal data that the words name: the kind alone, and how many of it.' }),
})
const Message = z.looseObject({
  id: z.string(),
  externalId: z.string().meta({
    description:
      'The network’s own name for it; for what we said privately, that of the message in the chat with `:privately` behind it.',
  }),
  kind,
  own: z.boolean(),
  privately: z.boolean().meta({
    description: 'Of ours, and read by the author of what it answers alone; it stands in the chat with them, too.',
  }),
  text: z.string(),
  at: instant,
  author: z.object({ name: z.string(), handle: z.string(), avatarUrl: z.string().nullable() }),
  parentExternalId: z.string().nullable(),
  url: z.string().nullable(),
  media: z.array(
    z.looseObject({
      kind: z.string().meta({ description: 'image, gif, video, audio or file.' }),
      state: z
        .enum(['here', 'coming', 'too_large', 'gone'])
        .meta({ description: 'Whether it is to be had: it may still be on its way, or its network gives it no more.' }),
      url: z
        .string()
        .nullable()
        .meta({ description: 'At the network, or beginning with a slash: `GET /api/inbox/files/{id}`.' }),
      name: z.string().nullable(),
      alt: z.string().nullable(),
      mime: z.string().nullable(),
      sizeBytes: z.number().nullable(),
    }),
  ),
  rating: z.number().nullable(),
  recommends: z.boolean().nullable().meta({ description: 'Of a review that says yes or no in the place of stars.' }),
  reaction: z.string().nullable(),
  editedAt: instant.nullable(),
  deletedAt: instant.nullable(),
  sentiment: score.meta({
    description: '-1 to 1; null where it was not measured: no words, or a language that neither we nor a model read.',
  }),
  intent: z.string().nullable(),
  priority: score,
  understanding: Understanding.nullable().meta({
    description: 'How its words were understood, by themselves; null for our own, and for what is in no words.',
  }),
})
export const ThreadMessage = Message.extend({
  answers: z
    .looseObject({ id: z.string(), own: z.boolean(), author: z.string(), text: z.string() })
    .nullable()
    .meta({ description: 'What it answers, where that stands in the same conversation.' }),
  privateAnswer: z.object({ open: z.boolean(), until: instant, rule: z.string() }).nullable().meta({
    description:
      'Whether it may be answered so that its author alone reads it, until when, and the network’s rule or what stands against it, in words; null for messages that are answered in no such way.',
  }),
  unreachable: z.string().nullable().meta({
    description:
      'Why no answer from here finds a way to it, in words: it was imported. Null where nothing but its conversation may speak against an answer.',
  }),
  hiding: z
    .object({
      hidden: z.boolean(),
      isPending: z.boolean(),
      wish: MessageWish.nullable(),
      trouble: z.string().nullable(),
      effect: z.string(),
      lacking: z.string().nullable(),
      deleting: z.string().nullable(),
    })
    .nullable()
    .meta({
      description:
        'Whether it is hidden at its network, whether something is to be done to it in a moment and what, why it was not done last time, what hiding does there, what the account must be allowed first, and what deleting does there, in words (`deleting` is null where nobody but its author may); null for what cannot be hidden there.',
    }),
})
const place = { conversationId: z.string(), accountId: z.string(), platform: z.string() }
export const PlacedMessage = Message.extend(place)
export const Interaction = z.object({
  id: z.string(),
  ...place,
  kind,
  content: z.string(),
  sentiment: score,
  priority: score,
  createdAt: instant,
})
export const Note = z.object({ id: z.string(), authorId: z.string(), text: z.string(), createdAt: instant })
export const Reply = z.looseObject({
  id: z.string(),
  conversationId: z.string(),
  messageId: z.string(),
  privately: z.boolean().meta({ description: 'Only the author of the message reads it.' }),
  text: z.string(),
  state: z.enum(replyStates),
  sendAt: instant,
  authorKind: z.string().meta({ description: 'member, api_key, or ai: it went out by itself.' }),
  authorId: z.string(),
  decidedById: z.string().nullable().meta({ description: 'Who let it go out, or turned it down.' }),
  draft: z
    .object({ origin: z.enum(['model', 'saved', 'template']), edited: z.boolean() })
    .nullable()
    .meta({ description: 'The draft that it was made of.' }),
  media: z.array(z.object({ mediaId: z.string(), kind: z.string(), alt: z.string() })),
  reason: ReplyReason.nullable(),
  externalId: z.string().nullable(),
  url: z.string().nullable(),
  proof: Proof.nullable().meta({ description: 'How we know that it is there.' }),
  sentAt: instant.nullable(),
  createdAt: instant,
  attempts: z.array(
    z.object({
      id: z.string(),
      purpose: z.string(),
      startedAt: instant,
      durationMs: z.number().nullable(),
      outcome: z.string().nullable(),
      requestHash: z.string().nullable(),
    }),
  ),
})
