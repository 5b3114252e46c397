import { equalsInConstantTime } from '@/lib/core/crypto'
import { fail, ok } from '@/lib/core/result'
import { parseJson } from '../outcome'
import type { Webhook, WebhookEvent } from '../platform'
import { Update } from './api'
import { chatOf, echoOf, wordsOf } from './incoming'
import { botNamedBy, secretOf } from './rights'
import { linkOf, nameOf } from './translate'

/**
 * Believed by the secret that was given to `setWebhook` (Bot API 10.1) for the very bot that the address names. Nothing
 * is signed, and there is no handshake.
 */
export const webhook: Webhook = {
  trust: 'own_secret',
  handshake: () => undefined,
  verify(app, _rawBody, headers, address) {
    const given = headers.get('x-telegram-bot-api-secret-token')
    const bot = botNamedBy(address)
    const secret = bot && secretOf(app, bot)
    return Boolean(given && secret) && equalsInConstantTime(given ?? '', secret ?? '')
  },
  read(rawBody, app, address) {
    const body = parseJson(new TextDecoder().decode(rawBody))
    const update = Update.safeParse(body)
    if (!update.success) return fail({ reason: 'This is not an update of Telegram’s Bot API.' })
    const event = toEvent(update.data, body, { webUrl: app?.webUrl ?? 'https://t.me', bot: botNamedBy(address) })
    return ok(event ? [event] : [])
  },
}

const typeOf = (update: Update): string => Object.keys(update).find((name) => name !== 'update_id') ?? 'update'

/**
 * Undefined for what is of no chat: a kind of update that was never asked for. A private chat is one with `bot`, and so
 * of all that it speaks for; nobody's where that is not known.
 */
export function toEvent(
  update: Update,
  raw: unknown,
  { webUrl, bot }: { readonly webUrl: string; readonly bot: string | undefined },
): WebhookEvent | undefined {
  const chat = chatOf(update)
  const account = chat?.type === 'private' ? bot : chat && String(chat.id)
  if (account === undefined) return undefined
  const { message } = update
  const echo = message && echoOf(message)
  const words = message ? wordsOf(message) : ''
  return {
    // Each bot counts its updates from a start of its own.
    externalId: `${account}:${update.update_id}`,
    type: typeOf(update),
    accountExternalId: account,
    raw,
    // A bot is not told of its own posts, but hears the copy of each in the discussion group.
    ...(message && echo && words
      ? {
          published: {
            externalId: nameOf(echo.chat.id, echo.messageId),
            url: linkOf(webUrl, echo.chat, echo.messageId),
            text: words,
            at: new Date(message.date * 1000).toISOString(),
          },
        }
      : {}),
  }
}
