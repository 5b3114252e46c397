import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Finding } from '../platform'
import { getApplication } from './api'
import { discordError, placeOf } from './translate'

/** discord.com/developers/docs/resources/application: message content, for apps in many servers and in few. */
const messageContent = (1 << 18) | (1 << 19)
/** Discord OpenAPI of 2026-07-18, ApplicationEventWebhooksStatus. */
const eventsOn = 2
const eventsStopped = 3

/** What only Discord knows of a bot: may it read what people write, and do the app's events reach us. */
export async function examine(app: AppConfig, as: Credentials): Answer<readonly Finding[]> {
  if (placeOf(as).webhook)
    return ok([
      {
        name: 'webhook',
        label: 'Way in',
        state: 'advice',
        message:
          'A webhook can post and delete. It cannot read, so doubtful sendings are left to you and the inbox stays empty. Connect a bot for that.',
      },
    ])
  const answer = await getApplication(app, as.accessToken)
  if (!answer.ok) return fail(discordError(answer.error, 'none', now()))
  const { flags, event_webhooks_status: events, event_webhooks_url: url } = answer.value.body
  return ok([
    (flags & messageContent) === 0
      ? {
          name: 'message_content',
          label: 'Reading messages',
          state: 'problem',
          message:
            'Discord hides what people write from this bot. Switch on “Message Content Intent” in the developer portal, under Bot.',
        }
      : { name: 'message_content', label: 'Reading messages', state: 'good', message: 'The bot may read messages.' },
    events === eventsStopped
      ? {
          name: 'events',
          label: 'App events',
          state: 'problem',
          message:
            'Discord has stopped sending events, because they were not taken. Save the address again in the portal.',
        }
      : events === eventsOn && url
        ? { name: 'events', label: 'App events', state: 'good', message: 'Discord reports installs and removals here.' }
        : {
            name: 'events',
            label: 'App events',
            state: 'advice',
            message:
              'Discord does not report when the bot is removed. Set the events address in the portal to be told.',
          },
  ])
}
