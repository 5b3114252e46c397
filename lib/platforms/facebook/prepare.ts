import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { bringBytes, uploadUrl, type GraphTrouble } from '../graph'
import type { Answer, AppConfig, Credentials, MediaFile, Part, PartMedia, Prepared } from '../platform'
import { createPhoto } from './api'
import { createCover, getFilm, startFilm, startUpright, transferFilm } from './films'
import { facebookError, formatOf, misfit, uploadError } from './translate'

/** How far a part is. Everything here is JSON that survives a restart. */
export const Readied = z.object({
  photos: z.array(z.string()).readonly().optional(),
  film: z
    .object({
      videoId: z.string(),
      /** An upload in one piece, for reels and stories. */
      uploadUrl: z.string().optional(),
      /** An upload in pieces, each as Facebook asks for it. */
      session: z.string().optional(),
      start: z.number().optional(),
      end: z.number().optional(),
      /** All its bytes are there; only its cover is not. */
      whole: z.boolean().optional(),
    })
    .optional(),
})
export type Readied = z.output<typeof Readied>

export const readiedOf = (part: Pick<Part, 'prepared'>): Readied | undefined => Readied.safeParse(part.prepared).data

const failed = (trouble: GraphTrouble) => fail(facebookError(trouble, 'none', now()))
/** Against what goes on with something that was begun. */
const interrupted = (trouble: GraphTrouble) => fail(uploadError(trouble, 'none', now()))
const finished = (ref: Readied) => ok({ ref, ready: true } as const)
const unfinished = (ref: Readied, checkAfterMs?: number) =>
  ok({ ref, ready: false, ...(checkAfterMs === undefined ? {} : { checkAfterMs }) })

/** Brings a part's files to Facebook, one file or one piece of a film in each step. None of it is seen by anybody. */
export async function prepare(
  app: AppConfig,
  as: Credentials,
  part: Part,
  before: Prepared | undefined,
): Answer<Prepared> {
  if (part.kind !== 'post') return ok({ ref: {}, ready: true })
  const wrong = misfit(part)
  if (wrong) return fail({ code: 'rejected', reason: wrong })
  if (part.media.length === 0) return ok({ ref: {}, ready: true })
  const brought = await bring(app, as, part, Readied.parse(before?.ref ?? {}))
  return brought.ok ? ok({ ...brought.value, holds: heldOf(part, brought.value) }) : brought
}

const heldOf = ({ media }: Part, { ref, ready }: Prepared): readonly number[] => {
  const { photos = [], film } = Readied.parse(ref)
  return [...media.keys()].filter((at) => ready || at < photos.length || (film?.whole && media[at]?.kind === 'video'))
}

async function bring(app: AppConfig, as: Credentials, part: Part, so: Readied): Answer<Prepared> {
  const moving = part.media.find(({ kind }) => kind === 'video')
  if (!moving) return photos(app, as, part.media, so.photos ?? [])
  const cover = part.media.find((file) => file !== moving)
  if (so.film?.whole && cover) return covered(app, as, fileOf(cover), so, so.film.videoId)
  const brought = await film(app, as, part, fileOf(moving), so)
  if (!brought.ok || !brought.value.ready || !cover) return brought
  const { film: there } = Readied.parse(brought.value.ref)
  if (!there) throw new Error('A film that was brought nowhere')
  return unfinished({ film: { ...there, whole: true } })
}

function fileOf({ file, alt }: PartMedia): MediaFile {
  if (!file) throw new Error('A file that is yet to be brought is not there')
  return { ...file, alt, open: file.open.bind(file) }
}

async function covered(
  app: AppConfig,
  as: Credentials,
  cover: MediaFile,
  so: Readied,
  videoId: string,
): Answer<Prepared> {
  const made = await createCover(app, as, videoId, cover)
  return made.ok ? finished(so) : interrupted(made.error)
}

async function photos(
  app: AppConfig,
  as: Credentials,
  files: readonly PartMedia[],
  there: readonly string[],
): Answer<Prepared> {
  const next = files[there.length]
  if (!next) return finished({ photos: there })
  const made = await createPhoto(app, as, as.externalId, fileOf(next))
  if (!made.ok) return failed(made.error)
  const now = [...there, made.value.body.id]
  return now.length === files.length ? finished({ photos: now }) : unfinished({ photos: now })
}

async function film(app: AppConfig, as: Credentials, part: Part, file: MediaFile, so: Readied): Answer<Prepared> {
  const format = formatOf(part)
  if (format === 'post' || format === 'video') return pieces(app, as, file, so)
  if (!so.film) {
    const edge = format === 'reel' ? 'video_reels' : 'video_stories'
    const started = await startUpright(app, as, as.externalId, edge)
    if (!started.ok) return failed(started.error)
    const { video_id: videoId, upload_url } = started.value.body
    return unfinished({ film: { videoId, uploadUrl: uploadUrl(app.hosts.upload ?? '', upload_url) } })
  }
  return whole(app, as, file, so)
}

/** In one go, from where an earlier try was cut off. */
async function whole(app: AppConfig, as: Credentials, file: MediaFile, so: Readied): Answer<Prepared> {
  const { videoId, uploadUrl: url } = so.film ?? {}
  if (!videoId || !url) throw new Error('A film without a session')
  const state = await getFilm(app, as, videoId)
  if (!state.ok) return interrupted(state.error)
  const { uploading_phase: uploading } = state.value.body.status ?? {}
  if (uploading?.status === 'complete') return finished(so)
  const offset = uploading?.bytes_transferred ?? 0
  const body = file.open({ start: offset, end: file.sizeBytes - 1 })
  const brought = await bringBytes(app, as.accessToken, url, { offset, sizeBytes: file.sizeBytes, body })
  return brought.ok ? unfinished(so) : failed(brought.error)
}

/** In the pieces that Facebook asks for, one in each step. */
async function pieces(app: AppConfig, as: Credentials, file: MediaFile, so: Readied): Answer<Prepared> {
  const { film: begun } = so
  if (begun?.session === undefined) {
    const started = await startFilm(app, as, as.externalId, file.sizeBytes)
    if (!started.ok) return failed(started.error)
    const { video_id: videoId, upload_session_id: session, start_offset: start, end_offset: end } = started.value.body
    return unfinished({ film: { videoId, session, start, end } })
  }
  const { session, start = 0, end = 0 } = begun
  if (start >= end) return finished(so)
  const moved = await transferFilm(app, as, as.externalId, file, { session, start, end: Math.min(end, file.sizeBytes) })
  if (!moved.ok) return interrupted(moved.error)
  const next = { ...begun, start: moved.value.body.start_offset, end: moved.value.body.end_offset }
  return next.start >= next.end ? finished({ film: next }) : unfinished({ film: next })
}
