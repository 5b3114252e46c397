import { now } from '@/lib/core/clock'
import { ok } from '@/lib/core/result'
import { isGone, readEdge, type GraphTrouble } from '../graph'
import { isPostGone } from '../graph-feed'
import type { Again, Answer, AppConfig, Credentials, Incoming, Standing } from '../platform'
import { mentions, reviews } from './again-elsewhere'
import { listComments, type Comment } from './api'
import { byNumber, namesOf, postAsked } from './by-number'
import { commentsPages } from './limits'
import { facebookError } from './translate'

const failed = (trouble: GraphTrouble) => facebookError(trouble, 'none', now())

/** What is said is asked about kind by kind: what Facebook refuses of one says nothing of the others. Messages cannot be asked about. */
export const again: Again = {
  kinds: ['comment', 'mention', 'review'],
  most: 50,
  async look(app, as, said) {
    const found = new Map<string, Standing>()
    for (const [kind, look] of [
      ['comment', comments] as const,
      ['mention', mentions] as const,
      ['review', reviews] as const,
    ]) {
      const some = said.filter((one) => one.kind === kind)
      // One after the other, so that a limit ends the look.
      // oxlint-disable-next-line no-await-in-loop
      const standing = some.length > 0 ? await look(app, as, some) : ok(new Map<string, Standing>())
      if (!standing.ok) return standing
      for (const [id, one] of standing.value) found.set(id, one)
    }
    return ok(found)
  },
}

/**
 * Comments by their numbers, hidden ones among them. What cannot be had so may be gone, or no longer be shown to the app:
 * it counts as gone when its post, read whole, does not have it either.
 */
async function comments(app: AppConfig, as: Credentials, said: readonly Incoming[]): Answer<Map<string, Standing>> {
  const named = await byNumber(app, as, namesOf(said), isGone)
  if (!named.ok) return named
  const found = new Map<string, Standing>()
  const note = ({ id, message, is_hidden: hidden }: Comment) =>
    void found.set(id, { state: 'there', text: message, ...(hidden === undefined ? {} : { hidden }) })
  named.value.there.forEach(note)
  const missing = Map.groupBy(
    said.filter(({ externalId }) => !found.has(externalId)),
    ({ post }) => post,
  )
  for (const [post, lost] of missing) {
    const standing = post === undefined ? ok(undefined) : await under(app, as, post, lost)
    if (!standing.ok) return standing
    standing.value?.forEach(note)
    for (const { externalId } of standing.value ? lost : [])
      if (!found.has(externalId)) found.set(externalId, { state: 'gone' })
  }
  return ok(found)
}

/** Those of some comments that stand under a post; none where the post is gone, undefined where it cannot be read whole. */
async function under(
  app: AppConfig,
  as: Credentials,
  post: string,
  comments: readonly Incoming[],
): Answer<readonly Comment[] | undefined> {
  let mayBeGone = false
  const all = await readEdge({
    pages: commentsPages,
    read: (after) => listComments(app, as, post, { since: new Date(0), order: 'chronological' }, after),
    failed(trouble) {
      mayBeGone = isGone(trouble)
      return failed(trouble)
    },
  })
  if (all.ok) {
    const names = new Set(comments.map(({ externalId }) => externalId))
    return ok(all.value.filter(({ id }) => names.has(id)))
  }
  if (mayBeGone && (await isPostGone(post, postAsked(app, as, post)))) return ok([])
  return all.error.code === 'rate_limited' || all.error.code === 'auth_expired' ? all : ok(undefined)
}
