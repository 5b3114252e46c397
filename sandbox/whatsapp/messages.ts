import { z } from 'zod'
import { type Call, type Reply, type Route, json, param } from '../core/call'
import { badParameter, callerOf, newId, noSuchObject, paramsOf, perVersion } from '../core/graph'
import { type World, accountByHandle, mediaById, show } from '../core/network'
import { sniff } from '../core/sniff'
import type { Account, Attachment, Media, Post } from '../core/state'
import { tellStatus } from './events'
import { refused, tooFast } from './problems'
import { bodyOf, valuesWanted } from './templates'

const dayMs = 24 * 3_600_000
/** A burst of 45 to one person, and then one in 6 seconds. */
const burst = 45
const pairWindowMs = 6_000 * burst

const common = {
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual'),
  to: z.string().transform((to) => to.replaceAll(/\D/g, '')),
  context: z.object({ message_id: z.string() }).optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
}
const Shown = z.object({ id: z.string(), caption: z.string().max(1024).default('') })
const Wish = z.discriminatedUnion('type', [
  z.object({ ...common, type: z.literal('image'), image: Shown }),
  z.object({ ...common, type: z.literal('video'), video: Shown }),
  z.object({ ...common, type: z.literal('document'), document: Shown.extend({ filename: z.string().optional() }) }),
  z.object({
    ...common,
    type: z.literal('text'),
    text: z.object({ body: z.string().min(1).max(4096), preview_url: z.boolean().optional() }),
  }),
  z.object({
    ...common,
    type: z.literal('template'),
    template: z.object({
      name: z.string(),
      language: z.object({ code: z.string() }),
      components: z
        .array(
          z.object({ type: z.string(), parameters: z.array(z.object({ type: z.literal('text'), text: z.string() })) }),
        )
        .default([]),
    }),
  }),
])

export const chatId = (me: Account, other: Account): string => `chat_${me.handle}_${other.handle}`
export const newWamid = (world: World): string => `wamid.${Buffer.from(`sandbox-${world.serial()}`).toString('base64')}`

export function messageRoutes(world: World): readonly Route[] {
  return perVersion((v) => [
    { method: 'POST', path: `/${v}/:number/media`, operation: 'upload', handle: (call) => bring(world, call) },
    { method: 'POST', path: `/${v}/:number/messages`, operation: 'comment', handle: (call) => send(world, call) },
  ])
}

/** What the business, or a person, wrote. Kept like a comment whose parent is the chat. */
export function write(
  world: World,
  call: Pick<Call, 'faults'>,
  q: {
    from: Account
    me: Account
    other: Account
    id: string
    text: string
    key?: string
    media?: readonly Attachment[]
  },
): Post {
  return show(world, call, {
    id: q.id,
    account: q.from,
    kind: 'comment',
    text: q.text,
    rich: [{ text: q.text }],
    record: {},
    media: q.media ?? [],
    parentId: chatId(q.me, q.other),
    ...(q.key === undefined ? {} : { key: q.key }),
  })
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
  const other = accountByHandle(world, wish.to)
  const file = fileOf(world, me, wish)
  if (file && 'status' in file) return file
  const said = saidIn(wish)
  if (typeof said !== 'string') return said
  const chat = other ? world.posts.answersTo(chatId(me, other)) : []
  const recent = chat.filter((p) => p.accountId === me.id && world.now() - p.createdAt < pairWindowMs)
  if (world.settings.rateLimits && recent.length >= burst) return tooFast()

  const id = newWamid(world)
  const { biz_opaque_callback_data: key, to } = wish
  const answer = json(200, {
    messaging_product: 'whatsapp',
    contacts: [{ input: wish.to, wa_id: wish.to }],
    messages: [{ id, message_status: 'accepted' }],
  })
  const last = chat.findLast((p) => p.accountId === other?.id)
  const isOpen = last !== undefined && world.now() - last.createdAt <= dayMs
  // Taken at first, and refused in a report: what WhatsApp does with most failures.
  if (!other || (wish.type !== 'template' && !isOpen)) {
    tellStatus(world, call, me, { id, to, status: other ? 131_047 : 131_026 })
    return answer
  }
  // Of a document, its reader sees the name.
  const alt = wish.type === 'document' ? (wish.document.filename ?? '') : ''
  const media = file ? [{ blob: file.blob ?? '', mime: file.mime, alt }] : []
  write(world, call, { from: me, me, other, id, text: said, media, ...(key === undefined ? {} : { key }) })
  for (const status of ['sent', 'delivered'] as const)
    tellStatus(world, call, me, { id, to, status, ...(key === undefined ? {} : { key }) })
  return answer
}

const Read = z.object({
  messaging_product: z.literal('whatsapp'),
  status: z.literal('read'),
  message_id: z.string(),
})

/** A message, and all that the same person wrote before it, shows as read from now on. */
function markRead(world: World, me: Account, id: string): Reply {
  const message = world.posts.get(id)
  const isTheirs = message?.parentId?.startsWith(`chat_${me.handle}_`) && message.accountId !== me.id
  if (!message || !isTheirs) return badParameter('The parameter message_id is not of a message that was received.')
  for (const one of world.posts.answersTo(message.parentId ?? ''))
    if (one.accountId === message.accountId && one.createdAt <= message.createdAt)
      world.state.facts[`read:${one.id}`] = String(world.now())
  return json(200, { success: true })
}

type Wish = z.output<typeof Wish>

function saidIn(wish: Wish): string | Reply {
  switch (wish.type) {
    case 'text':
      return wish.text.body
    case 'image':
      return wish.image.caption
    case 'video':
      return wish.video.caption
    case 'document':
      return wish.document.caption
    case 'template':
      return templateText(wish.template)
  }
}

function shownIn(wish: Wish): { readonly id: string } | undefined {
  if (wish.type === 'image') return wish.image
  if (wish.type === 'video') return wish.video
  return wish.type === 'document' ? wish.document : undefined
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

type WishedTemplate = Extract<Wish, { type: 'template' }>['template']
function templateText({ name, language, components }: WishedTemplate): string | Reply {
  const body = bodyOf(name, language.code)
  if (body === undefined) return refused(132_001, 404)
  const values = components.find(({ type }) => type === 'body')?.parameters.map(({ text }) => text) ?? []
  if (values.length !== valuesWanted(body)) return refused(132_000)
  return body.replaceAll(/\{\{(\d+)\}\}/g, (_, at: string) => values[Number(at) - 1] ?? '')
}
