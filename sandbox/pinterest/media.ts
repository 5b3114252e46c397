import { z } from 'zod'
import { type Call, type Reply, type Route, empty, json, jsonBody, param } from '../core/call'
import { multipartBody } from '../core/multipart'
import { type World, mediaById, readyAt } from '../core/network'
import { sniff } from '../core/sniff'
import type { Media } from '../core/state'
import { secret } from '../core/tokens'
import { callerOf } from './caller'
import { numericId } from './ids'
import { reads, writes } from './limits'
import { pageOf } from './paging'
import { invalid, problem } from './problems'

/** How long the imitation works on a video, when nothing slows it down. */
const workMs = 3_000
/** How long the store takes what was announced. */
const permissionMs = 3_600_000

const NewMedia = z.object({ media_type: z.literal('video') })

export function mediaRoutes(world: World): readonly Route[] {
  const media = '/v5/media'
  return [
    { method: 'POST', path: media, limit: writes, handle: (call) => register(world, call) },
    { method: 'GET', path: media, limit: reads, handle: (call) => list(world, call) },
    {
      method: 'GET',
      path: `${media}/:media`,
      operation: 'media_status',
      limit: reads,
      handle: (call) => get(world, call),
    },
    { method: 'POST', path: '/media-upload/:media', operation: 'upload', handle: (call) => store(world, call) },
  ]
}

const keyOf = (media: Media): string => `uploads/${media.id.slice(-2)}/3:video:${media.ownerId}:${media.id}`

function register(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'writeMedia')
  if ('refusal' in caller) return caller.refusal
  if (!NewMedia.safeParse(jsonBody(call)).success) return invalid()
  const media: Media = {
    id: numericId(world),
    ownerId: caller.account.id,
    kind: 'video',
    mime: 'video/mp4',
    totalBytes: 0,
    alt: '',
    parts: {},
    startedAt: world.now(),
    secret: secret(),
  }
  world.state.media.push(media)
  const date = new Date(world.now()).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  return json(201, {
    media_id: media.id,
    media_type: 'video',
    upload_url: `${world.url()}/media-upload/${media.id}`,
    upload_parameters: {
      'Content-Type': 'multipart/form-data',
      key: keyOf(media),
      policy: Buffer.from(JSON.stringify({ key: keyOf(media) })).toString('base64'),
      'x-amz-algorithm': 'AWS4-HMAC-SHA256',
      'x-amz-credential': `ASIASANDBOX/${date.slice(0, 8)}/us-east-1/s3/aws4_request`,
      'x-amz-date': date,
      'x-amz-security-token': 'sandbox',
      'x-amz-signature': media.secret,
    },
  })
}

const state = (world: World, media: Media): string => {
  if (media.readyAt === undefined) return 'registered'
  if (media.readyAt > world.now()) return 'processing'
  return media.failure === undefined ? 'succeeded' : 'failed'
}
const view = (world: World, media: Media) => ({
  media_id: media.id,
  media_type: 'video',
  status: state(world, media),
})

function list(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'media')
  if ('refusal' in caller) return caller.refusal
  const own = world.state.media.filter(({ ownerId }) => ownerId === caller.account.id)
  return pageOf(call, own, (media) => view(world, media))
}

function get(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'media')
  if ('refusal' in caller) return caller.refusal
  const media = mediaById(world, param(call, 'media'))
  return media?.ownerId === caller.account.id
    ? json(200, view(world, media))
    : problem(404, 1, 'Media upload not found.')
}

const denied = (): Reply => ({
  status: 403,
  headers: { 'content-type': 'application/xml' },
  body: '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>Invalid according to Policy: Policy expired.</Message></Error>',
})

/** The store behind `upload_url`: it knows no tokens, only the fields that came with the address. */
async function store(world: World, call: Call): Promise<Reply> {
  const media = mediaById(world, param(call, 'media'))
  const form = multipartBody(call)
  if (!media || (media.startedAt ?? 0) + permissionMs < world.now()) return denied()
  if (form?.key !== keyOf(media) || form['x-amz-signature'] !== media.secret) return denied()
  const { file } = form
  if (!Buffer.isBuffer(file) || file.byteLength === 0) return denied()
  const mime = await sniff(file)
  media.blob = world.blobs.put(file)
  media.readyAt = readyAt(world, call, workMs)
  if (!mime.startsWith('video/')) media.failure = 'not a video'
  return empty(204)
}
