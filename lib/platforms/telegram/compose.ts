import { fail, ok, type Result } from '@/lib/core/result'
import { fileName } from '../file-names'
import { multipart } from '../multipart'
import { textOf } from '../options'
import type { Part, PartMedia, PlatformError, Published } from '../platform'
import { escapeTelegramHtml, telegramVisibleText } from '../text'
import type { Carried } from './api'

export type Wish = { readonly method: string; readonly carried: Carried }
type Composed = Result<Wish, PlatformError>
type Params = Readonly<Record<string, unknown>>

const isOn = (part: Part, name: string): boolean => part.options?.[name] === true
export const isHtml = (part: Part): boolean => part.options?.format === 'html'

/** Is the link one that the text does not have, and that goes behind it? */
const isAppended = (part: Part): boolean => part.link !== undefined && !part.text.includes(part.link.url)

/** The text as Telegram will get it, with its link at the end. */
export function telegramText(part: Part): string {
  const text = part.text.normalize('NFC')
  if (!part.link || !isAppended(part)) return text
  const url = isHtml(part) ? escapeTelegramHtml(part.link.url) : part.link.url
  return `${text.trimEnd()}\n\n${url}`.trimStart()
}

const messageIdOf = ({ externalId }: Published): number => Number(externalId.split('/')[1])

/** What goes with everything that is sent. */
function common(chatId: string, part: Part): Params {
  const topic = Number(textOf(part.options?.topic) || Number.NaN)
  return {
    chat_id: chatId,
    ...(isOn(part, 'silent') ? { disable_notification: true } : {}),
    ...(isOn(part, 'protect') ? { protect_content: true } : {}),
    ...(Number.isSafeInteger(topic) ? { message_thread_id: topic } : {}),
    ...(part.replyTo ? { reply_parameters: { message_id: messageIdOf(part.replyTo.parent) } } : {}),
  }
}

const previews: Readonly<Record<string, Params>> = {
  large: { prefer_large_media: true },
  small: { prefer_small_media: true },
  above: { show_above_text: true },
  none: { is_disabled: true },
}

/** Names the link that was put behind the text: it comes back in the report of the post, and tells it from the text. */
function previewOf(part: Part): Params {
  const chosen = typeof part.options?.preview === 'string' ? previews[part.options.preview] : undefined
  const named = part.link && isAppended(part) ? { url: part.link.url } : {}
  const preview = { ...chosen, ...named }
  return Object.keys(preview).length > 0 ? { link_preview_options: preview } : {}
}

/** What Telegram has no form for. */
function objection({ kind, poll, media, options }: Part): string | undefined {
  if (kind === 'comment')
    return 'A bot cannot comment on a channel’s post: its comments are in a group of their own. Put it into the text.'
  if (poll && media.length > 0) return 'Telegram takes a poll or files, not both. Remove one or the other.'
  if (media.length > 1 && options?.asFiles !== true && media.some((each) => each.kind === 'gif'))
    return 'Telegram shows a GIF alone. Remove it or the other files, or send all of them as they are.'
  if (options?.asFiles !== true && new Set(media.map((each) => each.kind === 'document')).size > 1)
    return 'Telegram shows documents apart from pictures and videos. Remove one or the other, or send all of them as they are.'
  return undefined
}

/** Our part in Telegram's words. */
export function compose(part: Part, chatId: string): Composed {
  const reason = objection(part)
  if (reason) return fail({ code: 'rejected', reason })
  if (part.poll) return composePoll(part, part.poll, chatId)
  const [first, ...more] = part.media
  const text = telegramText(part)
  const parseMode = isHtml(part) ? { parse_mode: 'HTML' } : {}
  if (!first)
    return ok({
      method: 'sendMessage',
      carried: { params: { ...common(chatId, part), text, ...parseMode, ...previewOf(part) } },
    })
  const caption = text ? { caption: text, ...parseMode } : {}
  return more.length === 0 ? composeOne(part, first, caption, chatId) : composeAlbum(part, caption, chatId)
}

function composePoll(part: Part, poll: NonNullable<Part['poll']>, chatId: string): Composed {
  const visible = isHtml(part) ? telegramVisibleText(telegramText(part)) : undefined
  const question = visible?.ok ? visible.text : telegramText(part)
  return ok({
    method: 'sendPoll',
    carried: {
      params: {
        ...common(chatId, part),
        question,
        options: poll.options.map((text) => ({ text })),
        is_anonymous: true,
        allows_multiple_answers: poll.multiple,
        open_period: poll.minutes * 60,
      },
    },
  })
}

const asDocument = { method: 'sendDocument', field: 'document' } as const
const kinds = {
  image: { method: 'sendPhoto', field: 'photo' },
  gif: { method: 'sendAnimation', field: 'animation' },
  video: { method: 'sendVideo', field: 'video' },
  document: asDocument,
} as const

function fileOf({ file, alt }: PartMedia, name: string) {
  if (!file) throw new Error('A file for Telegram goes with the post, and is not there')
  return {
    name,
    filename: fileName({ ...file, alt }, file.id),
    mime: file.mime,
    sizeBytes: file.sizeBytes,
    open: () => file.open(),
  }
}

/** Bytes to be taken as they are, rather than something to be shown. */
const isWhole = (part: Part, kind: PartMedia['kind']): boolean => isOn(part, 'asFiles') || kind === 'document'

/** How a film is shown before it is loaded. */
const shapeOf = ({ width, height, file }: PartMedia): Params => ({
  ...(width && height ? { width, height } : {}),
  ...(file?.durationMs ? { duration: Math.round(file.durationMs / 1000) } : {}),
})

const looks = (part: Part, kind: PartMedia['kind']): Params =>
  isWhole(part, kind)
    ? {}
    : {
        ...(isOn(part, 'captionAbove') ? { show_caption_above_media: true } : {}),
        ...(isOn(part, 'spoiler') ? { has_spoiler: true } : {}),
        ...(kind === 'video' ? { supports_streaming: true } : {}),
      }

/** The same part has the same bytes: its key is the edge between the fields. */
const formOf = (part: Part, params: Params, files: Parameters<typeof multipart>[1]): Carried => ({
  form: multipart(
    Object.fromEntries(
      Object.entries(params).map(([name, value]) => [
        name,
        typeof value === 'object' ? JSON.stringify(value) : String(value),
      ]),
    ),
    files,
    `posthorn-${part.key.recordKey ?? part.key.createdAt.replace(/\W/g, '')}`,
  ),
})

function composeOne(part: Part, media: PartMedia, caption: Params, chatId: string): Composed {
  const whole = isWhole(part, media.kind)
  const { method, field } = whole ? asDocument : kinds[media.kind]
  const shape = media.kind === 'image' || whole ? {} : shapeOf(media)
  const params = { ...common(chatId, part), ...caption, ...looks(part, media.kind), ...shape }
  return ok({ method, carried: formOf(part, params, fileOf(media, field)) })
}

function composeAlbum(part: Part, caption: Params, chatId: string): Composed {
  const media = part.media.map((each, index) => ({
    type: isWhole(part, each.kind) ? 'document' : each.kind === 'video' ? 'video' : 'photo',
    media: `attach://file${index}`,
    // Shown under the album when only one of its files has one.
    ...(index === 0 ? caption : {}),
    ...looks(part, each.kind),
    ...(isWhole(part, each.kind) || each.kind === 'image' ? {} : shapeOf(each)),
  }))
  const files = part.media.map((each, index) => fileOf(each, `file${index}`))
  return ok({ method: 'sendMediaGroup', carried: formOf(part, { ...common(chatId, part), media }, files) })
}
