import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Again, Standing } from '../platform'
import { accountIdOf, getStatus } from './api'
import { fromStatus } from './incoming'
import { readStatuses } from './read'
import { mastodonError } from './translate'

/**
 * Statuses by their numbers. One that is left out of several is asked for by itself before it counts as gone: there are
 * servers of other makers that leave out what they do not understand.
 */
export const again: Again = {
  kinds: ['comment', 'mention', 'dm'],
  most: 40,
  async look(app, as, said) {
    const ids = said.map(({ externalId }) => externalId)
    const statuses = await readStatuses(app, as, ids)
    if (!statuses.ok) return statuses
    const found = new Map<string, Standing>()
    for (const status of statuses.value) {
      const { text, media } = fromStatus(status, [], accountIdOf(as))
      const { edited_at } = status
      const editedAt = edited_at ? { editedAt: new Date(edited_at).toISOString() } : {}
      found.set(status.id, { state: 'there', text, media, ...editedAt })
    }
    for (const id of ids.filter((each) => !found.has(each))) {
      const status = await getStatus(app, as, id)
      if (status.ok) continue
      const isGone = status.error.kind === 'refused' && [404, 410].includes(status.error.status)
      if (!isGone) return fail(mastodonError(status.error, 'none', now()))
      found.set(id, { state: 'gone' })
    }
    return ok(found)
  },
}
