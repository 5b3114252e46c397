import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Part, Published } from '../platform'
import { oneLine, telegramVisibleText } from '../text'
import { clockSkewMs } from '../read-back'
import { getUpdates, type Message } from './api'
import { isHtml, telegramText } from './compose'
import { echoOf, textOf } from './incoming'
import { hearsDiscussion } from './rights'
import { linkOf, nameOf, telegramError } from './translate'

/**
 * A bot cannot read its channel. What it can do is look for the copy of a post among the news from the discussion group
 * that still wait to be asked for: a hit is a proof. Silence is none, so "not there" is never the answer.
 */
export async function findPublished(app: AppConfig, as: Credentials, part: Part, since: Date): Answer<Published> {
  if (!as.scopes.includes(hearsDiscussion))
    return fail({ code: 'unavailable', reason: 'Telegram lets no bot read what it sent: look there yourself.' })
  const page = await getUpdates(app, as.accessToken, undefined)
  if (!page.ok) return fail(telegramError(page.error, 'none', now()))
  const copies = page.value.body.flatMap(({ message }) => (message ? [message] : []))
  const [first, second] = posts(copies, as.externalId).filter((post) => matches(post, part, since))
  if (second)
    return fail({
      code: 'outcome_unknown',
      reason: 'The channel has two posts that look like this one: compare them by eye.',
    })
  const echo = first?.[0] && echoOf(first[0])
  if (!first || !echo)
    return fail({
      code: 'unavailable',
      reason: 'Telegram has not reported this post. That does not prove its absence.',
    })
  return ok({
    externalId: nameOf(echo.chat.id, echo.messageId),
    url: linkOf(app.webUrl, echo.chat, echo.messageId),
    ref: { chatId: echo.chat.id, messageIds: first.flatMap((copy) => echoOf(copy)?.messageId ?? []) },
  })
}

/** The copies of the channel's posts, an album's messages together. */
function posts(messages: readonly Message[], channelId: string): readonly (readonly Message[])[] {
  const copies = messages.filter((message) => String(echoOf(message)?.chat.id) === channelId)
  return [...Map.groupBy(copies, ({ media_group_id: album, message_id: id }) => album ?? id).values()]
}

const isFile = ({ photo, video, animation, document }: Message): boolean =>
  [photo, video, animation, document].some((file) => file !== undefined)

function matches(copies: readonly Message[], part: Part, since: Date): boolean {
  const [first] = copies
  if (!first || (first.date + 1) * 1000 < since.getTime() - clockSkewMs) return false
  const text = telegramText(part)
  const visible = isHtml(part) ? telegramVisibleText(text) : undefined
  const words = copies.map(textOf).find(Boolean) ?? ''
  return (
    oneLine(words) === oneLine(visible?.ok ? visible.text : text) && copies.filter(isFile).length === part.media.length
  )
}
