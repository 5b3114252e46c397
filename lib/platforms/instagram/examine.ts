import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Finding } from '../platform'
import { getMe, listSubscribed } from './api'
import { subscribedFields } from './connect'
import { instagramError } from './translate'

/** What only Instagram can tell: whether the account lets us listen, and whether it is of a kind that may post by API. */
export async function examine(app: AppConfig, as: Credentials): Answer<readonly Finding[]> {
  const subscribed = await listSubscribed(app, as)
  if (!subscribed.ok) return fail(instagramError(subscribed.error, 'none', now()))
  const me = await getMe(app, as)
  if (!me.ok) return fail(instagramError(me.error, 'none', now()))
  return ok([
    listening(subscribed.value.body.data.flatMap((one) => one.subscribed_fields ?? [])),
    professional(me.value.body.account_type),
  ])
}

function listening(fields: readonly string[]): Finding {
  const missing = subscribedFields.filter((field) => !fields.includes(field))
  const about = { name: 'webhook', label: 'News of comments and messages' }
  return missing.length === 0
    ? { ...about, state: 'good', message: 'The account tells Posthorn of comments, mentions and messages.' }
    : {
        ...about,
        state: 'problem',
        message: `The account does not tell Posthorn of ${missing.join(', ')}. Reconnect it, and allow everything that is asked for.`,
      }
}

/** `BUSINESS` or `MEDIA_CREATOR`; a personal account loses its access. */
function professional(type: string | undefined): Finding {
  const about = { name: 'account_type', label: 'Kind of account' }
  return type === undefined || type === 'BUSINESS' || type === 'MEDIA_CREATOR'
    ? { ...about, state: 'good', message: 'The account is a professional one.' }
    : {
        ...about,
        state: 'problem',
        message: 'The account is a personal one, which may not post by API. Make it professional in Instagram’s app.',
      }
}
