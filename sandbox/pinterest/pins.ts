import { z } from 'zod'
import { type Call, type Reply, type Route, empty, json, jsonBody, param } from '../core/call'
import { countsOf } from '../core/growth'
import { plainLinks } from '../core/links'
import { type World, mediaById, show } from '../core/network'
import { isVisible } from '../core/posts'
import { sniff } from '../core/sniff'
import type { Account, Attachment, Post } from '../core/state'
import { ownBoard } from './boards'
import { callerOf } from './caller'
import { numericId } from './ids'
import { analytics, reads, writes } from './limits'
import { invalid, notPermitted, pinNotFound } from './problems'
import { type PinRecord, recordOf } from './record'
import { pinView } from './views'

const Digits = z.string().regex(/^\d+$/)
const characters = (max: number) => z.string().refine((text) => [...text].length <= max)
const Picture = z.object({
  content_type: z.enum(['image/jpeg', 'image/png']),
  data: z.string().regex(/^[a-zA-Z0-9+/=]+$/),
})
const Source = z.discriminatedUnion('source_type', [
  Picture.extend({ source_type: z.literal('image_base64') }),
  z.object({
    source_type: z.literal('multiple_image_base64'),
    items: z.array(Picture).min(2).max(5),
    index: z.int().min(0).default(0),
  }),
  z.object({
    source_type: z.literal('video_id'),
    media_id: Digits,
    cover_image_url: z.string().optional(),
    cover_image_content_type: Picture.shape.content_type.optional(),
    cover_image_data: Picture.shape.data.optional(),
    cover_image_key_frame_time: z.int().min(0).optional(),
  }),
])
type Source = z.infer<typeof Source>

export const NewPin = z.object({
  board_id: Digits,
  board_section_id: Digits.nullish(),
  title: characters(100).nullish(),
  description: characters(800).nullish(),
  alt_text: characters(500).nullish(),
  link: z.string().max(2_048).nullish(),
  dominant_color: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .nullish(),
  media_source: Source,
})

export function pinRoutes(world: World): readonly Route[] {
  const pins = '/v5/pins'
  const pin = `${pins}/:pin`
  return [
    { method: 'POST', path: pins, operation: 'publish', limit: writes, handle: (call) => create(world, call) },
    { method: 'GET', path: pin, operation: 'read', limit: reads, handle: (call) => get(world, call) },
    { method: 'DELETE', path: pin, operation: 'delete', limit: writes, handle: (call) => remove(world, call) },
    {
      method: 'GET',
      path: `${pin}/analytics`,
      operation: 'metrics',
      limit: analytics,
      handle: (call) => count(world, call),
    },
  ]
}

const badUrl = 'Whoops! It looks like you entered an invalid URL. Try creating a Pin again with a different one.'

async function create(world: World, call: Call): Promise<Reply> {
  const caller = callerOf(world, call, 'writePins')
  if ('refusal' in caller) return caller.refusal
  const parsed = NewPin.safeParse(jsonBody(call))
  if (!parsed.success) return invalid()
  const wish = parsed.data
  if (wish.link && !/^https?:\/\//i.test(wish.link)) return invalid(badUrl)
  const found = ownBoard(world, caller.account, wish.board_id)
  if ('refusal' in found) return found.refusal
  const section = wish.board_section_id ?? null
  if (section !== null && !found.board.sections.some(({ id }) => id === section)) return invalid()
  const media = await mediaOf(world, caller.account, wish.media_source, wish.alt_text ?? '')
  if ('refusal' in media) return media.refusal
  const record: PinRecord = {
    board_id: wish.board_id,
    board_section_id: section,
    title: wish.title ?? null,
    link: wish.link ?? null,
    alt_text: wish.alt_text ?? null,
    dominant_color: wish.dominant_color ?? null,
    kind: media.kind,
    ...(media.cover ? { cover: media.cover } : {}),
  }
  const text = wish.description ?? ''
  const post = show(world, call, {
    id: numericId(world),
    account: caller.account,
    kind: 'post',
    text,
    rich: [...(wish.title ? [{ text: `${wish.title}\n\n` }] : []), ...plainLinks(text)],
    record,
    media: media.files,
    ...(wish.link ? { card: { url: wish.link, title: new URL(wish.link).host, description: '' } } : {}),
  })
  return json(201, pinView(world, post, caller.account))
}

type Made = { readonly files: readonly Attachment[]; readonly kind: PinRecord['kind']; readonly cover?: string }

async function mediaOf(
  world: World,
  owner: Account,
  source: Source,
  alt: string,
): Promise<Made | { readonly refusal: Reply }> {
  if (source.source_type === 'video_id') {
    const media = mediaById(world, source.media_id)
    const ready = media && media.readyAt !== undefined && media.readyAt <= world.now() && media.failure === undefined
    if (!ready || media.ownerId !== owner.id || media.blob === undefined)
      return { refusal: invalid('The media is not ready to be used in a Pin.') }
    const hasCover =
      source.cover_image_key_frame_time !== undefined ||
      source.cover_image_url !== undefined ||
      (source.cover_image_data !== undefined && source.cover_image_content_type !== undefined)
    if (!hasCover) return { refusal: invalid('A cover image is required.') }
    const video: Attachment = { blob: media.blob, mime: media.mime, alt }
    if (source.cover_image_data === undefined) return { files: [video], kind: 'video' }
    const cover = await picture(world, { data: source.cover_image_data })
    return cover
      ? { files: [video], kind: 'video', cover }
      : { refusal: invalid('Sorry, we could not read the image.') }
  }
  const given = source.source_type === 'image_base64' ? [source] : source.items
  const files: Attachment[] = []
  for (const each of given) {
    const blob = await picture(world, each)
    if (!blob) return { refusal: invalid('Sorry, we could not read the image.') }
    files.push({ blob, mime: each.content_type, alt })
  }
  return { files, kind: given.length > 1 ? 'multiple_images' : 'image' }
}

/** The kept bytes of a picture; undefined when they are none. */
async function picture(world: World, { data }: { readonly data: string }): Promise<string | undefined> {
  const bytes = Buffer.from(data, 'base64')
  return /^image\/(jpeg|png)$/.test(await sniff(bytes)) ? world.blobs.put(bytes) : undefined
}

/** A pin that its owner asks for, or the refusal. */
function ownPin(world: World, call: Call, caller: Account): { post: Post } | { refusal: Reply } {
  const post = world.posts.get(param(call, 'pin'))
  if (!post || !recordOf(post) || !isVisible(post, world.now())) return { refusal: pinNotFound() }
  return post.accountId === caller.id ? { post } : { refusal: notPermitted() }
}

function get(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'pins')
  if ('refusal' in caller) return caller.refusal
  const found = ownPin(world, call, caller.account)
  return 'refusal' in found ? found.refusal : json(200, pinView(world, found.post, caller.account))
}

function remove(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'writePins')
  if ('refusal' in caller) return caller.refusal
  const found = ownPin(world, call, caller.account)
  if ('refusal' in found) return found.refusal
  found.post.deletedAt = world.now()
  return empty(204)
}

const dayMs = 86_400_000
const Day = z.iso.date().transform((day) => Date.parse(`${day}T00:00:00Z`))
const Asked = z.object({
  start_date: Day,
  end_date: Day,
  metric_types: z.string().transform((list) => list.split(',')),
})
const known = ['IMPRESSION', 'OUTBOUND_CLICK', 'PIN_CLICK', 'SAVE', 'TOTAL_COMMENTS', 'TOTAL_REACTIONS']

/** What happened between two days, both included, in one sum; comments and reactions since the pin is there. */
function count(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'pins')
  if ('refusal' in caller) return caller.refusal
  const asked = Asked.safeParse(Object.fromEntries(call.query))
  const bad = () => invalid('Invalid pins analytics parameters.')
  if (!asked.success) return bad()
  const { start_date: from, end_date: to, metric_types: wanted } = asked.data
  const now = world.now()
  if (to < from || to - from > 90 * dayMs || from < now - 91 * dayMs || to > now) return bad()
  if (!wanted.every((name) => known.includes(name))) return bad()
  const found = ownPin(world, call, caller.account)
  if ('refusal' in found) return found.refusal
  const { post } = found
  const until = (at: number) => countsOf(world, post, Math.min(at, now))
  const [before, after] = [until(from), until(to + dayMs)]
  const sums: Record<string, number> = {
    IMPRESSION: after.impressions - before.impressions,
    OUTBOUND_CLICK: after.clicks - before.clicks,
    PIN_CLICK: 2 * (after.clicks - before.clicks),
    SAVE: after.saves - before.saves,
  }
  const comments = world.posts.answersTo(post.id).filter((answer) => isVisible(answer, now)).length
  const life: Record<string, number> = { TOTAL_COMMENTS: comments, TOTAL_REACTIONS: until(now).likes }
  const only = (figures: Record<string, number>) =>
    Object.fromEntries(Object.entries(figures).filter(([name]) => wanted.includes(name)))
  return json(200, { all: { lifetime_metrics: only(life), summary_metrics: only(sums), daily_metrics: [] } })
}
