import { z } from 'zod'
import type { Call, Reply } from '../core/call'
import { fileNamesIn } from '../core/multipart'
import { type World, show } from '../core/network'
import { pictureSize } from '../core/picture-size'
import { sniff } from '../core/sniff'
import type { Account, Post } from '../core/state'
import { botsIn, chatBy, closedTo, discussionOf, kindOf, nextMessageId } from './chats'
import { fieldsOf, type Fields, wordsIn } from './fields'
import { type Marked, readHtml, readPlain, rich, withAddresses } from './markup'
import { bad, done, forbidden, tooLarge } from './problems'
import type { Queue } from './updates'
import { type MessageRecord, copiesOf, messagesOf } from './views'

const mostText = 4_096
const mostCaption = 1_024
const mostBytes = 50 * 1_000_000
const mostPhotoBytes = 10 * 1_000_000

type Sent = { readonly marked: Marked; readonly files?: MessageRecord['files']; readonly poll?: MessageRecord['poll'] }
const isReply = (value: Sent | Reply): value is Reply => 'status' in value

/** Sends what one of the `send…` methods asks for. */
export async function send(world: World, queue: Queue, call: Call, bot: Account, method: string): Promise<Reply> {
  const fields = fieldsOf(call)
  const chat = chatBy(world, fields.chat_id)
  if (!chat) return bad('chat not found')
  const closed = closedTo(world, chat, bot)
  if (closed !== undefined) return forbidden(closed)
  const answered = repliedTo(world, chat, fields)
  if (answered === 'absent') return bad('message to be replied not found')
  const sent = await contentOf(world, call, method, fields)
  if (isReply(sent)) return sent
  const post = post_(world, call, { chat, bot, fields, sent, answered })
  copyToDiscussion(world, queue, call, chat, post)
  const messages = messagesOf(world, post)
  return done(method === 'sendMediaGroup' ? messages : messages[0])
}

/** Makes it visible. */
function post_(
  world: World,
  call: Call,
  q: { chat: Account; bot: Account; fields: Fields; sent: Sent; answered: Post | undefined },
): Post {
  const { chat, bot, fields, sent, answered } = q
  const files = sent.files ?? []
  const messageIds = Array.from({ length: Math.max(1, files.length) }, () => nextMessageId(world, chat.id))
  const isGroup = kindOf(world, chat).type !== 'channel'
  const preview = z.record(z.string(), z.unknown()).safeParse(fields.link_preview_options).data
  const thread = Number(fields.message_thread_id)
  const record: MessageRecord = {
    messageIds,
    ...(isGroup ? { from: bot.id } : {}),
    markup: [...withAddresses(sent.marked).entities],
    files,
    ...(sent.poll ? { poll: sent.poll } : {}),
    ...(preview ? { preview } : {}),
    protected: fields.protect_content === true,
    ...(Number.isSafeInteger(thread) && thread > 0 ? { thread } : {}),
  }
  return show(world, call, {
    id: `${chat.id}/${messageIds[0]}`,
    account: chat,
    kind: answered ? 'reply' : 'post',
    text: sent.marked.text,
    rich: rich(withAddresses(sent.marked)),
    record,
    // Of a file, readers see the name.
    media: files.map(({ kind, blob, mime, name }) => ({ blob, mime, alt: kind === 'document' ? name : '' })),
    ...(sent.poll ? { poll: sent.poll.options } : {}),
    ...(answered ? { parentId: answered.id, rootId: answered.rootId ?? answered.id } : {}),
  })
}

/** A bot hears nothing of its own post, but is told of the copy in the discussion group, as everybody there is. */
function copyToDiscussion(world: World, queue: Queue, call: Pick<Call, 'faults'>, chat: Account, post: Post): void {
  const group = discussionOf(world, chat)
  if (!group) return
  const [first] = idsOf(post).map(() => nextMessageId(world, group.id))
  world.state.facts[`copy:${group.id}:${post.id}`] = String(first)
  for (const copy of copiesOf(world, post, group.id))
    for (const bot of botsIn(world, group)) queue.tell(call, bot, 'message', copy)
}

const Answered = z.object({ message_id: z.coerce.number(), allow_sending_without_reply: z.boolean().optional() })

function repliedTo(world: World, chat: Account, fields: Fields): Post | undefined | 'absent' {
  const asked = Answered.safeParse(fields.reply_parameters ?? { message_id: fields.reply_to_message_id })
  // What a person wrote is theirs and the bot's alone: it is not kept here.
  if (!asked.success || kindOf(world, chat).type === 'private') return undefined
  const found = messageIn(world, chat, asked.data.message_id)
  if (found) return found
  return asked.data.allow_sending_without_reply ? undefined : 'absent'
}

/** A message of a chat by its number; in a discussion group, also the copy of a channel's post. */
export function messageIn(world: World, chat: Account, messageId: number): Post | undefined {
  const prefix = `copy:${chat.id}:`
  const copied = Object.entries(world.state.facts)
    .filter(([key]) => key.startsWith(prefix))
    .flatMap(([key, first]) => {
      const post = world.posts.get(key.slice(prefix.length))
      const at = messageId - Number(first)
      return post && at >= 0 && at < idsOf(post).length ? [post] : []
    })
  const found = world.posts.all.find(
    (p) => p.id.startsWith(`${chat.id}/`) && idsOf(p).includes(messageId) && p.deletedAt === undefined,
  )
  return found ?? copied[0]
}

export const idsOf = (post: Post): readonly number[] =>
  z.object({ messageIds: z.array(z.number()) }).parse(post.record).messageIds

async function contentOf(world: World, call: Call, method: string, fields: Fields): Promise<Sent | Reply> {
  switch (method) {
    case 'sendMessage': {
      const marked = markedOf(wordsIn(call, 'text') ?? '', fields.parse_mode)
      if (typeof marked === 'string') return bad(marked)
      if (marked.text === '') return bad('message text is empty')
      return marked.text.length > mostText ? bad('message is too long') : { marked }
    }
    case 'sendPoll':
      return pollOf(call, fields)
    case 'sendMediaGroup':
      return albumOf(world, call, fields)
    default:
      return oneFile(world, call, method, fields)
  }
}

function markedOf(text: string, mode: unknown): Marked | string {
  if (mode === undefined || mode === '') return readPlain(text)
  return String(mode).toLowerCase() === 'html' ? readHtml(text) : 'unsupported parse_mode'
}

function captionOf(text: string, mode: unknown): Marked | Reply {
  const marked = markedOf(text, mode)
  if (typeof marked === 'string') return bad(marked)
  return marked.text.length > mostCaption ? bad('message caption is too long') : marked
}

const Option = z.union([z.string().transform((text) => ({ text })), z.object({ text: z.string() })])

function pollOf(call: Call, fields: Fields): Sent | Reply {
  const question = wordsIn(call, 'question')?.trim() ?? ''
  const options = z.array(Option).safeParse(fields.options)
  if (question === '') return bad('poll question must be non-empty')
  if (question.length > 300) return bad('poll question length must not exceed 300')
  if (!options.success || options.data.length < 1) return bad('poll must have at least 1 option')
  if (options.data.length > 12) return bad("poll can't have more than 12 options")
  if (options.data.some(({ text }) => text.length > 100)) return bad('poll options length must not exceed 100')
  const openSeconds = Number(fields.open_period ?? 5)
  if (openSeconds < 5 || openSeconds > 2_628_000) return bad('poll open period is invalid')
  const poll = {
    options: options.data.map(({ text }) => text),
    multiple: fields.allows_multiple_answers === true,
    openSeconds,
  }
  return { marked: readPlain(question), poll }
}

const single = {
  sendPhoto: { field: 'photo', kind: 'photo' },
  sendVideo: { field: 'video', kind: 'video' },
  sendAnimation: { field: 'animation', kind: 'animation' },
  sendDocument: { field: 'document', kind: 'document' },
} as const

async function oneFile(world: World, call: Call, method: string, fields: Fields): Promise<Sent | Reply> {
  const [, of] = Object.entries(single).find(([name]) => name === method) ?? []
  if (!of) throw new Error(`${method} sends nothing`)
  const caption = captionOf(wordsIn(call, 'caption') ?? '', fields.parse_mode)
  if ('status' in caption) return caption
  const file = await fileOf(world, call, fields, { kind: of.kind, given: fields[of.field], shape: fields })
  return 'status' in file ? file : { marked: caption, files: [file] }
}

const Item = z.object({
  type: z.enum(['photo', 'video', 'document', 'audio', 'animation', 'live_photo']),
  media: z.string(),
  caption: z.string().optional(),
  parse_mode: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  duration: z.number().optional(),
})

async function albumOf(world: World, call: Call, fields: Fields): Promise<Sent | Reply> {
  const items = z.array(Item).safeParse(fields.media)
  if (!items.success) return bad("can't parse media JSON object")
  if (items.data.length < 2 || items.data.length > 10) return bad('wrong number of media in the album')
  const files: MessageRecord['files'] = []
  const documents = items.data.filter(({ type }) => type === 'document').length
  if (documents > 0 && documents < items.data.length) return bad("document can't be mixed with other media types")
  for (const item of items.data) {
    if (item.type !== 'photo' && item.type !== 'video' && item.type !== 'document')
      return bad("can't use the media of the specified type in the album")
    const file = await fileOf(world, call, fields, { kind: item.type, given: item.media, shape: item })
    if ('status' in file) return file
    files.push(file)
  }
  const captioned = items.data.find(({ caption }) => caption)
  const caption = captionOf(captioned?.caption ?? '', captioned?.parse_mode)
  return 'status' in caption ? caption : { marked: caption, files }
}

/** Bot API 10.1, sendPhoto.photo: 10000 for width and height together, and one at most 20 times the other. */
const isPhotoShape = (size: { width: number; height: number } | undefined): boolean =>
  size !== undefined &&
  size.width + size.height <= 10_000 &&
  Math.max(size.width, size.height) <= 20 * Math.min(size.width, size.height)

type Shape = { readonly width?: unknown; readonly height?: unknown; readonly duration?: unknown }

/** A file that came with the call, under its own name or as `attach://NAME`. */
async function fileOf(
  world: World,
  call: Call,
  fields: Fields,
  q: { readonly kind: MessageRecord['files'][number]['kind']; readonly given: unknown; readonly shape: Shape },
): Promise<MessageRecord['files'][number] | Reply> {
  const { kind, given, shape } = q
  const name = typeof given === 'string' ? /^attach:\/\/(.+)$/.exec(given)?.[1] : undefined
  const bytes = name === undefined ? given : fields[name]
  if (!Buffer.isBuffer(bytes)) return bad(`there is no ${kind} in the request`)
  if (bytes.length > mostBytes) return tooLarge()
  if (kind === 'photo' && bytes.length > mostPhotoBytes)
    return bad(`file of size ${bytes.length} bytes is too big for a photo`)
  const mime = await sniff(bytes)
  if (kind === 'photo' && !/^image\/(jpeg|png|webp|gif)$/.test(mime)) return bad('IMAGE_PROCESS_FAILED')
  if (kind === 'photo' && !isPhotoShape(await pictureSize(bytes))) return bad('PHOTO_INVALID_DIMENSIONS')
  if (kind === 'animation' && !/^(image\/gif|video\/mp4)$/.test(mime)) return bad('wrong file type')
  return {
    kind,
    blob: world.blobs.put(bytes),
    mime,
    bytes: bytes.length,
    width: Number(shape.width ?? 1),
    height: Number(shape.height ?? 1),
    duration: Number(shape.duration ?? 0),
    name: fileNamesIn(call)[name ?? kind] ?? `${kind}.${mime.split('/')[1] ?? 'bin'}`,
  }
}
