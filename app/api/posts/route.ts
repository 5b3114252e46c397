import { createPost, listPosts } from '@/lib/posts'
import { page, toSaved, toSummary } from '../contract/answers'
import { serves } from '../contract/door'
import { instantOfEnd, whenOf } from '../contract/moments'
import * as contract from '../contract/posts'
import { contentOf, targetsOf } from '../contract/words'

export const GET = serves(
  contract.listPosts,
  (ctx, { query: { startDate, endDate, sort, cursor, limit, ...filter } }) =>
    listPosts(ctx, {
      ...contract.filterOf(filter),
      sort,
      cursor,
      take: limit,
      ...(startDate ? { from: instantOfEnd(startDate, ctx.workspace.timeZone) } : {}),
      ...(endDate ? { to: instantOfEnd(endDate, ctx.workspace.timeZone) } : {}),
    }),
  ({ items, next }, { url }) => page('posts', items.map(toSummary), next, url),
)

export const POST = serves(
  contract.createPost,
  (ctx, { body: { content, platforms, scheduledAt, projectId, recurrence } }) =>
    createPost(ctx, {
      content: contentOf(content),
      targets: targetsOf(platforms, content.text),
      projectId,
      recurrence,
      ...(scheduledAt === undefined ? {} : { when: whenOf(scheduledAt) }),
    }),
  (saved) => ({ body: { post: toSaved(saved) } }),
)
