import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Finding } from '../platform'
import { getNumber, listSubscribed, type PhoneNumber } from './api'
import { businessIn, features } from './connect'
import { whatsappError } from './translate'

/** What only WhatsApp can tell: whether it reports to us, lets messages through, and how people take them. */
export async function examine(app: AppConfig, as: Credentials): Answer<readonly Finding[]> {
  const number = await getNumber(app, as, as.externalId)
  if (!number.ok) return fail(whatsappError(number.error, 'none', now()))
  const business = businessIn(number.value.body)
  const subscribed = business === undefined ? undefined : await listSubscribed(app, as, business)
  if (subscribed && !subscribed.ok) return fail(whatsappError(subscribed.error, 'none', now()))
  return ok([
    ...scopesOf(as),
    listening((subscribed?.value.body.data.length ?? 0) > 0),
    passing(number.value.body),
    quality(number.value.body.quality_rating),
  ])
}

/** A token of a form brings the scopes that somebody ticked in Meta's settings. */
function scopesOf({ scopes }: Credentials): readonly Finding[] {
  const missing = features.flatMap((feature) => feature.scopes).filter((scope) => !scopes.includes(scope))
  const about = { name: 'permissions', label: 'Permissions of the token' }
  return [
    missing.length === 0
      ? { ...about, state: 'good', message: 'The token may do everything that is needed.' }
      : {
          ...about,
          state: 'problem',
          message: `The token lacks ${missing.join(' and ')}. Generate another with them.`,
        },
  ]
}

function listening(isSubscribed: boolean): Finding {
  const about = { name: 'webhook', label: 'News of messages' }
  return isSubscribed
    ? { ...about, state: 'good', message: 'The business account tells an app of its messages.' }
    : {
        ...about,
        state: 'problem',
        message: 'The business account tells nobody of its messages. Connect the number again.',
      }
}

function passing({ health_status: health }: PhoneNumber): Finding {
  const about = { name: 'health', label: 'Sending messages' }
  if (health?.can_send_message === undefined || health.can_send_message === 'AVAILABLE')
    return { ...about, state: 'good', message: 'WhatsApp lets messages through.' }
  const said = health.entities
    .flatMap(({ errors = [] }) => errors)
    .flatMap(({ error_description, possible_solution }) => [error_description, possible_solution])
    .filter((text) => text !== undefined)
    .join(' ')
  return {
    ...about,
    state: health.can_send_message === 'BLOCKED' ? 'problem' : 'advice',
    message: `WhatsApp lets ${health.can_send_message === 'BLOCKED' ? 'no message' : 'not every message'} through. ${said || 'Look into the WhatsApp manager.'}`,
  }
}

function quality(rating: string | undefined): Finding {
  const about = { name: 'quality', label: 'How people take the messages' }
  return rating === 'RED' || rating === 'YELLOW'
    ? {
        ...about,
        state: rating === 'RED' ? 'problem' : 'advice',
        message: 'People block or report this number. WhatsApp may lower how many it may write to.',
      }
    : { ...about, state: 'good', message: 'WhatsApp knows of nothing against this number.' }
}
