import { hour, inMs, minute } from '@/lib/core/clock'
import { sha256 } from '@/lib/core/crypto'
import { beginningOf, charsetOf, decodeAs } from '@/lib/core/decode'
import { request } from '@/lib/core/http'
import { fail, ok, type Result } from '@/lib/core/result'
import { reachOf } from '../reach'
import { readFeed, type FeedEntry, type ReadFeed } from './read'

/** How often a feed is asked, and the longest pause after failures. */
const everyMs = 30 * minute
const longestMs = 24 * hour

/** The wait after so many failures in a row: doubled each time, a day at most. */
export const waitMs = (failures: number): number => Math.min(longestMs, everyMs * 2 ** failures)

type Before = { readonly etag: string | null; readonly lastModified: string | null }
type Fetched = {
  /** Undefined when the feed says that nothing changed. */
  readonly feed: ReadFeed | undefined
  readonly next: { readonly etag: string | null; readonly lastModified: string | null; readonly nextCheckAt: Date }
}

/**
 * Asks a feed, on public addresses and those that the settings name, and politely: what has not changed is not sent again.
 */
export async function fetchFeed(url: string, before?: Before): Promise<Result<Fetched>> {
  const answer = await request({
    url,
    mutation: false,
    timeoutMs: 15_000,
    maxBytes: 5_000_000,
    allow: reachOf(url, 'feeds'),
    headers: {
      accept: 'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5',
      'user-agent': 'Posthorn feed reader',
      ...(before?.etag ? { 'if-none-match': before.etag } : {}),
      ...(before?.lastModified ? { 'if-modified-since': before.lastModified } : {}),
    },
  })
  const no = (why: string, code: 'VALIDATION_ERROR' | 'SERVICE_UNAVAILABLE' = 'SERVICE_UNAVAILABLE'): Result<never> =>
    fail({ code, message: `This feed cannot be read: ${why}. Check its address.`, fields: { url: [why] } })
  if (answer.kind === 'not_sent' && answer.isBlocked) return no(answer.reason, 'VALIDATION_ERROR')
  if (answer.kind !== 'answer') return no(answer.reason)
  if (answer.status >= 400) return no(`it answers with ${answer.status}`)
  const next = {
    etag: answer.headers.get('etag')?.slice(0, 500) ?? null,
    lastModified: answer.headers.get('last-modified')?.slice(0, 100) ?? null,
    nextCheckAt: inMs(everyMs),
  }
  if (answer.status === 304) return ok({ feed: undefined, next: { ...next, etag: next.etag ?? before?.etag ?? null } })
  const inProlog = /^<\?xml[^>]*encoding=["']([\w-]+)/.exec(beginningOf(answer.bytes, 200))?.[1]
  const read = readFeed(decodeAs(answer.bytes, [charsetOf(answer.headers.get('content-type') ?? ''), inProlog]))
  return read.ok ? ok({ feed: read.value, next }) : read
}

/** More new items at once are a feed that was rebuilt, not news. */
const mostItems = 50

type KnownEntry = FeedEntry & { readonly guidHash: string }

/** A feed's items with what they are known by, each once. */
export const allItemsOf = (feed: ReadFeed | undefined): readonly KnownEntry[] =>
  [...new Map((feed?.items ?? []).map((entry) => [sha256(entry.guid), entry])).entries()].map(([guidHash, entry]) => ({
    ...entry,
    guidHash,
  }))

/** Those of them that may be news. */
export const newestOf = (feed: ReadFeed | undefined): readonly KnownEntry[] => allItemsOf(feed).slice(0, mostItems)
