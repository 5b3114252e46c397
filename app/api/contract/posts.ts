import { z } from 'zod'
import { postStates } from '@/lib/posts/schema'
import { Outlook, PostCheck } from './check-shapes'
import { endpoint, exactly } from './endpoint'
import { ScheduledAt, WindowEnd } from './moments'
import { LedgerEntry, Post, PostSummary, SavedPost } from './post-shapes'
import { changeOf, Content, ContentChange, Id, OneId, PlatformName, Platforms, targetsOf } from './words'

const saved = z.object({ post: SavedPost })
const id = '0199f3a0-0000-7000-8000-000000000001'
const draft = { post: { id, revision: 1, status: 'draft', scheduledAt: null } }
const scheduled = { post: { id, revision: 1, status: 'scheduled', scheduledAt: '2030-05-14T07:00:00.000Z' } }
const recurrence = z
  .string()
  .max(500)
  .optional()
  .meta({ description: 'An RRULE, like `FREQ=WEEKLY;BYDAY=MO`: the post becomes the first of a series.' })
/** Filters of lists and the calendar, as the address has them. */
export const filter = {
  status: z.array(z.enum(postStates)).max(20).optional(),
  platform: z.array(PlatformName).max(20).optional(),
  accountId: z.array(Id).max(50).optional(),
  projectId: Id.optional(),
  search: z.string().trim().max(200).optional().meta({ description: 'Looks at the first words.' }),
}
export const filterOf = ({ status, platform, accountId, projectId, search }: z.output<z.ZodObject<typeof filter>>) => ({
  states: status,
  platforms: platform,
  accountIds: accountId,
  projectId,
  search,
})
export const limit = z.coerce.number().int().min(1).max(100).default(50)
export const cursor = z.string().max(200).optional().meta({ description: 'The `next` of the page before.' })
const flag = z.enum(['true', 'false']).optional()

export const listPosts = endpoint({
  id: 'listPosts',
  method: 'GET',
  path: '/api/posts',
  tag: 'Posts',
  summary: 'List posts',
  description: 'Pages of posts without their words. `startDate` and `endDate` leave drafts out, as they have no time.',
  scope: 'post.read',
  query: exactly({
    ...filter,
    startDate: WindowEnd.optional(),
    endDate: WindowEnd.optional(),
    sort: z
      .enum(['newest', 'due'])
      .default('newest')
      .meta({ description: '`newest` first, or by time, without drafts.' }),
    cursor,
    limit,
  }),
  answer: z.object({ posts: z.array(PostSummary), next: z.string().nullable() }),
  answered: {
    posts: [
      {
        ...scheduled.post,
        excerpt: 'We are open again.',
        timeZone: 'Europe/Zurich',
        platforms: ['x'],
        accountIds: ['0199f3a0-0000-7000-8000-000000000002'],
        projectId: null,
        isRecurring: false,
        mediaCount: 0,
        isMovable: true,
      },
    ],
    next: id,
  },
  isPaged: true,
})

export const createPost = endpoint({
  id: 'createPost',
  method: 'POST',
  path: '/api/posts',
  tag: 'Posts',
  summary: 'Write a post',
  description:
    'Writes a draft or, with `scheduledAt`, schedules it in the same step: when a network would refuse it, nothing is written. Scheduling needs the scope `post.schedule` too.',
  scope: 'post.create',
  body: exactly({
    content: Content,
    platforms: Platforms.default([]),
    scheduledAt: ScheduledAt.optional(),
    projectId: Id.optional(),
    recurrence,
  }),
  example: { content: { text: 'We are open again.', hashtags: ['zurich'] }, platforms: [] },
  status: 201,
  answer: saved,
  answered: draft,
  failures: ['NOT_FOUND', 'SCHEDULE_CONFLICT'],
})

export const getPost = endpoint({
  id: 'getPost',
  method: 'GET',
  path: '/api/posts/{id}',
  tag: 'Posts',
  summary: 'Read a post',
  description: 'A post with its words and, account by account, where it stands.',
  scope: 'post.read',
  params: OneId,
  answer: z.object({ post: Post }),
  failures: ['NOT_FOUND'],
})

/** What a change of one post or of many may hold. */
export const changes = {
  content: ContentChange.optional(),
  platforms: Platforms.optional(),
  projectId: Id.nullable().optional(),
}
export const marksNeedText = (given: z.output<z.ZodObject<typeof changes>>) =>
  given.content?.text !== undefined ||
  !given.platforms?.some(
    ({ customContent: own }) => own && own.text === undefined && (own.hashtags?.length || own.mentions?.length),
  )
export const marksAlone = 'hashtags and mentions of an account are written into its text, so send that text with them'

/** As the posts room has it. */
export const changesOf = ({ content, platforms, projectId }: z.output<z.ZodObject<typeof changes>>) => ({
  projectId,
  ...(content ? { content: changeOf(content) } : {}),
  ...(platforms ? { targets: targetsOf(platforms, content?.text ?? '') } : {}),
})

export const updatePost = endpoint({
  id: 'updatePost',
  method: 'PUT',
  path: '/api/posts/{id}',
  tag: 'Posts',
  summary: 'Change a post',
  description:
    'What is absent stays; null takes away; `platforms` replaces all accounts. All of it happens or nothing. With `revision`, a post that was saved since is left alone. `scheduledAt`, and any change of a post that is scheduled, needs the scope `post.schedule` too.',
  scope: 'post.update',
  params: OneId,
  body: exactly({
    ...changes,
    scheduledAt: ScheduledAt.optional(),
    revision: z.number().int().positive().optional(),
  }).refine(marksNeedText, marksAlone),
  example: { content: { text: 'We are open again, until eight.' } },
  answer: saved,
  answered: scheduled,
  failures: ['NOT_FOUND', 'CONFLICT', 'SCHEDULE_CONFLICT'],
})

export const deletePost = endpoint({
  id: 'deletePost',
  method: 'DELETE',
  path: '/api/posts/{id}',
  tag: 'Posts',
  summary: 'Delete a post',
  description:
    'What was not sent never will be. What is at a network stays there, unless `alsoAtNetwork=true`: what cannot be deleted there comes back with the status `needs_person`, and its account says why in `reason`. Deleted again, it is tried again.',
  scope: 'post.delete',
  params: OneId,
  query: exactly({ alsoAtNetwork: flag }),
  answer: z.object({ post: z.object({ id: z.string() }) }),
  failures: ['NOT_FOUND', 'CONFLICT'],
})

export const schedulePost = endpoint({
  id: 'schedulePost',
  method: 'POST',
  path: '/api/posts/{id}/schedule',
  tag: 'Posts',
  summary: 'Say when a post goes out',
  description:
    'Called again, it moves the post. With `accountId` it moves that account alone, and the others keep their times. Refuses the past, and what a network would refuse.',
  scope: 'post.schedule',
  params: OneId,
  body: exactly({ scheduledAt: ScheduledAt, recurrence, accountId: Id.optional() }),
  example: { scheduledAt: { wallTime: '2030-05-14T09:00', timeZone: 'Europe/Zurich' } },
  answer: saved,
  answered: scheduled,
  failures: ['NOT_FOUND', 'CONFLICT', 'SCHEDULE_CONFLICT'],
})

export const publishPost = endpoint({
  id: 'publishPost',
  method: 'POST',
  path: '/api/posts/{id}/publish',
  tag: 'Posts',
  summary: 'Publish a post now',
  description:
    'Hands the post to the worker and answers at once. What became of it on each account is in `GET /api/posts/{id}`, and every try in its ledger.',
  scope: 'post.publish',
  params: OneId,
  body: exactly({}),
  status: 202,
  answer: saved,
  answered: scheduled,
  failures: ['NOT_FOUND', 'CONFLICT'],
})

export const cancelPost = endpoint({
  id: 'cancelPost',
  method: 'POST',
  path: '/api/posts/{id}/cancel',
  tag: 'Posts',
  summary: 'Take a post off the schedule',
  description: 'It is a draft again. A post that is being sent is left alone.',
  scope: 'post.schedule',
  params: OneId,
  body: exactly({}),
  answer: saved,
  answered: draft,
  failures: ['NOT_FOUND', 'CONFLICT'],
})

export const duplicatePost = endpoint({
  id: 'duplicatePost',
  method: 'POST',
  path: '/api/posts/{id}/duplicate',
  tag: 'Posts',
  summary: 'Copy a post',
  description: 'Makes a draft with the same words, files and accounts.',
  scope: 'post.create',
  params: OneId,
  body: exactly({}),
  status: 201,
  answer: saved,
  answered: draft,
  failures: ['NOT_FOUND'],
})

export const readLedger = endpoint({
  id: 'readLedger',
  method: 'GET',
  path: '/api/posts/{id}/ledger',
  tag: 'Posts',
  summary: 'Read a post’s ledger',
  description: 'For each account: what was to be sent, every try with its answer, how we know, and how late it was.',
  scope: 'post.read',
  params: OneId,
  answer: z.object({ ledger: z.array(LedgerEntry) }),
  failures: ['NOT_FOUND'],
})

export const settleVariant = endpoint({
  id: 'settleVariant',
  method: 'POST',
  path: '/api/variants/{id}/settle',
  tag: 'Posts',
  summary: 'Say what became of a post on an account',
  description:
    'For a post that waits for a person: `there` (with its address), `send_again`, or `give_up`. The id is that of the account’s part of the post, from `accounts[].id`.',
  scope: 'post.publish',
  params: OneId,
  body: exactly({
    answer: z.enum(['there', 'send_again', 'give_up'], { error: 'must be there, send_again or give_up' }),
    url: z.url({ protocol: /^https?$/, error: 'must be the post’s full address' }).optional(),
  }).refine(({ answer, url }) => (answer === 'there') === (url !== undefined), {
    path: ['url'],
    message: 'is sent with the answer there, and with no other',
  }),
  example: { answer: 'there', url: 'https://x.com/ada/status/1' },
  answer: z.object({ variant: z.object({ id: z.string() }) }),
  failures: ['NOT_FOUND', 'CONFLICT'],
})

export const checkPost = endpoint({
  id: 'checkPost',
  method: 'POST',
  path: '/api/posts/check',
  tag: 'Posts',
  summary: 'Check a post before it is written',
  description:
    'Says what stands against a post and what it would mean: problems by account, cost, quotas, duties, API versions that end. Writes nothing. With `askNetworks` the networks are asked as well, which takes seconds.',
  scope: 'post.create',
  body: exactly({
    content: Content,
    platforms: Platforms.default([]),
    scheduledAt: ScheduledAt.optional(),
    recurrence,
    postId: Id.optional().meta({ description: 'The post as it is saved, so that it is not counted twice.' }),
    askNetworks: z.boolean().default(false),
  }),
  example: { content: { text: 'We are open again.' }, platforms: [] },
  answer: z.object({ check: PostCheck }),
  answered: {
    check: {
      problems: [{ field: 'targets', severity: 'refusal', message: 'Choose at least one account to post to.' }],
      foreseen: [],
      costMicros: 0,
      times: 1,
      goesOn: false,
      slots: [],
      network: [],
    },
  },
  failures: ['NOT_FOUND'],
})

export const readForesight = endpoint({
  id: 'readForesight',
  method: 'GET',
  path: '/api/foresight',
  tag: 'Calendar',
  summary: 'Read what the queue means',
  description:
    'For at most 62 days: what each day costs, where the queue of an account exceeds what its network takes, and which API versions end. With a project, of its posts alone; what a network takes is still counted with all posts of an account.',
  scope: 'post.read',
  query: exactly({ startDate: WindowEnd, endDate: WindowEnd, projectId: Id.optional() }),
  answer: z.object({ outlook: Outlook }),
})
