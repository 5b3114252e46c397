import { z } from 'zod'
import { day, now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, StandsUnder } from '../platform'
import { listHistory, listOnNetwork, type HistoryEntry } from './api'
import { keysOf } from './keys'
import { answersOutlivePosts, historyMax, isReadWhole, onNetworkMax, usualHistoryDays } from './limits'
import type { Of, TheirName } from './names'
import { ayrshareError } from './translate'

/**
 * A post to be asked for its comments: by Ayrshare's id, or by the network's where it did not go through Ayrshare.
 * `isSeen`: its network lists it. `isPast`: nobody lists it any more, for its age or because it is gone.
 */
export const Shown = z.object({
  id: z.string(),
  post: z.string(),
  isElsewhere: z.boolean().default(false),
  isSeen: z.boolean().default(false),
  isPast: z.boolean().default(false),
})
export type Shown = z.output<typeof Shown>

/** A post of the history as its network names it; undefined while it is not there. */
const shownAs = ({ postIds }: HistoryEntry, platform: TheirName): string | undefined =>
  postIds.find((one) => one.platform === platform && one.status === 'success')?.id

/** Everything of the last days: what went out through Ayrshare, by us or by others, and what was posted elsewhere. */
export async function shownOf(app: AppConfig, as: Credentials, { platform, label }: Of): Answer<Listed> {
  const lastDays = app.historyDays ?? usualHistoryDays
  const answer = await listHistory(app, keysOf(as), { platform, lastDays, limit: historyMax })
  if (!answer.ok) return fail(ayrshareError(answer.error, 'none', label, now()))
  const sent = answer.value.body.history.flatMap((entry): Shown[] => {
    const post = shownAs(entry, platform)
    return post ? [{ id: entry.id, post, isElsewhere: false, isSeen: false, isPast: false }] : []
  })
  if (!isReadWhole(platform)) return ok({ shown: sent, isAll: false })
  const all = await listOnNetwork(app, keysOf(as), { platform, limit: onNetworkMax })
  if (!all.ok) {
    const error = ayrshareError(all.error, 'none', label, now())
    // Smaller plans have no such list, nor has every network: what went through Ayrshare is read all the same.
    return error.code === 'auth_expired' || error.code === 'rate_limited'
      ? fail(error)
      : ok({ shown: sent, isAll: false })
  }
  const { body, headers } = all.value
  // By Ayrshare's clock, as the days of its history are.
  const since = (Date.parse(headers.get('date') ?? '') || now().getTime()) - lastDays * day
  const known = new Set(sent.map(({ post }) => post))
  const elsewhere = body.posts
    .filter(({ id, created }) => !known.has(id) && !(Date.parse(created ?? '') < since))
    .map(({ id }): Shown => ({ id, post: id, isElsewhere: true, isSeen: true, isPast: false }))
  const seen = new Set(body.posts.map(({ id }) => id))
  return ok({ shown: [...sent.map((one) => ({ ...one, isSeen: seen.has(one.post) })), ...elsewhere], isAll: true })
}
type Listed = {
  readonly shown: readonly Shown[]
  /** What did not go through Ayrshare is among it. */
  readonly isAll: boolean
}

/** Posts that were deleted through Ayrshare, of which it says so. */
export async function deletedOf(
  app: AppConfig,
  as: Credentials,
  { platform, label }: Of,
): Answer<readonly StandsUnder[]> {
  if (answersOutlivePosts(platform)) return ok([])
  const lastDays = app.historyDays ?? usualHistoryDays
  const answer = await listHistory(app, keysOf(as), { platform, lastDays, limit: historyMax, status: 'deleted' })
  if (!answer.ok) {
    const error = ayrshareError(answer.error, 'none', label, now())
    // A plan that does not tell of it keeps nothing else from being read.
    return error.code === 'rejected' ? ok([]) : fail(error)
  }
  return ok(answer.value.body.history.flatMap((entry) => goneAt(shownAs(entry, platform))))
}

export const goneAt = (post: string | undefined): readonly StandsUnder[] =>
  post === undefined ? [] : [{ post, there: [], whole: false, asOf: now().toISOString(), end: 'gone' }]

/** When posts that were asked are worth asking again, by their ids; and those that were not found. */
type Asked = {
  readonly next: Readonly<Record<string, string>>
  readonly lost: Readonly<Record<string, Shown>>
}

/**
 * Posts that were asked before, and that no list has any more: for their age, or because they are gone, which only asking
 * for them tells. By which name they went is known of those alone that did not go through Ayrshare; it says itself of the
 * others which were deleted.
 */
export function pastOf({ shown, isAll }: Listed, { next, lost }: Asked, { platform }: Of): readonly Shown[] {
  if (!isAll || answersOutlivePosts(platform)) return []
  const known = new Set(shown.map(({ id }) => id))
  return Object.keys(next)
    .filter((id) => !known.has(id))
    .map((id) => ({ ...(lost[id] ?? { id, post: id, isElsewhere: true }), isSeen: false, isPast: true }))
}
