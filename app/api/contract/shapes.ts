import { z } from 'zod'
import { httpStatus, type FailureCode } from '@/lib/core/result'
import { accountKinds, platformNames } from '@/lib/platforms'
import { Proof, StateReason, Utm, postStates, variantStates } from '@/lib/posts/schema'

/** What answers look like. Nothing is parsed by these: the document is made from them, and the tests hold answers to them. */
const instant = z.iso.datetime()
const platform = z.enum(platformNames)
const count = z.number().int().nonnegative()
const figures = z.record(z.string(), z.number())

// Object.keys forgets what the keys are.
const codes = Object.keys(httpStatus) as [FailureCode, ...FailureCode[]]
export const ErrorAnswer = z.object({
  error: z.object({
    code: z.enum(codes).meta({ description: 'The closed list: a client may rely on there being no others.' }),
    message: z.string().meta({ description: 'A sentence for people: what happened, and what to do.' }),
    details: z
      .record(z.string(), z.array(z.string()))
      .optional()
      .meta({ description: 'Problems by field, with dots between levels: `content.text`.' }),
    timestamp: instant,
    requestId: z.string().meta({ description: 'Also in `X-Request-Id`. Name it when you ask for help.' }),
  }),
})

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
  code: z.enum(codes),
})

export const CalendarEvent = z.object({
  id: z.string(),
  title: z.string(),
  start: instant,
  editable: z.boolean(),
  extendedProps: PostSummary.omit({ id: true, excerpt: true, scheduledAt: true }),
})

export const Account = z.object({
  id: z.string(),
  platform,
  platformLabel: z.string(),
  method: z.string(),
  kind: z.enum(accountKinds),
  handle: z.string(),
  displayName: z.string(),
  avatarUrl: z.string().nullable(),
  profileUrl: z.string(),
  server: z.string().nullable().meta({ description: 'The account’s own server, on networks of many.' }),
  projectId: z.string().nullable(),
  state: z.enum(['healthy', 'needs_reconnect', 'disconnected']),
  scopesGranted: z.array(z.string()),
  scopesMissing: z.array(z.string()),
  tokenIssuedAt: instant,
  tokenExpiresAt: instant.nullable(),
  renews: z.boolean(),
  lastError: z.object({ message: z.string(), at: instant }).nullable(),
  lastCheckedAt: instant.nullable(),
  switches: z
    .object({
      looksAgain: z
        .object({ on: z.boolean(), mostADay: count, eachMicros: count })
        .nullable()
        .meta({ description: 'Asks what became of what was said; `eachMicros` in millionths of a dollar.' }),
      showsRead: z
        .object({ on: z.boolean() })
        .nullable()
        .meta({ description: 'Tells people that they were read, once a person answered or was done.' }),
    })
    .meta({ description: 'What it does by itself; null where its network has nothing of the kind.' }),
  paused: z.array(z.object({ lane: z.string(), until: instant, why: z.string() })),
  settledBy: z
    .enum(['own_key', 'read_back', 'echo', 'person'])
    .meta({ description: 'How an unknown outcome is settled.' }),
})
export const Media = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['image', 'gif', 'video', 'document']),
  mime: z.string(),
  sizeBytes: count,
  width: z.number().nullable(),
  height: z.number().nullable(),
  durationMs: z.number().nullable(),
  codec: z.string().nullable().meta({
    description:
      'How a video is encoded (`avc`, `hevc`, `vp9` …); null where it does not say, or came before this was read.',
  }),
  soundCodec: z.string().nullable(),
  fps: z.number().nullable().meta({ description: 'Frames a second.' }),
  pages: z.number().nullable().meta({ description: 'Of a PDF that could be read.' }),
  frames: z.number().nullable().meta({ description: 'Of a GIF whose frames were counted.' }),
  alt: z.string(),
  thumb: z.string().nullable().meta({ description: 'What `thumb` of `readMedia` asks for; null while there is none.' }),
  folderId: z.string().nullable(),
  tags: z.array(z.string()),
  uses: count.meta({ description: 'How many posts show it.' }),
  originalId: z.string().nullable().meta({ description: 'The file it was made from.' }),
  createdAt: instant,
})
export const Project = z.object({ id: z.string(), name: z.string(), archivedAt: instant.nullable() })
export const LinkPreview = z.object({
  url: z.string(),
  title: z.string().nullable(),
  description: z.string().nullable(),
  imageUrl: z.string().nullable(),
})

const Problem = z.object({
  accountId: z.string().optional(),
  platform: z.string().optional(),
  field: z.string(),
  option: z.string().optional(),
  severity: z.enum(['refusal', 'advice']).meta({ description: 'What has a refusal cannot be scheduled.' }),
  message: z.string(),
  fit: z
    .object({ mediaId: z.string(), changes: z.array(z.string()) })
    .optional()
    .meta({ description: 'What would be done to a picture so that the network takes it. Nothing is done by itself.' }),
})
const Foreseen = z.object({
  kind: z.enum(['cost', 'quota', 'duty', 'version']),
  accountId: z.string().optional(),
  platform: z.string().optional(),
  day: z.iso.date().optional().meta({ description: 'On the workspace’s clock.' }),
  message: z.string(),
})
const costMicros = count.meta({ description: 'In millionths of a US dollar.' })
export const PostCheck = z.object({
  problems: z.array(Problem),
  foreseen: z.array(Foreseen),
  costMicros,
  times: count.meta({ description: 'How often it goes out; of a series without end, in the next 60 days.' }),
  goesOn: z.boolean(),
  slots: z
    .array(z.object({ accountId: z.string(), at: instant }))
    .meta({ description: 'Which free slot each account would get now, where the post is to take the next one.' }),
  network: z
    .array(
      z.object({
        accountId: z.string(),
        objections: z.array(z.string()),
        untried: z.array(z.string()).meta({ description: 'What it asks that only it can try.' }),
        unasked: z.string().optional(),
      }),
    )
    .meta({ description: 'What each network said when it was asked, or why it could not be asked.' }),
})
export const Outlook = z.object({ from: instant, to: instant, foreseen: z.array(Foreseen), costMicros })

export const Choice = z.object({
  value: z.string(),
  label: z.string(),
  hint: z.string().optional(),
  closed: z.string().optional().meta({ description: 'Why it cannot be chosen now.' }),
})
const OptionForm = z
  .object({
    pattern: z.string().meta({
      description: 'A regular expression with the flag `u` that all of an answer fits, but for spaces around it.',
    }),
    wants: z.string().meta({ description: 'The same in words.' }),
  })
  .meta({ description: 'What an answer must look like; of a list, each of its own.' })
const OfFiles = z
  .object({
    formats: z.array(z.string()).meta({ description: 'Where a post shows several files; else it shows one.' }),
    kind: z.string().meta({ description: 'The only kind that may be meant where several are shown.' }),
  })
  .meta({ description: 'Each is about one file: the first, or the one whose number stands before it (`2: rosa`).' })
export const OptionField = z.object({
  name: z.string(),
  label: z.string(),
  hint: z.string().optional(),
  required: z.boolean().meta({ description: 'Must be answered: it has no default.' }),
  preset: z.union([z.string(), z.boolean()]).optional(),
  formats: z.array(z.string()).optional().meta({ description: 'Only for these values of the option `format`.' }),
  input: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('choice'), choices: z.array(Choice) }),
    z.object({ kind: z.literal('list'), after: z.string().optional(), free: z.boolean().optional() }),
    z.object({
      kind: z.literal('text'),
      max: count,
      form: OptionForm.optional(),
      ofFile: z.literal(true).optional().meta({ description: 'The number of one of the pictures, from 1.' }),
    }),
    z.object({ kind: z.literal('flag') }),
    z.object({
      kind: z.literal('tags'),
      max: count,
      maxEach: count,
      form: OptionForm.optional(),
      ofFiles: OfFiles.optional(),
    }),
  ]),
})

export const ImportPreview = z.object({
  rows: z.array(
    z.object({
      row: count,
      state: z.enum(['ready', 'doubtful', 'blocked', 'done']).meta({
        description:
          '`doubtful`: it can be imported, and its network says that it would refuse it. `done`: it was imported before.',
      }),
      excerpt: z.string(),
      wallTime: z.string().nullable(),
      timeZone: z.string(),
      accounts: z.array(z.object({ id: z.string(), platform: z.string(), handle: z.string() })),
      problems: z.array(z.object({ severity: z.enum(['refusal', 'advice']), message: z.string() })),
    }),
  ),
  notes: z.array(z.string()),
  foreseen: z.array(Foreseen),
})
export const ImportOutcome = z.object({
  imported: z.array(z.object({ row: count, postId: z.string() })),
  skipped: z.array(z.object({ row: count, message: z.string() })),
})
export const Feed = z.object({
  id: z.string(),
  url: z.string(),
  title: z.string(),
  template: z.string(),
  accountIds: z.array(z.string()),
  projectId: z.string().nullable(),
  isOn: z.boolean(),
  checkedAt: instant.nullable(),
  nextCheckAt: instant,
  failures: count,
  lastError: z.string().nullable(),
  drafts: count.meta({ description: 'How many of its items became drafts.' }),
})

const Doing = z.object({
  published: count.meta({ description: 'Posts at the network: one post on three accounts counts three times.' }),
  measured: count.meta({ description: 'Of these, those that the network gave figures of.' }),
  figures: figures.meta({ description: 'Totals since publication. What no network offers is absent, never 0.' }),
})
export const Overview = Doing.extend({
  from: instant,
  to: instant,
  platforms: z.array(Doing.extend({ platform })),
})

export const Slot = z.object({ weekday: count.max(6).meta({ description: '0 is Sunday.' }), time: z.string() })

export const PostVersion = z.object({
  id: z.string(),
  revision: count,
  author: z.string(),
  createdAt: instant,
  content: Post.shape.content,
  scheduledAt,
  accounts: z.array(AccountPost.pick({ accountId: true, customContent: true })),
})
