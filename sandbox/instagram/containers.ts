import { z } from 'zod'
import { type Call, type Reply, type Route, header, json, param } from '../core/call'
import { badParameter, callerOf, newId, noSuchObject, paramsOf, perVersion, unfolded } from '../core/graph'
import { filmSize } from '../core/film-size'
import { type Container as Known, containersOf, fetched, statusOf } from '../core/graph-containers'
import { type World, mediaById, readyAt } from '../core/network'
import { pictureSize } from '../core/picture-size'
import { sniff } from '../core/sniff'
import type { Account, Media } from '../core/state'
import { own } from './caller'
import { refusedPost, type Subcode, wrongResolution } from './problems'

const MiB = 1024 ** 2
const usualMs = { image: 0, film: 5_000 }
const maxCaption = 2_200
const maxFilmWidth = 1_920

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((v) => v === 'true')])
const list = z.preprocess(
  (value) => (typeof value === 'string' && !value.startsWith('[') ? value.split(',') : unfolded(value)),
  z.array(z.coerce.string()),
)
const share = z.coerce.number().min(0).max(1)
const Tag = z.object({ username: z.string().regex(/^[\w.]{1,30}$/), x: share.optional(), y: share.optional() })
const Wish = z.object({
  media_type: z.enum(['IMAGE', 'REELS', 'STORIES', 'VIDEO', 'CAROUSEL']).default('IMAGE'),
  image_url: z.url().optional(),
  video_url: z.url().optional(),
  upload_type: z.literal('resumable').optional(),
  is_carousel_item: flag.default(false),
  children: list.default([]),
  caption: z.string().default(''),
  alt_text: z.string().max(1_000).default(''),
  collaborators: list.pipe(z.array(z.string()).max(3)).default([]),
  share_to_feed: flag.optional(),
  thumb_offset: z.coerce.number().min(0).optional(),
  cover_url: z.url().optional(),
  trial_params: z
    .preprocess(unfolded, z.object({ graduation_strategy: z.enum(['MANUAL', 'SS_PERFORMANCE']) }))
    .optional(),
  location_id: z.string().optional(),
  user_tags: z.preprocess(unfolded, z.array(Tag)).default([]),
  audio_name: z.string().optional(),
})
/** `cover` is the blob of what was fetched. */
export type Wish = z.output<typeof Wish> & { readonly cover?: string }

export type Container = Known<Wish, Subcode>
export const containers = containersOf<Wish, Subcode>()

export function containerRoutes(world: World): readonly Route[] {
  return perVersion((v) => [
    { method: 'POST', path: `/${v}/:user/media`, operation: 'upload', handle: (call) => create(world, call) },
    {
      method: 'POST',
      path: `/ig-api-upload/${v}/:container`,
      operation: 'upload',
      keepsPart: true,
      handle: (call) => bytes(world, call),
    },
  ])
}

async function create(world: World, call: Call): Promise<Reply> {
  const found = own(world, call, 'instagram_business_content_publish')
  if ('refusal' in found) return found.refusal
  const wish = Wish.safeParse(paramsOf(call))
  if (!wish.success) return badParameter(z.prettifyError(wish.error))
  const { caption, media_type, children } = wish.data
  if (caption.length > maxCaption || (caption.match(/#\p{L}/gu) ?? []).length > 30) return refusedPost(2207010)
  // A place is a page with a number; a picture wants to know where somebody is on it.
  if (wish.data.location_id !== undefined && !/^\d+$/.test(wish.data.location_id)) return refusedPost(2207036)
  const isPicture = media_type === 'IMAGE' && wish.data.image_url !== undefined
  const placeless = wish.data.user_tags.findIndex(({ x, y }) => x === undefined || y === undefined)
  if (isPicture && placeless !== -1) return badParameter(`Param user_tags[${placeless}]['x'] is required`)
  // People are tagged in the images of a carousel alone.
  if (media_type === 'VIDEO' && wish.data.is_carousel_item && wish.data.user_tags.length > 0)
    return badParameter('Param user_tags is for images in carousels')
  if (media_type === 'CAROUSEL') return carousel(world, found.account, wish.data, children)
  const isFilm = media_type === 'REELS' || media_type === 'VIDEO' || (media_type === 'STORIES' && !wish.data.image_url)
  return isFilm ? film(world, call, found.account, wish.data) : image(world, call, found.account, wish.data)
}

function begin(
  world: World,
  account: Account,
  wish: Wish,
  more: Partial<Media> & Pick<Media, 'kind' | 'mime'>,
  seen: { readonly cover?: string } = {},
): Media {
  const media: Media = {
    id: newId(world, '17890000'),
    ownerId: account.id,
    totalBytes: 0,
    alt: wish.alt_text,
    parts: {},
    secret: '',
    ...more,
  }
  world.state.media.push(media)
  containers.keep(world, media.id, { wish: { ...wish, ...seen }, createdAt: world.now() })
  return media
}

async function image(world: World, call: Call, account: Account, wish: Wish): Promise<Reply> {
  if (!wish.image_url) return badParameter('The parameter image_url is required')
  const file = await fetched(wish.image_url)
  if (!file) return refusedPost(2207052)
  if (file.length > 8 * MiB) return refusedPost(2207004)
  if ((await sniff(file)) !== 'image/jpeg') return refusedPost(2207005)
  const size = await pictureSize(file)
  // Stories fill the screen, whatever their form.
  if (size && wish.media_type !== 'STORIES') {
    const ratio = size.width / size.height
    if (ratio < 0.795 || ratio > 1.915) return refusedPost(2207009)
    if (size.width < 320 || size.width > 1_440) return wrongResolution()
  }
  const ready = readyAt(world, call, usualMs.image)
  const media = begin(world, account, wish, {
    kind: 'image',
    mime: 'image/jpeg',
    blob: world.blobs.put(file),
    readyAt: ready,
  })
  return json(200, { id: media.id })
}

async function film(world: World, call: Call, account: Account, wish: Wish): Promise<Reply> {
  const cover = wish.cover_url === undefined ? undefined : await fetched(wish.cover_url)
  if (wish.cover_url !== undefined && (!cover || (await sniff(cover)) !== 'image/jpeg'))
    return refusedPost(cover ? 2207005 : 2207052)
  const seen = cover ? { cover: world.blobs.put(cover) } : {}
  if (wish.upload_type === 'resumable') {
    const media = begin(world, account, wish, { kind: 'video', mime: 'video/mp4' }, seen)
    const version = call.url.pathname.split('/')[1]
    return json(200, { id: media.id, uri: `${world.url()}/ig-api-upload/${version}/${media.id}` })
  }
  if (!wish.video_url) return badParameter('The parameter video_url is required')
  const media = begin(world, account, wish, { kind: 'video', mime: 'video/mp4' }, seen)
  const file = await fetched(wish.video_url)
  await take(world, call, media, file ?? Buffer.alloc(0), file ? undefined : 2207052)
  return json(200, { id: media.id })
}

/** A film is whole: from now on it is processed. */
async function take(world: World, call: Call, media: Media, file: Buffer, failure?: Subcode): Promise<void> {
  media.blob = world.blobs.put(file)
  media.readyAt = readyAt(world, call, usualMs.film)
  const isFilm = (await sniff(file)).startsWith('video/') && (filmSize(file)?.width ?? 0) <= maxFilmWidth
  const wrong = failure ?? (isFilm ? undefined : 2207026)
  const container = containers.get(world, media.id)
  if (wrong && container) containers.keep(world, media.id, { ...container, failure: wrong })
}

function carousel(world: World, account: Account, wish: Wish, children: readonly string[]): Reply {
  if (children.length < 2 || children.length > 10) return refusedPost(2207028)
  for (const id of children) {
    const media = mediaById(world, id)
    const container = containers.get(world, id)
    if (!media || !container || media.ownerId !== account.id || !container.wish.is_carousel_item)
      return refusedPost(2207006)
    if (statusOf(world, media, container) !== 'FINISHED') return refusedPost(2207027)
  }
  const media = begin(world, account, wish, { kind: 'document', mime: '', readyAt: world.now() })
  return json(200, { id: media.id })
}

export const receivedOf = (world: World, media: Media): Buffer =>
  Buffer.concat(
    Object.entries(media.parts)
      .toSorted(([a], [b]) => Number(a) - Number(b))
      .map(([, part]) => world.blobs.get(part.blob) ?? Buffer.alloc(0)),
  )

/** `rupload`: bytes from `offset` on. What arrived stays, even if it is not yet all. */
async function bytes(world: World, call: Call): Promise<Reply> {
  const problem = (status: number, message: string) =>
    json(status, { debug_info: { retriable: false, type: 'ProcessingFailedError', message } })
  const caller = callerOf(world, call, 'instagram_business_content_publish')
  if ('refusal' in caller) return problem(401, 'OAuthException: the token is not valid')
  const media = mediaById(world, param(call, 'container'))
  if (media?.ownerId !== caller.account.id || !containers.get(world, media.id))
    return noSuchObject(param(call, 'container'), 'post')
  const offset = Number(header(call, 'offset'))
  const size = Number(header(call, 'file_size'))
  if (!(size > 0) || offset !== receivedOf(world, media).length) return problem(400, `OffsetInvalidError: ${offset}`)
  const blob = world.blobs.put(call.raw)
  media.parts[offset] = { blob, etag: blob }
  const whole = receivedOf(world, media)
  if (whole.length >= size) await take(world, call, media, whole)
  return json(200, { success: true, message: 'Upload successful.' })
}
