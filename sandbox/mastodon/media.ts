import { z } from 'zod'
import { type Call, type Reply, type Route, json, param } from '../core/call'
import { filmSize } from '../core/film-size'
import { isForgotten } from '../core/forgotten'
import { type World, mediaById, readyAt } from '../core/network'
import { pictureSize } from '../core/picture-size'
import { sniff } from '../core/sniff'
import type { Account, Media } from '../core/state'
import { secret } from '../core/tokens'
import { userOf } from './caller'
import { fieldsOf } from './fields'
import { snowflake } from './ids'
import { maxBytes, maxDescription, maxPixels, mimes } from './instance'
import { invalid, notFound, refused } from './problems'

const limit = { name: 'media', max: 30, windowMs: 30 * 60_000 }
/** Pictures are ready with the answer; what moves is processed behind it. */
const usualMs = { image: 0, gif: 1_000, video: 2_000, document: 0 }

const focus = /^-?(?:0(?:\.\d+)?|1(?:\.0+)?),-?(?:0(?:\.\d+)?|1(?:\.0+)?)$/
const Upload = z.object({
  file: z.instanceof(Buffer),
  description: z.string().optional(),
  focus: z.string().regex(focus).optional(),
})
const Change = z.object({ description: z.string().optional(), focus: z.string().regex(focus).optional() })

export function mediaRoutes(world: World): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/api/v2/media',
      operation: 'upload',
      limit,
      handle: (call) => upload(world, call),
    },
    { method: 'GET', path: '/api/v1/media/:id', operation: 'media_status', handle: (call) => status(world, call) },
    { method: 'PUT', path: '/api/v1/media/:id', operation: 'upload', handle: (call) => change(world, call) },
  ]
}

async function upload(world: World, call: Call): Promise<Reply> {
  const caller = userOf(world, call, 'write:media')
  if ('refusal' in caller) return caller.refusal
  const form = Upload.safeParse(fieldsOf(call))
  if (!form.success) return invalid("File can't be blank")
  const { file, description = '', focus: point } = form.data
  if (description.length > maxDescription) return invalid(`Description is too long (maximum is ${maxDescription})`)
  const mime = await sniff(file)
  const kind = mime === 'image/gif' ? 'gif' : mimes.image.includes(mime) ? 'image' : 'video'
  if (kind === 'video' && !mimes.video.includes(mime)) return invalid('File content type is invalid, File is invalid')
  if (file.length > maxBytes[kind === 'video' ? 'video' : 'image']) return invalid('File size must be less than 16 MB')
  const size = kind === 'video' ? filmSize(file) : await pictureSize(file)
  if (size && size.width * size.height > maxPixels[kind])
    return refused(`${size.width}x${size.height} ${kind === 'video' ? 'videos' : 'images'} are not supported`)
  const media: Media = {
    id: snowflake(world),
    ownerId: caller.account.id,
    kind,
    mime,
    totalBytes: file.length,
    blob: world.blobs.put(file),
    alt: description,
    parts: {},
    startedAt: world.now(),
    at: world.now(),
    readyAt: readyAt(world, call, usualMs[kind]),
    secret: secret(),
  }
  world.state.media.push(media)
  if (point) world.state.facts[`focus:${media.id}`] = point
  return json(isReady(world, media) ? 200 : 202, mediaView(world, media))
}

export const isReady = (world: World, media: Media): boolean => (media.readyAt ?? Infinity) <= world.now()

/** Cleared out a day after they came (app/lib/vacuum/media_attachments_vacuum.rb), unless a status has them. */
const keptMs = 24 * 3_600_000

/** A file that may go into a status: its owner's, in none yet, and not cleared out. */
export function unattached(world: World, account: Account, id: string): Media | undefined {
  const media = mediaById(world, id)
  return media?.ownerId === account.id && !media.used && !isForgotten(world, media, keptMs) ? media : undefined
}

function own(world: World, call: Call): { media: Media } | { refusal: Reply } {
  const caller = userOf(world, call, 'write:media')
  if ('refusal' in caller) return caller
  const media = unattached(world, caller.account, param(call, 'id'))
  return media ? { media } : { refusal: notFound() }
}

function status(world: World, call: Call): Reply {
  const found = own(world, call)
  if ('refusal' in found) return found.refusal
  return json(isReady(world, found.media) ? 200 : 206, mediaView(world, found.media))
}

function change(world: World, call: Call): Reply {
  const found = own(world, call)
  if ('refusal' in found) return found.refusal
  const wish = Change.safeParse(fieldsOf(call))
  if (!wish.success) return invalid('Focus is invalid')
  if (wish.data.description !== undefined) found.media.alt = wish.data.description
  if (wish.data.focus !== undefined) world.state.facts[`focus:${found.media.id}`] = wish.data.focus
  return json(200, mediaView(world, found.media))
}

/** As MediaAttachment; without an address until it is processed. */
export function mediaView(world: World, media: Media) {
  const url = isReady(world, media) ? `${world.url()}/media/${media.blob}` : null
  const [x = 0, y = 0] = (world.state.facts[`focus:${media.id}`] ?? '0,0').split(',').map(Number)
  return {
    id: media.id,
    type: media.kind === 'gif' ? 'gifv' : media.kind,
    url,
    preview_url: url,
    remote_url: null,
    meta: media.kind === 'image' ? { focus: { x, y } } : {},
    description: media.alt === '' ? null : media.alt,
    blurhash: null,
  }
}
