import { z } from 'zod'
import { type Call, type Reply, type Route, json, param } from '../core/call'
import { badParameter, callerOf, newId, noSuchObject, paramsOf, perVersion } from '../core/graph'
import { type World, mediaById } from '../core/network'
import { sniff } from '../core/sniff'
import type { Account, Media } from '../core/state'
import { type Chat, chatWith, chatWithUser, groupChat, isChatOf, isGroupId, newWamid, write } from './chats'
import { tellStatus } from './events'
import { refused, tooFast } from './problems'
import { saidIn, shownIn, Wish } from './wish'

const dayMs = 24 * 3_600_000
/** A burst of 45 to one person, and then one in 6 seconds. */
const burst = 45
const pairWindowMs = 6_000 * burst

export function messageRoutes(world: World): readonly Route[] {
  return perVersion((v) => [
    { method: 'POST', path: `/${v}/:number/media`, operation: 'upload', handle: (call) => bring(world, call) },
    { method: 'POST', path: `/${v}/:number/messages`, operation: 'comment', handle: (call) => send(world, call) },
  ])
}

function send(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'whatsapp_business_messaging')
  if ('refusal' in caller) return caller.refusal
  const me = caller.account
  if (param(call, 'number') !== me.id) return noSuchObject(param(call, 'number'), 'post')
  const read = Read.safeParse(paramsOf(call))
  if (read.success) return markRead(world, me, read.data.message_id)
  const parsed = Wish.safeParse(paramsOf(call))
  if (!parsed.success) return badParameter(z.prettifyError(parsed.error))
  const wish = parsed.data
  const file = fileOf(world, me, wish)
  if (file && 'status' in file) return file
  const said = saidIn(wish)
  if (typeof said !== 'string') return said
  const chat = chatOf(world, me, wish)
  if ('status' in chat) return chat
  const before = world.posts.answersTo(chat.id)
  const recent = before.filter((p) => p.accountId === me.id && world.now() - p.createdAt < pairWindowMs)
  // The pace is that of a pair: of groups nothing is said.
  if (world.settings.rateLimits && !chat.group && recent.length >= burst) return tooFast()

  const id = newWamid(world)
  const { biz_opaque_callback_data: key } = wish
  const answer = json(200, {
    messaging_product: 'whatsapp',
    contacts: [{ input: wish.to ?? chat.name, [chat.isUser ? 'user_id' : 'wa_id']: chat.name }],
    messages: [{ id, message_status: 'accepted' }],
  })
  // In a group whoever writes opens it for all.
  const last = before.findLast((p) => p.accountId !== me.id)
  const isOpen = last !== undefined && world.now() - last.createdAt <= dayMs
  // Taken at first, and refused in a report: what WhatsApp does with most failures.
  if (chat.readers.length === 0 || (wish.type !== 'template' && !isOpen)) {
    tellStatus(world, call, me, { id, chat, status: chat.readers.length > 0 ? 131_047 : 131_026 })
    return answer
  }
  // Of a document, its reader sees the name.
  const alt = wish.type === 'document' ? (wish.document.filename ?? '') : ''
  const media = file ? [{ blob: file.blob ?? '', mime: file.mime, alt }] : []
  const quotes = wish.type === 'template' ? undefined : wish.context?.message_id
  write(world, call, {
    from: me,
    chatId: chat.id,
    id,
    text: said,
    media,
    ...(quotes === undefined ? {} : { quotes }),
    ...(key === undefined ? {} : { key }),
  })
  for (const status of ['sent', 'delivered'] as const)
    tellStatus(world, call, me, { id, chat, status, ...(key === undefined ? {} : { key }) })
  return answer
}

/** Where a message goes. A number stands before what somebody without one is called. */
function chatOf(world: World, me: Account, { recipient_type: type, to, recipient }: Wish): Chat | Reply {
  if (to !== undefined) return type === 'group' ? groupChat(world, me, to) : chatWith(world, me, to)
  if (recipient === undefined || type === 'group') return badParameter('The parameter to is required.')
  return chatWithUser(world, me, recipient)
}

const Read = z.object({
  messaging_product: z.literal('whatsapp'),
  status: z.literal('read'),
  message_id: z.string(),
})

/** A message shows as read from now on, and with one person all that they wrote before it. */
function markRead(world: World, me: Account, id: string): Reply {
  const message = world.posts.get(id)
  const isTheirs = message?.parentId !== undefined && isChatOf(me, message.parentId) && message.accountId !== me.id
  if (!isTheirs) return badParameter('The parameter message_id is not of a message that was received.')
  const read = isGroupId(message.parentId ?? '')
    ? [message]
    : world.posts
        .answersTo(message.parentId ?? '')
        .filter((one) => one.accountId === message.accountId && one.createdAt <= message.createdAt)
  for (const one of read) world.state.facts[`read:${one.id}`] = String(world.now())
  return json(200, { success: true })
}

/** The file that a message names: one that this number brought, of the kind that it says. */
function fileOf(world: World, me: Account, wish: Wish): Media | Reply | undefined {
  const shown = shownIn(wish)
  if (!shown) return undefined
  const { id } = shown
  const file = mediaById(world, id)
  if (file?.ownerId !== me.id) return noSuchObject(id, 'post')
  return file.kind === wish.type ? file : badParameter(`Media ${id} is of another type than ${wish.type}`)
}

/** What is taken of each kind, by what the bytes are. */
const office = 'application/vnd.openxmlformats-officedocument'
const taken: Readonly<Record<string, { readonly kind: Media['kind']; readonly maxBytes: number }>> = {
  'image/jpeg': { kind: 'image', maxBytes: 5 * 1024 ** 2 },
  'image/png': { kind: 'image', maxBytes: 5 * 1024 ** 2 },
  'video/mp4': { kind: 'video', maxBytes: 16 * 1024 ** 2 },
  'video/3gpp': { kind: 'video', maxBytes: 16 * 1024 ** 2 },
  'application/pdf': { kind: 'document', maxBytes: 100 * 1024 ** 2 },
  [`${office}.wordprocessingml.document`]: { kind: 'document', maxBytes: 100 * 1024 ** 2 },
  [`${office}.presentationml.presentation`]: { kind: 'document', maxBytes: 100 * 1024 ** 2 },
}

async function bring(world: World, call: Call): Promise<Reply> {
  const caller = callerOf(world, call, 'whatsapp_business_messaging')
  if ('refusal' in caller) return caller.refusal
  const me = caller.account
  if (param(call, 'number') !== me.id) return noSuchObject(param(call, 'number'), 'post')
  const { file, messaging_product: product } = paramsOf(call)
  if (product !== 'whatsapp') return badParameter('The parameter messaging_product is required.')
  if (!Buffer.isBuffer(file)) return badParameter('The parameter file is required.')
  const mime = await sniff(file)
  const rule = taken[mime]
  if (!rule || file.length > rule.maxBytes) return refused(131_053)
  const id = newId(world, '44')
  world.state.media.push({
    id,
    ownerId: me.id,
    kind: rule.kind,
    mime,
    totalBytes: file.length,
    blob: world.blobs.put(file),
    alt: '',
    parts: {},
    readyAt: world.now(),
    secret: '',
  })
  return json(200, { id })
}
