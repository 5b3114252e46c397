import { linkPreview } from '@/lib/posts'
import { previewLink } from '../contract/desk'
import { serves } from '../contract/door'

/** What the page at `?url=` says of itself. */
export const GET = serves(
  previewLink,
  (ctx, { query }) => linkPreview(ctx, query),
  (data) => ({ body: { data } }),
)
