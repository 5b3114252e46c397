import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Part, Published } from '../platform'
import { listPosts, type Post } from './api'
import { readBackPages } from './limits'
import { matches, toPublished, xError } from './translate'

/** Our clock and X's may differ by this much. */
const clockSkewMs = 30_000

/**
 * Looks through all of the account's posts since `since`. Two that match prove nothing about ours, and a list that does
 * not end within the bound was not fully read: both are failures, not "not there".
 */
export async function findPublished(
  app: AppConfig,
  as: Credentials,
  part: Part,
  since: Date,
): Answer<Published | undefined> {
  const from = new Date(since.getTime() - clockSkewMs)
  const found: Post[] = []
  let nextToken: string | undefined
  for (let page = 0; page < readBackPages; page++) {
    const answer = await listPosts(app, as, as.externalId, { since: from, ...(nextToken ? { nextToken } : {}) })
    if (!answer.ok) return fail(xError(answer.error, 'none', now()))
    found.push(...(answer.value.body.data ?? []).filter((post) => matches(post, part)))
    nextToken = answer.value.body.meta?.next_token
    if (!nextToken) return conclude(app, found)
  }
  return fail({ code: 'unavailable', reason: 'The account has posted too much since then to be read in full.' })
}

async function conclude(app: AppConfig, found: readonly Post[]): Answer<Published | undefined> {
  const [first, second] = found
  if (second)
    return fail({
      code: 'outcome_unknown',
      reason: 'The account has two posts that look like this one: compare them by eye.',
    })
  return ok(first && toPublished(app.webUrl, first.id))
}
