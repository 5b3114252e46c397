import { type Call, type Reply, json } from '../core/call'
import { invalid } from './problems'

/** One page, 25 long unless asked for up to 250. The bookmark is opaque to callers: where the next page begins. */
export function pageOf<T>(call: Call, all: readonly T[], view: (item: T) => unknown): Reply {
  const size = Number(call.query.get('page_size') ?? 25)
  const bookmark = call.query.get('bookmark')
  const from = bookmark === null ? 0 : Number(Buffer.from(bookmark, 'base64url').toString('utf8'))
  if (!Number.isInteger(size) || size < 1 || size > 250 || !Number.isInteger(from)) return invalid()
  const end = from + size
  return json(200, {
    items: all.slice(from, end).map(view),
    bookmark: end < all.length ? Buffer.from(String(end)).toString('base64url') : null,
  })
}
