import { removeFeed, updateFeed } from '@/lib/posts'
import { serves } from '../../contract/door'
import * as contract from '../../contract/files'

export const PATCH = serves(
  contract.updateFeed,
  (ctx, { params, body }) => updateFeed(ctx, { feedId: params.id, ...body }),
  (data) => ({ body: { data } }),
)

export const DELETE = serves(
  contract.removeFeed,
  (ctx, { params }) => removeFeed(ctx, { feedId: params.id }),
  (data) => ({ body: { data } }),
)
