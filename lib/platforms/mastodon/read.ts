import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials } from '../platform'
import { getStatus, getStatuses, type Status } from './api'
import { statusesPerRead } from './limits'
import { mastodonError } from './translate'

/** Statuses by their numbers, however many. Those that are gone, or not shown to the account, are left out. */
export async function readStatuses(app: AppConfig, as: Credentials, ids: readonly string[]): Answer<readonly Status[]> {
  const found: Status[] = []
  for (let at = 0; at < ids.length; at += statusesPerRead) {
    const answer = await getStatuses(app, as, ids.slice(at, at + statusesPerRead))
    // Servers before 4.3 cannot be asked for several.
    if (!answer.ok && answer.error.kind === 'refused' && [404, 405].includes(answer.error.status))
      return oneByOne(app, as, ids)
    if (!answer.ok) return fail(mastodonError(answer.error, 'none', now()))
    found.push(...answer.value.body)
  }
  return ok(found)
}

async function oneByOne(app: AppConfig, as: Credentials, ids: readonly string[]): Answer<readonly Status[]> {
  const found: Status[] = []
  for (const id of ids) {
    const answer = await getStatus(app, as, id)
    if (answer.ok) found.push(answer.value.body)
    else if (answer.error.kind !== 'refused' || answer.error.status !== 404)
      return fail(mastodonError(answer.error, 'none', now()))
  }
  return ok(found)
}
