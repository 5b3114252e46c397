import { lexicons } from '@atproto/api'
import { type Call, type Reply, bytes, json } from '../core/call'
import { isForgotten } from '../core/forgotten'
import type { World } from '../core/network'
import { sniff } from '../core/sniff'
import type { Account, Attachment, Media, Post } from '../core/state'
import { blobCid } from './cid'
import { type External, PostRecord, imagesOf, videoOf } from './post-record'
import { invalidRequest, problem } from './problems'
import { type BlobUse, blobsIn } from './records'
import { callerOf } from './session'

const maxUploadBytes = 100 * 1024 ** 2

/** Keeps a file for its owner. What it is, its bytes say, unless `made` does: the bytes stand for something made of them. */
export const keepBlob = async (world: World, account: Account, whole: Buffer, made?: string) =>
  putBlob(world, account, whole, made ?? (await sniff(whole)))

export function putBlob(world: World, account: Account, whole: Buffer, mime: string) {
  const cid = blobCid(whole)
  const known = world.state.media.find((m) => m.id === cid && m.ownerId === account.id)
  // Brought again, it is kept as long again.
  if (known) known.at = world.now()
  else {
    const kind = mime.startsWith('video/') ? 'video' : 'image'
    world.state.media.push({
      id: cid,
      ownerId: account.id,
      kind,
      mime,
      totalBytes: whole.length,
      blob: world.blobs.put(whole),
      alt: '',
      parts: {},
      at: world.now(),
      secret: '',
    })
  }
  return { $type: 'blob', ref: { $link: cid }, mimeType: mime, size: whole.length }
}

/** "Deleted if it is not referenced within a time window": how long that is, a server decides. */
const keptMs = 6 * 3_600_000

/** A file of somebody's that their server has. */
export function blobOf(world: World, ownerId: string, cid: string): Media | undefined {
  const media = world.state.media.find((m) => m.id === cid && m.ownerId === ownerId)
  return media && !isForgotten(world, media, keptMs) ? media : undefined
}

/** A record points to them now: they stay. */
export function keepReferenced(world: World, account: Account, record: unknown): void {
  for (const { cid } of blobsIn(record)) {
    const media = blobOf(world, account.id, cid)
    if (media) media.used = true
  }
}

export async function upload(world: World, call: Call): Promise<Reply> {
  const caller = callerOf(world, call, 'com.atproto.repo.uploadBlob')
  if ('refusal' in caller) return caller.refusal
  if (call.raw.length === 0) return invalidRequest('Request encoding (Content-Type) required but not provided')
  if (call.raw.length > maxUploadBytes) return problem(413, 'PayloadTooLarge', 'request entity too large')
  return json(200, { blob: await keepBlob(world, caller.account, call.raw) })
}

export function download(world: World, call: Call): Reply {
  const media = world.state.media.find((m) => m.id === call.query.get('cid') && m.ownerId === call.query.get('did'))
  const whole = media?.blob === undefined ? undefined : world.blobs.get(media.blob)
  return media && whole ? bytes(whole, media.mime) : problem(400, 'BlobNotFound', 'Blob not found')
}

/** Refuses a record that points to files which are not there, too large for their place, or of another kind. */
export function blobProblem(world: World, account: Account, record: unknown): Reply | undefined {
  for (const use of blobsIn(record)) {
    const media = blobOf(world, account.id, use.cid)
    if (!media) return problem(400, 'BlobNotFound', `Could not find blob: ${use.cid}`)
    const limit = blobLimit(record, use)
    if (limit !== undefined && media.totalBytes > limit) {
      return problem(
        400,
        'BlobTooLarge',
        `This file is too large. It is ${media.totalBytes} bytes but the maximum size is ${limit} bytes.`,
      )
    }
    if (media.mime !== use.mimeType) {
      return problem(
        400,
        'InvalidMimeType',
        `Referenced Mimetype does not match stored blob. Expected: ${media.mime}, Got: ${use.mimeType}`,
      )
    }
  }
  return undefined
}

/** The largest file its embed's lexicon allows. */
function blobLimit(record: unknown, use: BlobUse): number | undefined {
  const parsed = PostRecord.safeParse(record)
  if (!parsed.success) return undefined
  const id = imagesOf(parsed.data).some((i) => i.image.ref.$link === use.cid)
    ? 'app.bsky.embed.images#image'
    : videoOf(parsed.data)
      ? 'app.bsky.embed.video'
      : 'app.bsky.embed.external#external'
  const def = lexicons.getDef(`lex:${id}`)
  if (def?.type !== 'object') return undefined
  for (const property of Object.values(def.properties)) if (property.type === 'blob') return property.maxSize
  return undefined
}

/** What readers see of an embedded page. */
export function cardOf(world: World, { uri, title, description, thumb }: External): NonNullable<Post['card']> {
  const picture = thumb && world.state.media.find((m) => m.id === thumb.ref.$link)
  return { url: uri, title, description, ...(picture?.blob ? { thumb: `/media/${picture.blob}` } : {}) }
}

export function attachments(world: World, record: PostRecord): Attachment[] {
  const find = (cid: string, alt: string): Attachment[] => {
    const media = world.state.media.find((m) => m.id === cid)
    return media?.blob === undefined ? [] : [{ blob: media.blob, mime: media.mime, alt }]
  }
  const video = videoOf(record)
  return [
    ...imagesOf(record).flatMap((i) => find(i.image.ref.$link, i.alt)),
    ...(video ? find(video.video.ref.$link, video.alt ?? '') : []),
  ]
}
