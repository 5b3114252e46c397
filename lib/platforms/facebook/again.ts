import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { isGone, readEdge, type GraphTrouble } from '../graph'
import type { Again, Answer, AppConfig, Credentials, Incoming, Standing } from '../platform'
import { getComments, listComments, type Comment } from './api'
import { commentsPages } from './limits'
import { facebookError } from './translate'

const failed = (trouble: GraphTrouble) => facebookError(trouble, 'none', now())

/**
 * Comments by their numbers, hidden ones among them. What cannot be had so may be gone, or no longer be shown to the app:
 * it counts as gone when its post, read whole, does not have it either.
 */
export const again: Again = {
  kinds: ['comment'],
  most: 50,
  async look(app, as, said) {
    const named = await byNumber(
      app,
      as,
      said.map(({ externalId }) => externalId),
    )
    if (!named.ok) return named
    const found = new Map<string, Standing>()
    const note = ({ id, message, is_hidden: hidden }: Comment) =>
      void found.set(id, { state: 'there', text: message, ...(hidden === undefined ? {} : { hidden }) })
    named.value.forEach(note)
    const missing = Map.groupBy(
      said.filter(({ externalId }) => !found.has(externalId)),
      ({ post }) => post,
    )
    for (const [post, comments] of missing) {
      const standing = post === undefined ? ok(undefined) : await under(app, as, post, comments)
      if (!standing.ok) return standing
      standing.value?.forEach(note)
      for (const { externalId } of standing.value ? comments : [])
        if (!found.has(externalId)) found.set(externalId, { state: 'gone' })
    }
    return ok(found)
  },
}

/** In a question about several, one that is gone spoils the answer for all: then each half is asked about by itself. */
async function byNumber(app: AppConfig, as: Credentials, ids: readonly string[]): Answer<readonly Comment[]> {
  if (ids.length === 0) return ok([])
  const answer = await getComments(app, as, ids)
  if (answer.ok) return ok(Object.values(answer.value.body))
  if (!isGone(answer.error)) return fail(failed(answer.error))
  if (ids.length === 1) return ok([])
  const middle = Math.ceil(ids.length / 2)
  const first = await byNumber(app, as, ids.slice(0, middle))
  if (!first.ok) return first
  const second = await byNumber(app, as, ids.slice(middle))
  return second.ok ? ok([...first.value, ...second.value]) : second
}

/** Those of some comments that stand under a post; none where the post is gone, undefined where it cannot be read whole. */
async function under(
  app: AppConfig,
  as: Credentials,
  post: string,
  comments: readonly Incoming[],
): Answer<readonly Comment[] | undefined> {
  let isPostGone = false
  const all = await readEdge({
    pages: commentsPages,
    read: (after) => listComments(app, as, post, { since: new Date(0), order: 'chronological' }, after),
    failed(trouble) {
      isPostGone = isGone(trouble)
      return failed(trouble)
    },
  })
  if (all.ok) {
    const names = new Set(comments.map(({ externalId }) => externalId))
    return ok(all.value.filter(({ id }) => names.has(id)))
  }
  if (isPostGone) return ok([])
  return all.error.code === 'rate_limited' || all.error.code === 'auth_expired' ? all : ok(undefined)
}
