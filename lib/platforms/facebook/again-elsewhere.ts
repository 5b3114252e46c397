import { z } from 'zod'
import { inMs, minute, now } from '@/lib/core/clock'
import { ok } from '@/lib/core/result'
import { isGone, readEdge, type GraphTrouble } from '../graph'
import type { Answer, AppConfig, Credentials, Incoming, PlatformError, Standing } from '../platform'
import { listFeed, listTagged } from './api'
import { byNumber, namesOf } from './by-number'
import { commentsPages } from './limits'
import { listedSince } from './reviews'
import { facebookError } from './translate'

/** Where Facebook lists what others posted: what names the page, and what visitors left on it. */
const lists = { tagged: listTagged, feed: listFeed } as const
export type Listed = keyof typeof lists
const Ref = z.object({ listed: z.enum(['tagged', 'feed']).optional().catch(undefined) })
const listOf = ({ ref }: Incoming): Listed | undefined => Ref.safeParse(ref).data?.listed

const failed = (trouble: GraphTrouble) => facebookError(trouble, 'none', now())
/** Others decide who sees what they posted: what Facebook does not let us see is no reason to ask about nothing else. */
const isClosed = (trouble: GraphTrouble): boolean => isGone(trouble) || failed(trouble).code === 'rejected'

const endsAsking = ({ code }: PlatformError): boolean => code === 'rate_limited' || code === 'auth_expired'

const sinceOf = (said: readonly Incoming[]): Date =>
  inMs(-minute, new Date(Math.min(...said.map(({ at }) => Date.parse(at)))))

/**
 * Posts of others by their numbers. What Facebook knows nothing of counts as gone when the list that it stood in, read
 * from its time on, does not have it either. Of what is in no list (shares, mentions in comments) edits alone are known.
 */
export async function mentions(
  app: AppConfig,
  as: Credentials,
  said: readonly Incoming[],
): Answer<Map<string, Standing>> {
  const named = await byNumber(app, as, namesOf(said), isClosed)
  if (!named.ok) return named
  const found = new Map<string, Standing>()
  for (const { id, message } of named.value.there) found.set(id, { state: 'there', text: message })
  const missing = Map.groupBy(
    said.filter(({ externalId }) => !found.has(externalId)),
    listOf,
  )
  for (const [listed, some] of missing) {
    if (listed === undefined) continue
    const posts = await readEdge({
      pages: commentsPages,
      read: (after) => lists[listed](app, as, as.externalId, sinceOf(some), after),
      failed,
    })
    if (!posts.ok) {
      if (endsAsking(posts.error)) return posts
      continue
    }
    const names = new Set(namesOf(some))
    for (const { id, message = '' } of posts.value) if (names.has(id)) found.set(id, { state: 'there', text: message })
    for (const id of named.value.lost) if (names.has(id) && !found.has(id)) found.set(id, { state: 'gone' })
  }
  return ok(found)
}

/** Reviews as they are listed, and those that are not by the number of their story: what neither has is gone. */
export async function reviews(
  app: AppConfig,
  as: Credentials,
  said: readonly Incoming[],
): Answer<Map<string, Standing>> {
  const found = new Map<string, Standing>()
  const listed = await listedSince(app, as, sinceOf(said).toISOString())
  // To some apps Facebook closes reviews; what is not read in full proves nothing.
  if (!listed.ok) return endsAsking(listed.error) ? listed : ok(found)
  const names = new Set(namesOf(said))
  for (const { externalId, text } of listed.value)
    if (names.has(externalId)) found.set(externalId, { state: 'there', text })
  const stories = namesOf(said).filter((id) => !found.has(id) && !id.endsWith(':review'))
  const named = await byNumber(app, as, stories, isClosed)
  if (!named.ok) return named
  for (const id of named.value.lost) found.set(id, { state: 'gone' })
  return ok(found)
}
