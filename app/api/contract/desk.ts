import { z } from 'zod'
import { DescribeMedia, mediaKinds } from '@/lib/media/schema'
import { LinkPreviewOf } from '@/lib/posts/schema'
import { Account, Choice, LinkPreview, Media, OptionField, Project } from './desk-shapes'
import { endpoint, exactly } from './endpoint'
import { ScheduledAt, WindowEnd, ZoneName } from './moments'
import { cursor, filter, limit } from './posts'
import { CalendarEvent, SavedPost } from './post-shapes'
import { Id, OneId, PlatformName } from './words'

const message = z.string().min(1).max(70_000)

export const scheduleOnCalendar = endpoint({
  id: 'scheduleOnCalendar',
  method: 'POST',
  path: '/api/calendar/schedule',
  tag: 'Calendar',
  summary: 'Write and schedule a post in one call',
  description:
    'A network in `platforms` stands for its one account of the project, or else of the workspace; where there are several, say which in `accountIds`. `messageByPlatform` goes before `customMessage`. Needs the scope `post.schedule` too.',
  scope: 'post.create',
  body: exactly({
    projectId: Id.optional(),
    platforms: z.array(PlatformName).max(20).default([]),
    accountIds: z.array(Id).max(50).default([]),
    scheduledAt: ScheduledAt,
    customMessage: message.optional(),
    messageByPlatform: z
      .partialRecord(PlatformName.in, message, { error: 'must map names of networks to texts' })
      .optional(),
  })
    .refine(({ platforms, accountIds }) => platforms.length + accountIds.length > 0, {
      path: ['platforms'],
      message: 'must name a network, or send accountIds',
    })
    .refine(({ customMessage, messageByPlatform }) => customMessage !== undefined || messageByPlatform !== undefined, {
      path: ['customMessage'],
      message: 'is needed, or messageByPlatform in its place',
    }),
  example: {
    platforms: ['linkedin', 'twitter'],
    scheduledAt: '2030-12-01T10:30:00Z',
    customMessage: 'Check out my latest project!',
  },
  status: 201,
  answer: z.object({ post: SavedPost }),
  failures: ['NOT_FOUND'],
})

export const listEvents = endpoint({
  id: 'listCalendarEvents',
  method: 'GET',
  path: '/api/calendar/events',
  tag: 'Calendar',
  summary: 'Events for FullCalendar',
  description:
    'A bare list, as FullCalendar’s JSON feed wants it, of at most 62 days. Earliest first, and a post whose accounts go out at different times once for each; when there are more than 2,000, `Link` leads on.',
  scope: 'post.read',
  query: exactly({
    ...filter,
    start: WindowEnd,
    end: WindowEnd,
    timeZone: ZoneName.optional(),
    cursor: z.string().max(200).optional().meta({ description: 'As `Link` has it.' }),
  }),
  answer: z.array(CalendarEvent),
  isPaged: true,
})

export const listAccounts = endpoint({
  id: 'listAccounts',
  method: 'GET',
  path: '/api/accounts',
  tag: 'Accounts',
  summary: 'List connected accounts',
  description: 'With their health. Those that were disconnected come with `includeDisconnected=true`.',
  scope: 'account.read',
  query: exactly({
    projectId: Id.optional(),
    includeDisconnected: z.enum(['true', 'false']).optional(),
    cursor,
    limit,
  }),
  answer: z.object({ data: z.array(Account), next: z.string().nullable() }),
  isPaged: true,
})

export const setSwitches = endpoint({
  id: 'setAccountSwitches',
  method: 'PATCH',
  path: '/api/accounts/{id}/switches',
  tag: 'Accounts',
  summary: 'Say what an account does by itself',
  description:
    'What is left out stays as it is. `switches` of an account says which of them its network has; the others are refused.',
  scope: 'account.connect',
  params: OneId,
  body: exactly({ looksAgain: z.boolean().optional(), showsRead: z.boolean().optional() }),
  example: { showsRead: false },
  answer: z.object({ data: Account }),
  failures: ['NOT_FOUND'],
})

export const readOptions = endpoint({
  id: 'readAccountOptions',
  method: 'GET',
  path: '/api/accounts/{id}/options',
  tag: 'Accounts',
  summary: 'Read what an account’s network asks about a post',
  description:
    'The fields that `customContent.options` may have, and which must be answered. With `field`, the choices as the network knows them: boards, subreddits, playlists.',
  scope: 'post.create',
  params: OneId,
  query: exactly({
    field: z.string().max(40).optional(),
    after: z.string().max(2_000).optional().meta({ description: 'What was chosen in the field that it hangs on.' }),
  }),
  answer: z.object({ options: z.array(OptionField), choices: z.array(Choice) }),
  answered: {
    options: [{ name: 'board', label: 'Board', required: true, input: { kind: 'list' } }],
    choices: [{ value: '1', label: 'Recipes' }],
  },
  failures: ['NOT_FOUND', 'PLATFORM_AUTH_FAILED', 'PLATFORM_API_ERROR', 'SERVICE_UNAVAILABLE'],
})

export const listProjects = endpoint({
  id: 'listProjects',
  method: 'GET',
  path: '/api/projects',
  tag: 'Projects',
  summary: 'List projects',
  description: 'By name, at most 1,000. Those in the archive come with `archived=true`.',
  scope: 'project.read',
  query: exactly({ archived: z.enum(['true', 'false']).optional() }),
  answer: z.object({ data: z.array(Project) }),
})

export const listMedia = endpoint({
  id: 'listMedia',
  method: 'GET',
  path: '/api/media',
  tag: 'Media',
  summary: 'List files',
  description:
    'The library, newest first. `search` looks at names, descriptions and tags. `folder` is the id of a folder, or `top` for files in none. With `duplicates=true`, files that are there more than once stand side by side.',
  scope: 'media.read',
  query: exactly({
    kind: z.enum(mediaKinds).optional(),
    folder: Id.optional(),
    tag: z.string().max(40).optional(),
    unused: z.enum(['true', 'false']).optional(),
    duplicates: z.enum(['true', 'false']).optional(),
    search: z.string().max(200).optional(),
    cursor,
    take: z.coerce.number().int().min(1).max(100).default(40),
  }),
  answer: z.object({ data: z.array(Media), next: z.string().nullable() }),
  isPaged: true,
})

export const uploadMedia = endpoint({
  id: 'uploadMedia',
  method: 'PUT',
  path: '/api/media',
  tag: 'Media',
  summary: 'Upload a file',
  description:
    'The file is the body, as it is: JPEG, PNG, WebP, GIF, MP4, MOV or WebM, judged by its content. Takes no `Idempotency-Key`. Uploads that go on after a break are sent by tus to `/api/media/uploads` (docs/api.md).',
  scope: 'media.upload',
  headers: z.object({
    'X-File-Name': z.string().meta({ description: 'Percent-encoded.' }),
    'X-Alt-Text': z
      .string()
      .optional()
      .meta({ description: 'What people who cannot see it are told; percent-encoded.' }),
  }),
  body: 'bytes',
  status: 201,
  answer: z.object({ data: Media }),
})

export const readMedia = endpoint({
  id: 'readMedia',
  method: 'GET',
  path: '/api/media/{id}',
  tag: 'Media',
  summary: 'Read a file',
  description: 'The file itself, or with the `thumb` of its card a small picture of it. Answers ranges.',
  scope: 'media.read',
  params: OneId,
  query: exactly({ thumb: z.string().max(64).optional() }),
  answer: 'bytes',
  failures: ['NOT_FOUND'],
})

export const describeMedia = endpoint({
  id: 'describeMedia',
  method: 'PATCH',
  path: '/api/media/{id}',
  tag: 'Media',
  summary: 'Describe a file',
  description: 'Sets what people who cannot see it are told.',
  scope: 'media.upload',
  params: OneId,
  body: exactly({ alt: DescribeMedia.shape.alt }),
  example: { alt: 'A red door, half open.' },
  answer: z.object({ data: Media }),
  failures: ['NOT_FOUND'],
})

export const deleteMedia = endpoint({
  id: 'deleteMedia',
  method: 'DELETE',
  path: '/api/media/{id}',
  tag: 'Media',
  summary: 'Delete a file',
  description: 'A file that a post shows is left alone.',
  scope: 'media.delete',
  params: OneId,
  answer: z.object({ data: z.object({ mediaId: z.string() }) }),
  failures: ['NOT_FOUND', 'CONFLICT'],
})

export const previewLink = endpoint({
  id: 'previewLink',
  method: 'GET',
  path: '/api/link-preview',
  tag: 'Posts',
  summary: 'Preview a link',
  description: 'What the page at an address says of itself.',
  scope: 'post.create',
  query: exactly(LinkPreviewOf.shape),
  answer: z.object({ data: LinkPreview }),
})

export const readDescription = endpoint({
  id: 'readDescription',
  method: 'GET',
  path: '/api/openapi.json',
  tag: 'API',
  summary: 'This document',
  description: 'OpenAPI 3.1, made from what the endpoints parse by.',
  answer: z.looseObject({ openapi: z.string() }),
})
