import { z } from 'zod'
import { type Call, type Reply, type Route, empty, header, json, jsonBody } from '../core/call'
import { type World, accountById, mediaById, readyAt, show } from '../core/network'
import { sniff } from '../core/sniff'
import type { Account, Media } from '../core/state'
import { secret } from '../core/tokens'
import { channelOf } from './caller'
import { videoId } from './ids'
import { badRequest, forbidden, notFound, unauthorized } from './problems'
import { partsOf } from './parts'
import { uploads, units } from './quota'
import { VideoWish, recordOf, videoView } from './record'
import { relatedParts } from './related'
import { tell } from './websub'

/** How long the imitation works on a video, when nothing slows it down. */
const workMs = 3_000
const pieceBytes = 256 * 1024
const sessionLifeMs = 7 * 86_400_000
const thumbnailBytes = 2 * 1024 * 1024

const Session = z.object({
  wish: VideoWish,
  parts: z.array(z.string()),
  receivedBytes: z.number(),
  videoId: z.string().optional(),
})
type Session = z.infer<typeof Session>

export function uploadRoutes(world: World): readonly Route[] {
  const path = '/upload/youtube/v3/videos'
  return [
    {
      method: 'POST',
      path,
      operation: (call) => (isResumable(call) ? 'upload' : 'publish'),
      limit: uploads,
      handle: (call) => insert(world, call),
    },
    { method: 'PUT', path, operation: step, handle: (call) => receive(world, call) },
    {
      method: 'POST',
      path: '/upload/youtube/v3/thumbnails/set',
      operation: 'upload',
      limit: units(50),
      handle: (call) => setThumbnail(world, call),
    },
  ]
}

const isResumable = (call: Call): boolean => call.query.get('uploadType') === 'resumable'

const rangeOf = (call: Call) => {
  const [, from, to, size] = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+)$/.exec(header(call, 'content-range') ?? '') ?? []
  if (size === undefined) return undefined
  return { from: from === undefined ? undefined : Number(from), to: Number(to ?? -1), size: Number(size) }
}

/** An empty range is a question; the last byte is what makes the video. */
function step(call: Call): 'read' | 'publish' | 'upload' {
  const range = rangeOf(call)
  if (range && range.from === undefined) return 'read'
  return !range || range.to === range.size - 1 ? 'publish' : 'upload'
}

export const sessionOf = (world: World, id: string): Session | undefined => {
  const kept = world.state.facts[`session:${id}`]
  return kept === undefined ? undefined : Session.parse(JSON.parse(kept))
}
const keep = (world: World, id: string, session: Session): void => {
  world.state.facts[`session:${id}`] = JSON.stringify(session)
}

/** What a wish is refused for, in YouTube's own reasons. */
function wishOf(body: unknown): { wish: z.infer<typeof VideoWish> } | { refusal: Reply } {
  const wish = VideoWish.safeParse(body)
  if (!wish.success) {
    const field = wish.error.issues[0]?.path.at(1)
    const reasons: Record<string, [string, string]> = {
      title: ['invalidTitle', 'The request metadata specifies an invalid or empty video title.'],
      description: ['invalidDescription', 'The request metadata specifies an invalid video description.'],
      tags: ['invalidTags', 'The request metadata specifies invalid video keywords.'],
      categoryId: ['invalidCategoryId', 'The snippet.categoryId property specifies an invalid category ID.'],
    }
    const [reason, message] = reasons[String(field)] ?? ['invalidVideoMetadata', 'The request metadata is invalid.']
    return { refusal: badRequest(reason, message) }
  }
  const { tags, categoryId } = wish.data.snippet
  if (tags.reduce((sum, t) => sum + t.length + (t.includes(' ') ? 2 : 0), tags.length - 1) > 500)
    return { refusal: badRequest('invalidTags', 'The request metadata specifies invalid video keywords.') }
  if (!/^\d{1,2}$/.test(categoryId))
    return {
      refusal: badRequest('invalidCategoryId', 'The snippet.categoryId property specifies an invalid category ID.'),
    }
  return { wish: wish.data }
}

async function insert(world: World, call: Call): Promise<Reply> {
  const caller = channelOf(world, call, 'upload')
  if ('refusal' in caller) return caller.refusal
  if (isResumable(call)) return begin(world, call, caller.account)
  const [meta, media] = relatedParts(call)
  if (!meta || !media) return badRequest('mediaBodyRequired', 'The request does not include the video content.')
  const asked = wishOf(JSON.parse(meta.body.toString('utf8')))
  if ('refusal' in asked) return asked.refusal
  const upload = newUpload(world, caller.account, media.type, media.body.length)
  keep(world, upload.id, { wish: asked.wish, parts: [world.blobs.put(media.body)], receivedBytes: media.body.length })
  return finish(world, call, upload)
}

function newUpload(world: World, owner: Account, mime: string, totalBytes: number): Media {
  const media: Media = {
    id: secret('AEnB2U'),
    ownerId: owner.id,
    kind: 'video',
    mime,
    totalBytes,
    alt: '',
    parts: {},
    startedAt: world.now(),
    secret: '',
  }
  world.state.media.push(media)
  return media
}

function begin(world: World, call: Call, owner: Account): Reply {
  const asked = wishOf(jsonBody(call))
  if ('refusal' in asked) return asked.refusal
  const mime = header(call, 'x-upload-content-type') ?? 'application/octet-stream'
  const size = Number(header(call, 'x-upload-content-length') ?? Number.NaN)
  if (!Number.isInteger(size) || size < 1)
    return badRequest('mediaBodyRequired', 'X-Upload-Content-Length is required.')
  if (!/^(video\/|application\/octet-stream)/.test(mime))
    return badRequest(
      'badRequest',
      'Media type is not supported. Valid media types: [video/*, application/octet-stream]',
    )
  const upload = newUpload(world, owner, mime, size)
  keep(world, upload.id, { wish: asked.wish, parts: [], receivedBytes: 0 })
  const to = new URL(`${world.url()}${call.url.pathname}`)
  for (const [name, value] of call.query) to.searchParams.append(name, value)
  to.searchParams.set('upload_id', upload.id)
  return empty(200, { location: to.href, 'x-guploader-uploadid': upload.id })
}

const held = (session: Session): Reply =>
  empty(308, session.receivedBytes > 0 ? { range: `bytes=0-${session.receivedBytes - 1}` } : {})

/** Bytes of a session, or the question how many there are. Bytes that were kept already are passed over. */
async function receive(world: World, call: Call): Promise<Reply> {
  const id = call.query.get('upload_id') ?? ''
  const media = mediaById(world, id)
  const session = sessionOf(world, id)
  const caller = channelOf(world, call, 'upload')
  if ('refusal' in caller) return caller.refusal
  if (!media || !session || media.ownerId !== caller.account.id || (media.startedAt ?? 0) + sessionLifeMs < world.now())
    return notFound('notFound', 'The upload session is gone.')
  if (session.videoId !== undefined) return resource(world, session.videoId, partsOf(call))
  const range = rangeOf(call) ?? { from: 0, to: media.totalBytes - 1, size: media.totalBytes }
  if (range.from === undefined) return held(session)
  const isLast = range.to === media.totalBytes - 1
  if (range.size !== media.totalBytes || call.raw.byteLength !== range.to - range.from + 1)
    return badRequest('badRequest', 'Content-Range does not fit the body.')
  if (!isLast && call.raw.byteLength % pieceBytes !== 0)
    return badRequest('badRequest', 'Chunks must be a multiple of 256 KB.')
  if (range.from > session.receivedBytes) return held(session)
  const fresh = call.raw.subarray(session.receivedBytes - range.from)
  const next = {
    ...session,
    parts: [...session.parts, world.blobs.put(fresh)],
    receivedBytes: session.receivedBytes + fresh.byteLength,
  }
  keep(world, id, next)
  return next.receivedBytes < media.totalBytes ? held(next) : finish(world, call, media)
}

/** All bytes are here: the video is. Whether it can be played shows only once it was worked on. */
async function finish(world: World, call: Call, media: Media): Promise<Reply> {
  const session = sessionOf(world, media.id)
  const account = accountById(world, media.ownerId)
  if (!session || !account) throw new Error(`The upload ${media.id} belongs to nobody`)
  const whole = Buffer.concat(session.parts.map((blob) => world.blobs.get(blob) ?? Buffer.alloc(0)))
  const mime = await sniff(whole)
  const isVideo = mime.startsWith('video/')
  const { snippet } = session.wish
  const post = show(world, call, {
    id: videoId(world),
    account,
    kind: 'post',
    text: snippet.description,
    rich: [{ text: `${snippet.title}\n\n${snippet.description}` }],
    record: { ...session.wish, readyAt: readyAt(world, call, workMs), ...(isVideo ? {} : { failure: 'invalidFile' }) },
    media: [{ blob: world.blobs.put(whole), mime, alt: '' }],
    key: media.id,
  })
  keep(world, media.id, { ...session, videoId: post.id })
  if (session.wish.status.privacyStatus === 'public') tell(world, call, post)
  return resource(world, post.id, partsOf(call))
}

function resource(world: World, id: string, parts: readonly string[]): Reply {
  const post = world.posts.get(id)
  if (!post) throw new Error(`The video ${id} was lost`)
  return json(200, videoView(world, post, parts))
}

/** The picture alone, or in the second part of a multipart body. */
async function setThumbnail(world: World, call: Call): Promise<Reply> {
  const caller = channelOf(world, call, 'upload')
  if ('refusal' in caller) return caller.refusal
  const video = world.posts.get(call.query.get('videoId') ?? '')
  if (!video || video.kind !== 'post' || video.deletedAt !== undefined)
    return notFound('videoNotFound', 'The video that you are trying to set a thumbnail image for cannot be found.')
  if (video.accountId !== caller.account.id) return unauthorized()
  if (world.state.facts[`unverified:${caller.account.id}`] !== undefined)
    return forbidden(
      'forbidden',
      'The authenticated user doesn’t have permissions to upload and set custom video thumbnails.',
    )
  const picture = relatedParts(call)[1]?.body ?? call.raw
  if (picture.byteLength > thumbnailBytes) return badRequest('mediaBodyRequired', 'The image is larger than 2 MB.')
  if (!/^image\/(jpeg|png)$/.test(await sniff(picture)))
    return badRequest('invalidImage', 'The image content is invalid.')
  video.record = { ...recordOf(video), thumbnail: world.blobs.put(picture) }
  const url = `${world.url()}/media/${recordOf(video).thumbnail ?? ''}`
  return json(200, {
    kind: 'youtube#thumbnailSetResponse',
    etag: 'thumbnail',
    items: [{ default: { url, width: 120, height: 90 } }],
  })
}
