import { z } from 'zod'
import { accountKinds } from '@/lib/platforms'
import { count, instant, platform } from './values'

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

export const Slot = z.object({ weekday: count.max(6).meta({ description: '0 is Sunday.' }), time: z.string() })
