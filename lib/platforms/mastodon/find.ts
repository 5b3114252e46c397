import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Published } from '../platform'
import { listStatuses, serverOf, type CreateStatus, type Status } from './api'
import { pageSize, readBackPages } from './limits'
import { matches, mastodonError, toPublished } from './translate'

/** Our clock and a server's may differ by this much. */
const clockSkewMs = 30_000

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
    if (!last || Date.parse(last.created_at) < from) return conclude(app, as, found)
    maxId = last.id
  }
  return fail({ code: 'unavailable', reason: 'The account has posted too much since then to be read in full.' })
}

async function conclude(app: AppConfig, as: Credentials, found: readonly Status[]): Answer<Published | undefined> {
  const [first, second] = found
  if (second)
    return fail({
      code: 'outcome_unknown',
      reason: 'The account has two posts that look like this one: compare them by eye.',
    })
  return ok(first && toPublished(serverOf(app, as), first))
}
