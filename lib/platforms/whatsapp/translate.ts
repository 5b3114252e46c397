import { z } from 'zod'
import { graphError, type GraphTrouble } from '../graph'
import type { Effect } from '../outcome'
import type {
  Addressee,
  Incoming,
  IncomingFile,
  PartMedia,
  PlatformError,
  Published,
  Reply,
  Template,
} from '../platform'
import { about } from './about'
import type { ListedTemplate, NewMessage } from './api'
import type { AskedMedia } from './files'
import type { Media, Message } from './webhook'

export const { label } = about

/** Error codes of the Cloud API (developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes, through clients, read 2026-11-25). */
const codes: Readonly<Record<number, string>> = {
  130_472: 'WhatsApp does not deliver this to this person: they are part of an experiment of Meta’s.',
  131_008: 'WhatsApp misses a value in this message.',
  131_009: 'WhatsApp does not accept a value in this message.',
  131_021: 'A number cannot write to itself.',
  131_026: 'WhatsApp cannot deliver this: the person has no WhatsApp, an old one, or did not accept its terms.',
  131_030: 'This app may write to its test numbers alone. Add the person’s number to them, or make the app live.',
  131_031: 'WhatsApp has locked this business account. Look into Meta’s business support.',
  131_042: 'WhatsApp wants a way of payment for this business account. Add one in the WhatsApp manager.',
  131_047:
    'More than 24 hours have passed since this person’s last message. Only a template that WhatsApp approved may be sent now.',
  131_049: 'WhatsApp holds this back, so that people do not get too many such messages.',
  131_050: 'This person does not want such messages any more.',
  131_051: 'WhatsApp does not know this kind of message.',
  131_052: 'WhatsApp could not fetch what the person sent.',
  131_053: 'WhatsApp could not take in the file.',
  132_000: 'The template wants another number of values.',
  132_001: 'There is no such template in this language, or it is not approved.',
  132_005: 'The template is too long with these values.',
  132_007: 'The template breaks WhatsApp’s rules.',
  132_012: 'The template wants values of another kind.',
  132_015: 'WhatsApp has paused this template: too many people disliked it.',
  132_016: 'WhatsApp has switched this template off.',
  133_010: 'This number is not registered with the Cloud API. Register it in the WhatsApp manager.',
}
export const reasonOf = (code: number | undefined): string | undefined => codes[code ?? 0]

/** One person gets a message every 6 seconds, with a burst of 45; waiting as Meta says, 4 seconds to the power of the tries. */
const pairPauseMs = 16_000

export const whatsappError = (trouble: GraphTrouble, effect: Effect, now: Date): PlatformError =>
  graphError(trouble, {
    label,
    effect,
    now,
    special(code, _subcode, refusal) {
      if (code === 131_056) return { code: 'rate_limited', retryAt: new Date(now.getTime() + pairPauseMs) }
      if (code === 131_048 || code === 80_007) return undefined
      // Their own machinery, before or after the deed.
      if (code === 131_000 || code === 131_016 || code === 131_057)
        return {
          code: effect === 'visible' ? 'outcome_unknown' : 'unavailable',
          reason: `${label} had a fault of its own (code ${code}).`,
        }
      const reason = refusal.status < 500 ? reasonOf(code) : undefined
      return reason === undefined ? undefined : { code: 'rejected', reason }
    },
  })

/** Whom an answer goes to, and what it quotes. */
const Ref = z.object({ to: z.string() })
export const recipientOf = ({ ref }: Pick<Addressee, 'ref'>): string => Ref.parse(ref).to

/** The same bytes however often it is made: the key comes back in every report. */
export function toMessage({ to, text, key, template, media: [file] = [] }: Reply): NewMessage {
  const common = {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: recipientOf(to),
    ...(key.recordKey ? { biz_opaque_callback_data: key.recordKey } : {}),
  } as const
  if (!template) {
    const context = { message_id: to.externalId }
    if (!file) return { ...common, context, type: 'text', text: { body: text, preview_url: true } }
    return { ...common, context, ...shownAs(file, text) }
  }
  const parameters = template.values.map((value) => ({ type: 'text' as const, text: value }))
  return {
    ...common,
    type: 'template',
    template: {
      name: template.name,
      language: { code: template.language },
      ...(parameters.length > 0 ? { components: [{ type: 'body', parameters }] } : {}),
    },
  }
}

/** What is kept of a file that was brought: WhatsApp's name for it, and what its reader shall call it. */
const Brought = z.object({ id: z.string(), name: z.string() })
export type Brought = z.output<typeof Brought>
/** Until 2026-11 the name for it was all that was kept. */
const Kept = z.union([Brought, z.string().transform((id): Brought => ({ id, name: 'file' }))])

/** A file by the name that it was brought under. A document says how its reader shall keep it. */
function shownAs({ kind, ref }: PartMedia, caption: string) {
  const { id, name } = Kept.parse(ref)
  const shown = { id, caption }
  if (kind === 'video') return { type: 'video', video: shown } as const
  if (kind !== 'document') return { type: 'image', image: shown } as const
  return { type: 'document', document: { ...shown, filename: name } } as const
}

/** Messages have no address of their own: the chat is where they are. */
export const toPublished = (webUrl: string, externalId: string, to: string): Published => ({
  externalId,
  url: `${webUrl}/${to}`,
  ref: { to },
})

/** Templates that a text alone fills in: with pictures or buttons that want values, they are for other programs. */
export function toTemplate({ name, language, status, category, components }: ListedTemplate): Template | undefined {
  const body = components.find(({ type }) => type === 'BODY')?.text
  const isPlain = components.every(
    ({ type, format, text }) =>
      ['BODY', 'FOOTER'].includes(type) || (type === 'HEADER' && format === 'TEXT' && !text?.includes('{{')),
  )
  if (status !== 'APPROVED' || body === undefined || !isPlain) return undefined
  const names = [...body.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, found = '']) => found)
  // Values with names of their own go out in another form.
  if (names.some((found, index) => found !== String(index + 1))) return undefined
  return { name, language, text: body, values: names.length, ...(category ? { category } : {}) }
}

const kinds: Readonly<Record<string, string>> = {
  image: 'a picture',
  video: 'a video',
  audio: 'a voice message',
  sticker: 'a sticker',
  document: 'a document',
  location: 'a place',
  contacts: 'a contact',
  order: 'an order',
  unsupported: 'something that WhatsApp does not pass on',
}

/** What can be brought of what somebody sent. Stickers are pictures. */
function filesOf({ image, sticker, video, audio, document }: Message): readonly IncomingFile[] {
  const toFile = (kind: IncomingFile['kind'], file: Media | undefined): readonly IncomingFile[] =>
    file?.id
      ? [{ kind, ask: { media: file.id } satisfies AskedMedia, ...(file.filename ? { name: file.filename } : {}) }]
      : []
  return [
    ...toFile('image', image ?? sticker),
    ...toFile('video', video),
    ...toFile('audio', audio),
    ...toFile('file', document),
  ]
}

/** What somebody said. What is neither words nor a file that can be brought is named. */
export function wordsOf(message: Message): string {
  const { type, text, button, interactive, location, document, system } = message
  const said =
    text?.body ??
    button?.text ??
    interactive?.button_reply?.title ??
    interactive?.list_reply?.title ??
    system?.body ??
    message.image?.caption ??
    message.video?.caption ??
    document?.caption
  const named = filesOf(message).length > 0 ? undefined : kinds[type]
  if (!named) return said ?? ''
  const detail = document?.filename ?? [location?.name, location?.address].filter(Boolean).join(', ')
  return [`[Sent ${named}${detail ? `: ${detail}` : ''}]`, said].filter(Boolean).join('\n')
}

const atOf = (seconds: string): string => new Date(Number(seconds) * 1000).toISOString()

/** A message or reaction, from `name`. */
export function toIncoming(message: Message, name: string | undefined): Incoming | undefined {
  const { from, id, timestamp, type, reaction, context } = message
  // Somebody's number has changed, or something like it: nobody said anything.
  if (type === 'system') return undefined
  const common = {
    at: atOf(timestamp),
    author: { externalId: from, handle: `+${from}`, displayName: name ?? `+${from}` },
    own: false,
    conversation: from,
    media: filesOf(message),
    ref: { to: from },
  } as const
  if (reaction)
    return {
      ...common,
      // A reaction that is taken back comes as one without an emoji.
      externalId: `${reaction.message_id}:${from}:reaction`,
      kind: 'reaction',
      change: reaction.emoji ? 'new' : 'deleted',
      text: '',
      parent: reaction.message_id,
      reaction: reaction.emoji ?? '',
    }
  return {
    ...common,
    externalId: id,
    kind: 'dm',
    change: 'new',
    text: wordsOf(message),
    ...(context?.id ? { parent: context.id } : {}),
  }
}
