import { now } from '@/lib/core/clock'
import { fail } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Part, Published } from '../platform'
import { alone, clockSkewMs, tooMuch } from '../read-back'
import { listPosts, type Post } from './api'
import { readBackPages } from './limits'
import { matches, toPublished, xError } from './translate'

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
    if (!nextToken) return alone(found, ({ id }) => toPublished(app.webUrl, id))
  }
  return fail(tooMuch)
}
