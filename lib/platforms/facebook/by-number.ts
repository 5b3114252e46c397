import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { isGone, type GraphTrouble } from '../graph'
import type { Answer, AppConfig, Credentials, Incoming } from '../platform'
import { getSaid, listFeed, type Comment } from './api'
import { facebookError } from './translate'

export const namesOf = (said: readonly Incoming[]): readonly string[] => said.map(({ externalId }) => externalId)

/** `lost`: Facebook knows nothing of them, or shows them to us no more. */
export type Numbered = { readonly there: readonly Comment[]; readonly lost: readonly string[] }

/**
 * What was said, by its numbers. In a question about several, one that is not to be had spoils the answer for all: then
 * each half is asked about by itself. `spoils` tells such an answer from one that ends the asking.
 */
export async function byNumber(
  app: AppConfig,
  as: Credentials,
  ids: readonly string[],
  spoils: (trouble: GraphTrouble) => boolean,
): Answer<Numbered> {
  if (ids.length === 0) return ok({ there: [], lost: [] })
  const answer = await getSaid(app, as, ids)
  if (answer.ok) return ok({ there: Object.values(answer.value.body), lost: [] })
  if (!spoils(answer.error)) return fail(facebookError(answer.error, 'none', now()))
  if (ids.length === 1) return ok({ there: [], lost: isGone(answer.error) ? ids : [] })
  const middle = Math.ceil(ids.length / 2)
  const first = await byNumber(app, as, ids.slice(0, middle), spoils)
  if (!first.ok) return first
  const second = await byNumber(app, as, ids.slice(middle), spoils)
  return second.ok
    ? ok({ there: [...first.value.there, ...second.value.there], lost: [...first.value.lost, ...second.value.lost] })
    : second
}

/** How `isPostGone` is found out of a post of the page. */
export const postAsked = (app: AppConfig, as: Credentials, post: string) => ({
  post: () => getSaid(app, as, [post]),
  own: () => listFeed(app, as, as.externalId, new Date(0), new URLSearchParams()),
})
