import type { Incoming, IncomingFile, Person } from '../platform'
import { formWords } from './filled-form'
import type { AskedMedia } from './files'
import type { Place } from './translate'
import type { Media, Message } from './webhook'
import { numberOf, someoneCalled } from './who'

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
 * What a group's conversation goes by. Chats of one person go by their number or Meta's name for them, so that no two are
 * ever the same, whatever a group is called.
 */
const talkOf = (group: string): string => `group:${group}`

/**
 * Who wrote: by their number where they show it, and otherwise by Meta’s name for them. Nobody goes by their username: it may
 * change, and be another’s afterwards.
 */
function authorOf({ from, from_user_id: user }: Message, name?: string, username?: string): Person | undefined {
  const named = someoneCalled(from) ?? someoneCalled(user)
  if (named && 'user' in named) {
    const handle = username ? `@${username.replace(/^@/, '')}` : named.user
    return { externalId: named.user, handle, displayName: name ?? handle }
  }
  const number = named?.to ?? numberOf(from ?? '')
  return number === '' ? undefined : { externalId: number, handle: `+${number}`, displayName: name ?? `+${number}` }
}

/**
 * A message or reaction, from `name`. In a group many speak, and an answer to one is none to the others: what is said
 * there is a comment, as in groups on other networks.
 */
export function toIncoming(message: Message, name: string | undefined, username?: string): Incoming | undefined {
  const { id, timestamp, type, reaction, context, group_id: group } = message
  // Somebody's number has changed, or something like it: nobody said anything.
  if (type === 'system') return undefined
  const author = authorOf(message, name, username)
  if (!author) return undefined
  const { externalId: from } = author
  const ref: Place = group ? { group } : (someoneCalled(from) ?? { to: from })
  const common = {
    at: atOf(timestamp),
    author,
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
