import { now } from '@/lib/core/clock'
import { fail } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Published } from '../platform'
import { alone, clockSkewMs, tooMuch } from '../read-back'
import { listStatuses, serverOf, type CreateStatus, type Status } from './api'
import { pageSize, readBackPages } from './limits'
import { matches, mastodonError, toPublished } from './translate'

/**
 * Looks through all of the account's statuses since `since`. Two that match prove nothing about ours, and a list that
 * does not end within the bound was not fully read: both are failures, not "not there".
 */
export async function findStatus(
  app: AppConfig,
  as: Credentials,
  wish: CreateStatus,
  since: Date,
): Answer<Published | undefined> {
  const from = since.getTime() - clockSkewMs
  const found: Status[] = []
  let maxId: string | undefined
  for (let page = 0; page < readBackPages; page++) {
    const answer = await listStatuses(app, as, { limit: pageSize, ...(maxId ? { maxId } : {}) })
    if (!answer.ok) return fail(mastodonError(answer.error, 'none', now()))
    const statuses = answer.value.body
    found.push(...statuses.filter((status) => Date.parse(status.created_at) >= from && matches(status, wish)))
    const last = statuses.at(-1)
    // A short page is not yet the end: a server may filter after it counted.
    if (!last || Date.parse(last.created_at) < from)
      return alone(found, (status) => toPublished(serverOf(app, as), status))
    maxId = last.id
  }
  return fail(tooMuch)
}
