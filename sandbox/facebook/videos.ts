import { z } from 'zod'
import { type Call, type Reply, type Route, header, json, param } from '../core/call'
import type { Operation } from '../core/faults'
import { badParameter, callerOf, graphProblem, newId, noSuchObject, paramsOf } from '../core/graph'
import { type World, readyAt } from '../core/network'
import { sniff } from '../core/sniff'
import type { Account, Media } from '../core/state'
import { secret } from '../core/tokens'
import { perVersion } from '../core/graph'
import { ownPage } from './pages'
import { postAs, tooLong } from './publish'
import { uploaded } from './uploads'
import type { Made } from './views'

const usualMs = 4_000
const chunkBytes = 4 * 1024 ** 2

const phaseOf = (call: Call): string => String(paramsOf(call).upload_phase ?? 'finish')
const operation = (call: Call): Operation => (phaseOf(call) === 'finish' ? 'publish' : 'upload')

export function videoRoutes(world: World): readonly Route[] {
  return perVersion((v) => [
    { method: 'POST', path: `/${v}/:page/videos`, operation, handle: (call) => film(world, call) },
    ...(['video_reels', 'video_stories'] as const).map((edge): Route => ({
      method: 'POST',
      path: `/${v}/:page/${edge}`,
      operation,
      handle: (call) => upright(world, call, edge),
    })),
    { method: 'POST', path: `/${v}/:video/thumbnails`, operation: 'upload', handle: (call) => thumbnail(world, call) },
    {
      method: 'POST',
      path: `/video-upload/${v}/:video`,
      operation: 'upload',
      keepsPart: true,
      handle: (call) => bytes(world, call),
    },
  ])
}

function begin(world: World, page: Account, q: { totalBytes: number; secret: string }): Media {
  const media: Media = {
    id: newId(world, '14'),
    ownerId: page.id,
    kind: 'video',
    mime: 'video/mp4',
    alt: '',
    parts: {},
    at: world.now(),
    ...q,
  }
  world.state.media.push(media)
  return media
}

const partsOf = (world: World, media: Media): Buffer =>
  Buffer.concat(
    Object.entries(media.parts)
      .toSorted(([a], [b]) => Number(a) - Number(b))
      .map(([, part]) => world.blobs.get(part.blob) ?? Buffer.alloc(0)),
  )

/** Keeps a piece. Once the film is whole, it is being processed. */
function keep(world: World, call: Call, media: Media, offset: number, piece: Buffer): void {
  const blob = world.blobs.put(piece)
  media.parts[offset] = { blob, etag: blob }
  if (partsOf(world, media).length >= media.totalBytes) media.readyAt = readyAt(world, call, usualMs)
}

/** The end of an upload: the film is a post from now on, and is seen once it is processed. */
async function end(
  world: World,
  call: Call,
  page: Account,
  media: Media,
  q: { text: string; made: Made },
): Promise<void> {
  // However often it is said.
  if (media.startedAt !== undefined) return
  const whole = partsOf(world, media)
  media.blob = world.blobs.put(whole)
  media.startedAt = world.now()
  if (!(await sniff(whole)).startsWith('video/'))
    media.failure = 'The video file you selected is in a format that is not supported'
  const isShown = media.failure === undefined
  if (isShown)
    postAs(world, call, page, {
      ...q,
      ...(q.made.format === 'story' ? {} : { id: media.id }),
      media: [{ blob: media.blob, mime: 'video/mp4', alt: '', ...(media.cover ? { cover: media.cover } : {}) }],
      shownInMs: Math.max(0, (media.readyAt ?? 0) - world.now()),
    })
}

const titleIn = (q: Record<string, unknown>) => (q.title === undefined ? {} : { title: String(q.title) })

const Piece = z.object({
  upload_session_id: z.string(),
  start_offset: z.coerce.number(),
  video_file_chunk: z.instanceof(Buffer),
})

async function film(world: World, call: Call): Promise<Reply> {
  const own = ownPage(world, call, 'pages_manage_posts')
  if ('refusal' in own) return own.refusal
  const q = paramsOf(call)
  const offsets = (media: Media, start: number) => ({
    start_offset: String(start),
    end_offset: String(Math.min(start + chunkBytes, media.totalBytes)),
  })
  if (phaseOf(call) === 'start') {
    const totalBytes = Number(q.file_size)
    if (!(totalBytes > 0)) return badParameter('The parameter file_size is required')
    const media = begin(world, own.page, { totalBytes, secret: secret('') })
    return json(200, { video_id: media.id, upload_session_id: media.secret, ...offsets(media, 0) })
  }
  const session = world.state.media.find((m) => m.secret !== '' && m.secret === q.upload_session_id)
  const media = session && uploaded(world, own.page, session.id)
  if (!media) return graphProblem({ code: 6000, subcode: 1363041, message: 'Invalid upload session ID' })
  if (phaseOf(call) === 'transfer') {
    const piece = Piece.safeParse(q)
    if (!piece.success) return badParameter(z.prettifyError(piece.error))
    const { start_offset: start, video_file_chunk: chunk } = piece.data
    keep(world, call, media, start, chunk)
    return json(200, offsets(media, start + chunk.length))
  }
  const text = String(q.description ?? '')
  const refusal = tooLong(text) ?? whole(world, media)
  if (refusal) return refusal
  await end(world, call, own.page, media, { text, made: { format: 'video', video: media.id, ...titleIn(q) } })
  return json(200, { success: true })
}

const whole = (world: World, media: Media): Reply | undefined =>
  media.totalBytes > 0 && partsOf(world, media).length === media.totalBytes
    ? undefined
    : graphProblem({ code: 6000, subcode: 1363042, message: 'The video upload is not finished' })

async function upright(world: World, call: Call, edge: 'video_reels' | 'video_stories'): Promise<Reply> {
  const own = ownPage(world, call, 'pages_manage_posts')
  if ('refusal' in own) return own.refusal
  const q = paramsOf(call)
  if (phaseOf(call) === 'start') {
    const media = begin(world, own.page, { totalBytes: 0, secret: '' })
    const version = call.url.pathname.split('/')[1]
    return json(200, { video_id: media.id, upload_url: `${world.url()}/video-upload/${version}/${media.id}` })
  }
  const id = String(q.video_id ?? '')
  const media = uploaded(world, own.page, id)
  if (id === '') return badParameter('The parameter video_id is required')
  if (media?.kind !== 'video') return noSuchObject(id, 'post')
  if (edge === 'video_reels' && q.video_state !== 'PUBLISHED') return badParameter('The sandbox publishes at once.')
  const text = edge === 'video_reels' ? String(q.description ?? '') : ''
  const refusal = tooLong(text) ?? whole(world, media)
  if (refusal) return refusal
  const made: Made = { format: edge === 'video_reels' ? 'reel' : 'story', video: media.id, ...titleIn(q) }
  await end(world, call, own.page, media, { text, made })
  const post = world.posts.of(own.page.id).findLast((p) => p.id === media.id || (p.record as Made).video === media.id)
  return json(200, { success: true, ...(post ? { post_id: post.id } : {}) })
}

const maxCoverBytes = 10 * 1024 ** 2

/**
 * The picture that stands for a film. A later one takes its place until the film’s end: readers see the one that is there
 * then. When Meta takes it is not written down; the sandbox wants the film first, as its clients bring it.
 */
async function thumbnail(world: World, call: Call): Promise<Reply> {
  const caller = callerOf(world, call, 'pages_show_list', 'pages_manage_engagement', 'pages_read_user_content')
  if ('refusal' in caller) return caller.refusal
  const film = uploaded(world, caller.account, param(call, 'video'))
  if (film?.kind !== 'video') return noSuchObject(param(call, 'video'), 'post')
  const refusal = whole(world, film)
  if (refusal) return refusal
  const { source, is_preferred: preferred = false } = paramsOf(call)
  if (!Buffer.isBuffer(source)) return graphProblem({ code: 324, message: '(#324) Requires upload file' })
  if (!/^image\/(jpeg|png)$/.test(await sniff(source)) || source.length > maxCoverBytes)
    return badParameter('Param source must be a JPEG or PNG of at most 10 MB')
  if (String(preferred) === 'true') film.cover = world.blobs.put(source)
  return json(200, { success: true })
}

/** `rupload`: bytes from `offset` on. What arrived stays, even if it is not yet all. */
function bytes(world: World, call: Call): Reply {
  const problem = (status: number, message: string) =>
    json(status, { debug_info: { retriable: false, type: 'ProcessingFailedError', message } })
  const caller = callerOf(world, call)
  if ('refusal' in caller) return problem(401, 'OAuthException: the token is not valid')
  const media = uploaded(world, caller.account, param(call, 'video'))
  if (!media) return problem(400, 'There is no such upload')
  const offset = Number(header(call, 'offset'))
  const size = Number(header(call, 'file_size'))
  if (!(size > 0) || offset !== partsOf(world, media).length) return problem(400, `OffsetInvalidError: ${offset}`)
  const at = world.state.media.indexOf(media)
  const known: Media = { ...media, totalBytes: size }
  world.state.media[at] = known
  keep(world, call, known, offset, call.raw)
  return json(200, { success: true })
}
