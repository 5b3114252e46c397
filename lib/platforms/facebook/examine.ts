import { day, now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Finding } from '../platform'
import { examineToken, listSubscribed } from './api'
import { subscribedFields } from './connect'
import { whyNoReviews } from './reviews'
import { facebookError } from './translate'

/** What only Facebook can tell: whether the page lets us listen, and how long our access to its data lasts. */
export async function examine(app: AppConfig, as: Credentials): Answer<readonly Finding[]> {
  const subscribed = await listSubscribed(app, as, as.externalId)
  if (!subscribed.ok) return fail(facebookError(subscribed.error, 'none', now()))
  const ours = subscribed.value.body.data.find(({ id }) => id === app.clientId)
  const token = await examineToken(app, as.accessToken)
  if (!token.ok) return fail(facebookError(token.error, 'none', now()))
  const closed = await whyNoReviews(app, as)
  if (!closed.ok) return closed
  return ok([
    listening(ours?.subscribed_fields ?? (ours ? subscribedFields : [])),
    access(token.value.body.data.data_access_expires_at),
    reviews(closed.value),
  ])
}

function listening(fields: readonly string[]): Finding {
  const missing = subscribedFields.filter((field) => !fields.includes(field))
  const about = { name: 'webhook', label: 'News of comments and messages' }
  return missing.length === 0
    ? { ...about, state: 'good', message: 'The page tells Posthorn of comments, mentions, messages and reviews.' }
    : {
        ...about,
        state: 'problem',
        message: `The page does not tell Posthorn of ${missing.join(', ')}. Reconnect it, and allow managing its metadata.`,
      }
}

/** Meta ends an app's access to data 90 days after the person last consented. */
function access(expiresAt: number | undefined): Finding {
  const about = { name: 'data_access', label: 'Access to data' }
  if (!expiresAt)
    return { ...about, state: 'good', message: 'Facebook names no end of the access to this page’s data.' }
  const left = Math.floor((expiresAt * 1000 - now().getTime()) / day)
  if (left < 0)
    return { ...about, state: 'problem', message: 'The access to this page’s data has ended. Reconnect the page.' }
  return left < 14
    ? {
        ...about,
        state: 'advice',
        message: `The access to this page’s data ends in ${left} days. Reconnect it before.`,
      }
    : { ...about, state: 'good', message: `The access to this page’s data lasts ${left} more days.` }
}

/** Meta's reference says that versions from 22 on list no recommendations (code 12); clients read them with 24. */
function reviews(closed: string | undefined): Finding {
  const about = { name: 'reviews', label: 'Reviews' }
  return closed === undefined
    ? { ...about, state: 'good', message: 'Facebook lists the page’s reviews to Posthorn.' }
    : { ...about, state: 'advice', message: `Reviews come only as Facebook reports them, not by asking. ${closed}` }
}
