import { createFeed, listFeeds } from '@/lib/posts'
import { serves } from '../contract/door'
import * as contract from '../contract/files'

export const GET = serves(
  contract.listFeeds,
  (ctx) => listFeeds(ctx, {}),
  (data) => ({ body: { data } }),
)

export const POST = serves(
  contract.createFeed,
  (ctx, { body }) => createFeed(ctx, body),
  (data) => ({ body: { data } }),
)
