import { judge, liftedAfter, sentence, type Effect, type Refusal, type Trouble } from '../outcome'
import type { PlatformError, Published } from '../platform'
import type { Chat, Message, Problem } from './api'

const minuteMs = 60_000

/** What Telegram said, without its prefix. */
const said = (problem: Problem | undefined): string =>
  (problem?.description ?? '').replace(/^(Bad Request|Forbidden|Conflict): /, '')

function refused({ status, headers, problem }: Refusal<Problem>, now: Date): PlatformError {
  const words = said(problem)
  // A token that is none at all is answered with 404, one that was taken back with 401.
  if (status === 401 || (status === 404 && /^not found$/i.test(words)))
    return { code: 'auth_expired', reason: 'Telegram no longer accepts this bot’s token. Connect it again.' }
  if (status === 429) {
    const seconds = problem?.parameters?.retry_after ?? Number(headers.get('retry-after') ?? 60)
    return { code: 'rate_limited', retryAt: liftedAfter(seconds, now) ?? new Date(now.getTime() + minuteMs) }
  }
  // Of one person, not of the bot.
  if (status === 403 && /blocked by the user|user is deactivated|initiate conversation/i.test(words))
    return { code: 'rejected', reason: 'This person does not take messages from the bot (any more).' }
  // Telegram tells one listener only: the address for reports, or one that asks.
  if (status === 409)
    return { code: 'unavailable', reason: `Telegram tells the bot’s news to somebody else: ${sentence(words)}` }
  if (problem?.parameters?.migrate_to_chat_id !== undefined)
    return {
      code: 'auth_expired',
      reason: 'This group became a supergroup, which has another number. Connect it again.',
    }
  if (status === 403)
    return {
      code: 'auth_expired',
      reason: `The bot is not in this chat any more (${words}). Make it an administrator there again, then connect it again.`,
    }
  if (/chat not found/i.test(words))
    return { code: 'rejected', reason: 'Telegram knows no such chat, or the bot was never added to it.' }
  if (/administrator rights|not enough rights|CHAT_WRITE_FORBIDDEN/i.test(words))
    return {
      code: 'rejected',
      reason: 'The bot may not do that here. Make it an administrator who may post, edit, delete and pin messages.',
    }
  if (/message can't be deleted/i.test(words))
    return {
      code: 'rejected',
      reason:
        'Telegram lets a bot delete what is older than 48 hours only where it may delete all messages. Grant it that, or delete it there.',
    }
  if (/PHOTO_INVALID_DIMENSIONS/.test(words))
    return {
      code: 'rejected',
      reason:
        'The picture is too large or too narrow for Telegram: width and height together up to 10,000 pixels, one at most 20 times the other. Make it smaller, or send it as a file.',
    }
  if (status === 413) return { code: 'rejected', reason: 'Telegram says this file is too large.' }
  return {
    code: 'rejected',
    reason: words
      ? `Telegram refused it: ${sentence(words)}`
      : `Telegram refused it without saying why (HTTP ${status}).`,
  }
}

export const telegramError = (trouble: Trouble<Problem>, effect: Effect, now: Date): PlatformError =>
  judge('Telegram', trouble, effect, (refusal) => refused(refusal, now))

/** A channel with a name is at it; one without is at its number, for those who are in it. */
export const linkOf = (webUrl: string, chat: Pick<Chat, 'id' | 'username'>, messageId?: number): string => {
  const place = chat.username ? `${webUrl}/${chat.username}` : `${webUrl}/c/${String(chat.id).replace(/^-(100)?/, '')}`
  return messageId === undefined ? place : `${place}/${messageId}`
}

/** Messages are numbered within their chat. */
export const nameOf = (chatId: number | string, messageId: number): string => `${chatId}/${messageId}`

/** An album is its messages; it goes by the name of the first. */
export function toPublished(webUrl: string, sent: Message | readonly Message[]): Published {
  const messages = [sent].flat()
  const [first] = messages
  if (!first) throw new Error('Telegram sent nothing back')
  return {
    externalId: nameOf(first.chat.id, first.message_id),
    url: linkOf(webUrl, first.chat, first.message_id),
    ref: { chatId: first.chat.id, messageIds: messages.map(({ message_id }) => message_id) },
  }
}
