import { z } from 'zod'
import { type Call, type Reply, type Route, empty, json, jsonBody, param } from '../core/call'
import { type World, accountById, mediaById, readyAt } from '../core/network'
import { pictureSize } from '../core/picture-size'
import { sniff } from '../core/sniff'
import type { Media } from '../core/state'
import { secret } from '../core/tokens'
import { mayWriteAs, restCaller, urnOf } from './caller'
import { newId } from './ids'
import { accessDenied, badInput, badRequest, notFoundProblem } from './problems'

const partBytes = 4_194_304
const usualMs = { image: 300, gif: 300, document: 500, video: 2_000 }
const maxVideoBytes = 500 * 1024 ** 2
/** Images API. */
const maxPixels = 36_152_320
const accepted = {
  image: /^image\/(jpeg|png|gif)$/,
  gif: /^image\/gif$/,
  document: /^application\//,
  video: /^video\/mp4$/,
}

const Initialize = z.object({
  initializeUploadRequest: z.object({
    owner: z.string(),
    fileSizeBytes: z.number().int().min(1).max(maxVideoBytes).optional(),
    uploadCaptions: z.boolean().optional(),
    uploadThumbnail: z.boolean().optional(),
  }),
})
const Finalize = z.object({
  finalizeUploadRequest: z.object({
    video: z.string(),
    uploadToken: z.string(),
    uploadedPartIds: z.array(z.string()).min(1),
  }),
})

export function mediaRoutes(world: World): readonly Route[] {
  const operation = 'upload'
  return [
    ...(['image', 'document', 'video'] as const).flatMap((kind): Route[] => [
      { method: 'POST', path: `/rest/${kind}s`, operation, handle: (call) => act(world, call, kind) },
      {
        method: 'GET',
        path: `/rest/${kind}s/:urn`,
        operation: 'media_status',
        handle: (call) => status(world, call, kind),
      },
    ]),
    { method: 'PUT', path: '/dms-uploads/:urn/:secret/:part', operation, handle: (call) => receive(world, call) },
  ]
}

function act(world: World, call: Call, kind: 'image' | 'document' | 'video'): Reply | Promise<Reply> {
  const action = call.query.get('action')
  if (action === 'initializeUpload') return initialize(world, call, kind)
  if (action === 'finalizeUpload' && kind === 'video') return finalize(world, call)
  return badRequest(`The action ${action ?? ''} is not known`)
}

function initialize(world: World, call: Call, kind: 'image' | 'document' | 'video'): Reply {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  const parsed = Initialize.safeParse(jsonBody(call))
  if (!parsed.success)
    return badInput(400, 'INVALID_VALUE_FOR_FIELD', z.prettifyError(parsed.error), '/initializeUploadRequest')
  const wish = parsed.data.initializeUploadRequest
  const owner = mayWriteAs(world, caller, wish.owner, `partnerApi${kind}s.ACTION-initializeUpload`)
  if ('refusal' in owner) return owner.refusal
  const totalBytes = wish.fileSizeBytes
  if (kind === 'video' && totalBytes === undefined)
    return badInput(400, 'MISSING_FIELD', 'fileSizeBytes is required', '/initializeUploadRequest/fileSizeBytes')
  const media: Media = {
    id: `urn:li:${kind}:C4E10${newId(world)}`,
    ownerId: owner.account.id,
    kind,
    mime: '',
    totalBytes: totalBytes ?? 0,
    alt: '',
    parts: {},
    secret: secret(),
  }
  world.state.media.push(media)
  const uploadUrl = (part: number) =>
    `${world.url()}/dms-uploads/${encodeURIComponent(media.id)}/${media.secret}/${part}`
  const uploadUrlExpiresAt = world.now() + 86_400_000
  if (totalBytes === undefined || kind !== 'video')
    return json(200, { value: { uploadUrlExpiresAt, uploadUrl: uploadUrl(0), [kind]: media.id } })
  const uploadInstructions = Array.from({ length: Math.ceil(totalBytes / partBytes) }, (_, i) => ({
    uploadUrl: uploadUrl(i),
    firstByte: i * partBytes,
    lastByte: Math.min((i + 1) * partBytes, totalBytes) - 1,
  }))
  return json(200, {
    value: { uploadUrlsExpireAt: uploadUrlExpiresAt, video: media.id, uploadInstructions, uploadToken: media.secret },
  })
}

/** The bytes of a picture or of one part of a video; the address is secret enough, LinkedIn wants no token here. */
async function receive(world: World, call: Call): Promise<Reply> {
  const media = mediaById(world, param(call, 'urn'))
  if (!media || media.secret !== param(call, 'secret')) return empty(403)
  const blob = world.blobs.put(call.raw)
  const part = param(call, 'part')
  const etag = `/ambry-video/signedId/${blob.slice(0, 40)}`
  media.parts[part] = { blob, etag }
  if (media.kind === 'video') {
    const expected = Math.min(partBytes, media.totalBytes - Number(part) * partBytes)
    return call.raw.length === expected ? empty(200, { etag }) : empty(400)
  }
  await accept(world, call, media, call.raw)
  return empty(201, { etag })
}

async function accept(world: World, call: Call, media: Media, whole: Buffer): Promise<void> {
  const mime = await sniff(whole)
  // `mime` and `totalBytes` are only known now; the row is replaced, as its other parts never change.
  const at = world.state.media.indexOf(media)
  const size = media.kind === 'image' ? await pictureSize(whole) : undefined
  const isTooLarge = size !== undefined && size.width * size.height > maxPixels
  const failure = accepted[media.kind].test(mime) && !isTooLarge ? {} : { failure: 'UNSUPPORTED_MEDIA_TYPE' }
  world.state.media[at] = {
    ...media,
    mime,
    blob: world.blobs.put(whole),
    totalBytes: whole.length,
    startedAt: world.now(),
    readyAt: readyAt(world, call, usualMs[media.kind]),
    ...failure,
  }
}

async function finalize(world: World, call: Call): Promise<Reply> {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  const parsed = Finalize.safeParse(jsonBody(call))
  if (!parsed.success)
    return badInput(400, 'INVALID_VALUE_FOR_FIELD', z.prettifyError(parsed.error), '/finalizeUploadRequest')
  const { video, uploadToken, uploadedPartIds } = parsed.data.finalizeUploadRequest
  const media = mediaById(world, video)
  if (!media || media.secret !== uploadToken)
    return badInput(400, 'INVALID_URN_ID', 'The video or its uploadToken is not known', '/finalizeUploadRequest/video')
  const parts = Object.entries(media.parts)
    .toSorted(([a], [b]) => Number(a) - Number(b))
    .map(([, p]) => p)
  const whole = Buffer.concat(parts.map((p) => world.blobs.get(p.blob) ?? Buffer.alloc(0)))
  const etagsFit = parts.length === uploadedPartIds.length && parts.every((p, i) => p.etag === uploadedPartIds[i])
  if (!etagsFit || whole.length !== media.totalBytes)
    return badInput(
      400,
      'INVALID_UPLOADED_PARTS',
      'The uploadedPartIds are not the ETags of all parts in order',
      '/finalizeUploadRequest/uploadedPartIds',
    )
  await accept(world, call, media, whole)
  return json(200, {})
}

function status(world: World, call: Call, kind: Media['kind']): Reply {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  const media = mediaById(world, param(call, 'urn'))
  const owner = media && accountById(world, media.ownerId)
  if (!media || !owner || media.kind !== kind) return notFoundProblem()
  // A member's token may ask about videos only.
  const isClosed = kind !== 'video' && owner.kind === 'person'
  const may = mayWriteAs(world, caller, urnOf(owner), `partnerApi${kind}s.GET`)
  if (isClosed || 'refusal' in may) return accessDenied(`partnerApi${kind}s.GET`)
  const isReady = (media.readyAt ?? Infinity) <= world.now()
  const state =
    media.blob === undefined
      ? 'WAITING_UPLOAD'
      : !isReady
        ? 'PROCESSING'
        : media.failure === undefined
          ? 'AVAILABLE'
          : 'PROCESSING_FAILED'
  return json(200, {
    id: media.id,
    owner: urnOf(owner),
    status: state,
    ...(media.failure !== undefined && isReady ? { processingFailureReason: media.failure } : {}),
    ...(state === 'AVAILABLE' ? { downloadUrl: `${world.url()}/media/${media.blob ?? ''}` } : {}),
  })
}
