import type { Incoming, IncomingFile } from '../platform'
import { formWords } from './filled-form'
import type { AskedMedia } from './files'
import type { Place } from './translate'
import { numberOf, type Media, type Message } from './webhook'

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
    formWords(interactive?.nfm_reply) ??
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

/**
 * What a group's conversation goes by. Chats of one person go by their number, so that no two are ever the same, whatever
 * a group is called.
 */
const talkOf = (group: string): string => `group:${group}`

/**
 * A message or reaction, from `name`. In a group many speak, and an answer to one is none to the others: what is said
 * there is a comment, as in groups on other networks.
 */
export function toIncoming(message: Message, name: string | undefined): Incoming | undefined {
  const { id, timestamp, type, reaction, context, group_id: group } = message
  // Somebody's number has changed, or something like it: nobody said anything.
  if (type === 'system') return undefined
  const from = numberOf(message.from)
  const ref: Place = group ? { group } : { to: from }
  const common = {
    at: atOf(timestamp),
    author: { externalId: from, handle: `+${from}`, displayName: name ?? `+${from}` },
    own: false,
    conversation: group ? talkOf(group) : from,
    media: filesOf(message),
    ref,
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
    kind: group ? 'comment' : 'dm',
    change: 'new',
    text: wordsOf(message),
    ...(context?.id ? { parent: context.id } : {}),
  }
}
