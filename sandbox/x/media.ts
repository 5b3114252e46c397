import { z } from 'zod'
import { type Call, type Reply, type Route, header, json, jsonBody, param } from '../core/call'
import { multipartBody } from '../core/multipart'
import { filmSize } from '../core/film-size'
import { type World, accountById, mediaById, readyAt } from '../core/network'
import { pictureSize } from '../core/picture-size'
import { sniff } from '../core/sniff'
import type { Account, Media } from '../core/state'
import { secret } from '../core/tokens'
import { userOf } from './caller'
import { snowflake, timeOf } from './ids'
import { type Sides, allowed } from './plans'
import { invalidRequest } from './problems'

const limit = { name: 'media', max: 1_875, windowMs: 15 * 60_000 }
const expiresAfterSecs = 86_400
/** What no post took up is forgotten a day after it came; one that was not ended, a day after it was begun. */
export const isForgotten = (world: World, { id, startedAt }: Media): boolean =>
  world.now() - (startedAt ?? timeOf(id)) > expiresAfterSecs * 1_000

const usualMs = { image: 0, gif: 1_000, video: 2_000, document: 0 }
const maxBytes = { image: 5 * 1024 ** 2, gif: 15 * 1024 ** 2, document: 0 }
const dmVideoBytes = 512 * 1024 ** 2
const mimes = {
  image: /^image\/(jpeg|png|webp|gif)$/,
  gif: /^image\/gif$/,
  video: /^video\/(mp4|quicktime|webm)$/,
  document: /^$/,
}

const categories = [
  'amplify_video',
  'tweet_gif',
  'tweet_image',
  'tweet_video',
  'dm_gif',
  'dm_image',
  'dm_video',
  'subtitles',
] as const
const Initialize = z.strictObject({
  media_type: z.string(),
  total_bytes: z.number().int().min(0).max(17_179_869_184),
  media_category: z.enum(categories),
  shared: z.boolean().optional(),
  additional_owners: z.array(z.string()).optional(),
})
const Append = z.object({
  segment_index: z.coerce.number().int().min(0).max(999),
  media: z.union([z.instanceof(Buffer), z.string()]),
})
const OneShot = z.object({
  media_category: z.enum(['tweet_image', 'tweet_video', 'tweet_gif', 'dm_image', 'dm_video', 'dm_gif', 'subtitles']),
  media: z.union([z.instanceof(Buffer), z.string()]),
})
const Metadata = z.object({
  id: z.string().regex(/^[0-9]{1,19}$/),
  metadata: z.object({ alt_text: z.object({ text: z.string().max(1000) }).optional() }).optional(),
})

export function mediaRoutes(world: World): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/2/media/upload/initialize',
      operation: 'upload',
      limit,
      handle: (call) => initialize(world, call),
    },
    {
      method: 'POST',
      path: '/2/media/upload/:id/append',
      operation: 'upload',
      limit,
      handle: (call) => append(world, call),
    },
    {
      method: 'POST',
      path: '/2/media/upload/:id/finalize',
      operation: 'upload',
      limit,
      handle: (call) => finalize(world, call),
    },
    { method: 'GET', path: '/2/media/upload', operation: 'media_status', limit, handle: (call) => status(world, call) },
    { method: 'POST', path: '/2/media/upload', operation: 'upload', limit, handle: (call) => oneShot(world, call) },
    { method: 'POST', path: '/2/media/metadata', operation: 'upload', limit, handle: (call) => metadata(world, call) },
  ]
}

function kindOf(category: string): Media['kind'] {
  if (category.endsWith('gif')) return 'gif'
  return category.endsWith('video') ? 'video' : 'image'
}

/** The largest file of a category: films of posts by what their author's plan allows. */
function mostBytes(world: World, account: Account, category: string): number {
  const kind = kindOf(category)
  if (kind !== 'video') return maxBytes[kind]
  return category === 'dm_video' ? dmVideoBytes : allowed(world, account).filmBytes
}

function begin(world: World, ownerId: string, q: { kind: Media['kind']; mime: string; totalBytes: number }): Media {
  const media: Media = { id: snowflake(world), ownerId, ...q, alt: '', parts: {}, at: world.now(), secret: secret() }
  world.state.media.push(media)
  return media
}

function initialize(world: World, call: Call): Reply {
  const caller = userOf(world, call, ['media.write'])
  if ('refusal' in caller) return caller.refusal
  const parsed = Initialize.safeParse(jsonBody(call))
  if (!parsed.success) return invalidRequest(parsed.error.issues.map((i) => `$.${i.path.join('.')}: ${i.message}`))
  const kind = kindOf(parsed.data.media_category)
  if (!mimes[kind].test(parsed.data.media_type))
    return invalidRequest([`$.media_type: ${parsed.data.media_type} is not valid for ${parsed.data.media_category}`])
  const most = mostBytes(world, caller.account, parsed.data.media_category)
  if (parsed.data.total_bytes > most) return invalidRequest([`File size exceeds ${most} bytes.`])
  const media = begin(world, caller.account.id, {
    kind,
    mime: parsed.data.media_type,
    totalBytes: parsed.data.total_bytes,
  })
  return json(200, { data: { id: media.id, media_key: `3_${media.id}`, expires_after_secs: expiresAfterSecs } })
}

/** The caller's own upload that `id` names, or X's refusal. */
function own(world: World, call: Call, id: string): { media: Media } | { refusal: Reply } {
  const caller = userOf(world, call, ['media.write'])
  if ('refusal' in caller) return caller
  const media = mediaById(world, id)
  return media?.ownerId === caller.account.id && !isForgotten(world, media)
    ? { media }
    : { refusal: invalidRequest([`Invalid media id: ${id}`], { id: [id] }) }
}

function fieldsOf(call: Call): unknown {
  if (!(header(call, 'content-type') ?? '').startsWith('application/json')) return multipartBody(call)
  return jsonBody(call)
}

/** A JSON body carries its bytes in base64. */
function bytesOf(media: Buffer | string): Buffer {
  return typeof media === 'string' ? Buffer.from(media, 'base64') : media
}

async function append(world: World, call: Call): Promise<Reply> {
  const found = own(world, call, param(call, 'id'))
  if ('refusal' in found) return found.refusal
  const parsed = Append.safeParse(fieldsOf(call))
  if (!parsed.success) return invalidRequest(parsed.error.issues.map((i) => `$.${i.path.join('.')}: ${i.message}`))
  if (found.media.blob !== undefined) return invalidRequest(['This media has been finalized.'])
  const blob = world.blobs.put(bytesOf(parsed.data.media))
  found.media.parts[parsed.data.segment_index] = { blob, etag: blob }
  return json(200, { data: { expires_at: Math.floor(world.now() / 1000) + expiresAfterSecs } })
}

async function finalize(world: World, call: Call): Promise<Reply> {
  const found = own(world, call, param(call, 'id'))
  if ('refusal' in found) return found.refusal
  const { media } = found
  if (media.blob === undefined) {
    const parts = Object.entries(media.parts).toSorted(([a], [b]) => Number(a) - Number(b))
    const whole = Buffer.concat(parts.map(([, p]) => world.blobs.get(p.blob) ?? Buffer.alloc(0)))
    const isWhole = parts.every(([index], i) => Number(index) === i) && whole.length === media.totalBytes
    if (!isWhole) return invalidRequest(['Invalid segments: the parts received are not the whole file.'])
    await accept(world, call, media, whole)
  }
  return json(200, { data: view(world, media) })
}

async function accept(world: World, call: Call, media: Media, whole: Buffer): Promise<void> {
  media.blob = world.blobs.put(whole)
  media.startedAt = world.now()
  media.readyAt = readyAt(world, call, usualMs[media.kind])
  if (!mimes[media.kind].test(await sniff(whole)))
    media.failure = 'InvalidMedia: the file is not what its media_type says'
  else if (media.kind === 'gif' && !(await isGifOfBounds(whole)))
    media.failure = 'InvalidMedia: the GIF has too many pixels or frames'
  else if (media.kind === 'video' && !isFilmOfBounds(whole, filmSides(world, media.ownerId)))
    media.failure = 'InvalidMedia: the dimensions are not supported'
}

/** Best practices: 1280 × 1080 pixels, 350 frames, and 300 million pixels in all of them. */
async function isGifOfBounds(file: Buffer): Promise<boolean> {
  const { width, height, frames } = (await pictureSize(file)) ?? { width: 0, height: 0, frames: 0 }
  return width <= 1_280 && height <= 1_080 && frames <= 350 && width * height * frames <= 300_000_000
}

function filmSides(world: World, accountId: string): Sides {
  const owner = accountById(world, accountId)
  if (!owner) throw new Error(`Nobody owns a film of ${accountId}`)
  return allowed(world, owner).filmSides
}

/** Best practices: 32 × 32 at least. A film that does not say how large it is passes. */
function isFilmOfBounds(file: Buffer, { longer, shorter }: Sides): boolean {
  const size = filmSize(file)
  if (!size) return true
  const sides = [Math.min(size.width, size.height), Math.max(size.width, size.height)] as const
  return sides[0] >= 32 && sides[0] <= shorter && sides[1] <= longer
}

function status(world: World, call: Call): Reply {
  const found = own(world, call, call.query.get('media_id') ?? '')
  return 'refusal' in found ? found.refusal : json(200, { data: view(world, found.media) })
}

function view(world: World, media: Media) {
  const seconds = ((media.readyAt ?? 0) - world.now()) / 1000
  const total = (media.readyAt ?? 0) - (media.startedAt ?? 0)
  const isAsync = total > 0 || media.failure !== undefined
  const progress = total > 0 ? Math.max(0, Math.min(100, Math.floor(100 - (seconds * 100_000) / total))) : 100
  const state =
    media.failure !== undefined && seconds <= 0
      ? 'failed'
      : seconds <= 0
        ? 'succeeded'
        : progress < 10
          ? 'pending'
          : 'in_progress'
  return {
    id: media.id,
    media_key: `3_${media.id}`,
    size: media.totalBytes,
    expires_after_secs: expiresAfterSecs,
    ...(isAsync
      ? {
          processing_info: {
            state,
            progress_percent: progress,
            ...(state === 'pending' || state === 'in_progress'
              ? { check_after_secs: Math.max(1, Math.ceil(seconds)) }
              : {}),
          },
        }
      : {}),
  }
}

async function oneShot(world: World, call: Call): Promise<Reply> {
  const caller = userOf(world, call, ['media.write'])
  if ('refusal' in caller) return caller.refusal
  const parsed = OneShot.safeParse(fieldsOf(call))
  if (!parsed.success) return invalidRequest(parsed.error.issues.map((i) => `$.${i.path.join('.')}: ${i.message}`))
  const whole = bytesOf(parsed.data.media)
  const kind = kindOf(parsed.data.media_category)
  const most = mostBytes(world, caller.account, parsed.data.media_category)
  if (whole.length > most) return invalidRequest([`File size exceeds ${most} bytes.`])
  const mime = await sniff(whole)
  if (!mimes[kind].test(mime))
    return invalidRequest([`Invalid media: ${mime} is not valid for ${parsed.data.media_category}`])
  const media = begin(world, caller.account.id, { kind, mime, totalBytes: whole.length })
  await accept(world, call, media, whole)
  return json(200, { data: view(world, media) })
}

function metadata(world: World, call: Call): Reply {
  const parsed = Metadata.safeParse(jsonBody(call))
  if (!parsed.success) return invalidRequest(parsed.error.issues.map((i) => `$.${i.path.join('.')}: ${i.message}`))
  const found = own(world, call, parsed.data.id)
  if ('refusal' in found) return found.refusal
  const alt = parsed.data.metadata?.alt_text
  if (alt) found.media.alt = alt.text
  return json(200, { data: { id: found.media.id, associated_metadata: alt ? { alt_text: alt } : {} } })
}
