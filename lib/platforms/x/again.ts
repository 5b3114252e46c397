import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Again, Standing } from '../platform'
import { lookUpPosts } from './api'
import { rereads } from './limits'
import { writtenText, xError } from './translate'

/**
 * Posts by their numbers. Only what X calls not found is gone: what it does not show to this account, of a protected
 * author for one, may stand. A post that was edited is another, with a number of its own.
 */
export const again: Again = {
  kinds: ['comment', 'mention'],
  most: 25,
  billed: rereads,
  async look(app, as, said) {
    const ids = said.map(({ externalId }) => externalId)
    const answer = await lookUpPosts(app, as, ids)
    if (!answer.ok) return fail(xError(answer.error, 'none', now()))
    const { data = [], errors = [] } = answer.value.body
    const found = new Map<string, Standing>()
    for (const post of data) found.set(post.id, { state: 'there', text: writtenText(post) })
    for (const { resource_id, value, type } of errors) {
      const id = resource_id ?? value
      if (id && type?.endsWith('/resource-not-found')) found.set(id, { state: 'gone' })
    }
    return ok(found)
  },
}
