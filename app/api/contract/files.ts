import { z } from 'zod'
import { CreateFeed, ImportPosts, UpdateFeed } from '@/lib/posts/schema'
import { endpoint, exactly } from './endpoint'
import { Feed, ImportOutcome, ImportPreview } from './file-shapes'
import { WindowEnd } from './moments'
import { filter } from './posts'
import { Id, OneId } from './words'

const { format, text, accountIds } = ImportPosts.shape

export const importPosts = endpoint({
  id: 'importPosts',
  method: 'POST',
  path: '/api/posts/import',
  tag: 'Posts',
  summary: 'Import posts from a table or a calendar',
  description:
    'The columns of a table: date, time, zone, recurrence, accounts, text, title, link, link title, link description, media, alt texts, options, first comment, thread, thread media, poll, utm, by account. With `dryRun` (the default) each row is judged, the networks are asked about those that are sound, and nothing is written; the answer has `preview`. Otherwise no network is asked, and each row is written wholly or not at all, and once: a row that says the same, sent again in whichever file, is left out while its post is there. Rows with a date need the scope `post.schedule` too.',
  scope: 'post.create',
  body: exactly({
    format,
    text,
    accountIds: accountIds.meta({ description: 'For rows that name no account.' }),
    projectId: Id.optional(),
    dryRun: z.boolean().default(true),
  }),
  example: { format: 'csv', text: 'text\nWe are open again.' },
  answer: z.object({ preview: ImportPreview.optional(), outcome: ImportOutcome.optional() }),
  failures: ['NOT_FOUND'],
})

export const exportPosts = endpoint({
  id: 'exportPosts',
  method: 'GET',
  path: '/api/posts/export',
  tag: 'Posts',
  summary: 'Export posts as a table or a calendar',
  description:
    'The posts of a filter, at most 10,000, as a file that can be imported again; `leftOut` says in sentences what of them it cannot hold. A calendar holds those that have a time.',
  scope: 'post.read',
  query: exactly({ ...filter, format, startDate: WindowEnd.optional(), endDate: WindowEnd.optional() }),
  answer: z.object({
    file: z.object({
      name: z.string(),
      type: z.string(),
      text: z.string(),
      posts: z.number(),
      leftOut: z.array(z.string()),
    }),
  }),
})

export const listFeeds = endpoint({
  id: 'listFeeds',
  method: 'GET',
  path: '/api/feeds',
  tag: 'Posts',
  summary: 'List the feeds that draft posts',
  description: 'By name, at most 500.',
  scope: 'post.read',
  answer: z.object({ data: z.array(Feed) }),
})

export const createFeed = endpoint({
  id: 'createFeed',
  method: 'POST',
  path: '/api/feeds',
  tag: 'Posts',
  summary: 'Follow a feed',
  description:
    'Its new items become drafts. What it lists now becomes none. `template` may use {title}, {summary}, {link}, {author} and {date}.',
  scope: 'feed.manage',
  body: exactly(CreateFeed.shape),
  example: { url: 'https://example.com/feed.xml', template: '{title}\n\n{link}' },
  status: 201,
  answer: z.object({ data: Feed }),
  failures: ['NOT_FOUND', 'ALREADY_EXISTS', 'SERVICE_UNAVAILABLE'],
})

const { template, accountIds: feedAccounts, projectId, isOn } = UpdateFeed.shape

export const updateFeed = endpoint({
  id: 'updateFeed',
  method: 'PATCH',
  path: '/api/feeds/{id}',
  tag: 'Posts',
  summary: 'Change or pause a feed',
  description: 'What is absent stays.',
  scope: 'feed.manage',
  params: OneId,
  body: exactly({ template, accountIds: feedAccounts, projectId, isOn }),
  example: { isOn: false },
  answer: z.object({ data: Feed }),
  failures: ['NOT_FOUND'],
})

export const removeFeed = endpoint({
  id: 'removeFeed',
  method: 'DELETE',
  path: '/api/feeds/{id}',
  tag: 'Posts',
  summary: 'Follow a feed no more',
  description: 'Its drafts stay.',
  scope: 'feed.manage',
  params: OneId,
  answer: z.object({ data: z.object({ id: z.string() }) }),
  failures: ['NOT_FOUND'],
})
