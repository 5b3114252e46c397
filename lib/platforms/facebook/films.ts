import { z } from 'zod'
import { doing, Done, graph, GraphId, withQuery } from '../graph'
import { multipart } from '../multipart'
import type { AppConfig, MediaFile } from '../platform'
import { ask, make, StoryMade, version, type Account } from './api'

/** Reels and story films: a session, the bytes to `rupload`, and the end that makes them seen. */
type Upright = 'video_reels' | 'video_stories'
export const startUpright = (app: AppConfig, as: Account, page: string, edge: Upright) =>
  make(app, as, `${encodeURIComponent(page)}/${edge}`, z.object({ video_id: GraphId, upload_url: z.string() }), {
    upload_phase: 'start',
  })
export const finishUpright = (
  app: AppConfig,
  as: Account,
  page: string,
  edge: Upright,
  q: { video_id: string; description?: string; title?: string },
) =>
  make(app, as, `${encodeURIComponent(page)}/${edge}`, StoryMade, {
    upload_phase: 'finish',
    ...(edge === 'video_reels' ? { video_state: 'PUBLISHED' } : {}),
    ...q,
  })

const Offsets = { start_offset: z.coerce.number(), end_offset: z.coerce.number() }
const films = (app: AppConfig, page: string): string =>
  `${app.hosts.video}/${version}/${encodeURIComponent(page)}/videos`
export const startFilm = (app: AppConfig, as: Account, page: string, sizeBytes: number) =>
  graph(
    app,
    as.accessToken,
    films(app, page),
    z.object({ video_id: GraphId, upload_session_id: GraphId, ...Offsets }),
    doing({ upload_phase: 'start', file_size: sizeBytes }),
  )

/** Sends the bytes from `start` up to `end` (not in it). @returns the next stretch that Meta wants; none is left when both are equal */
export function transferFilm(
  app: AppConfig,
  as: Account,
  page: string,
  file: MediaFile,
  q: { session: string; start: number; end: number },
) {
  const form = multipart(
    { upload_phase: 'transfer', upload_session_id: q.session, start_offset: String(q.start) },
    {
      name: 'video_file_chunk',
      mime: 'application/octet-stream',
      sizeBytes: q.end - q.start,
      open: () => file.open({ start: q.start, end: q.end - 1 }),
    },
  )
  return graph(app, as.accessToken, films(app, page), z.object(Offsets), {
    method: 'POST',
    ...form,
  })
}
export const finishFilm = (
  app: AppConfig,
  as: Account,
  page: string,
  q: { upload_session_id: string; description: string; title?: string },
) => graph(app, as.accessToken, films(app, page), Done, doing({ upload_phase: 'finish', ...q }))

/**
 * Brings the picture that stands for a film. A second one takes the place of the first, so bringing it again does no harm.
 * developers.facebook.com/docs/graph-api/reference/video/thumbnails#Creating, to which the guide of reels leads for “a
 * custom cover photo” (developers.facebook.com/documentation/video-api/guides/reels-publishing); read 2026-11-26. They do
 * not say when: a client (Post for Me) brings it when the bytes are there and before the end, and so is it done here.
 */
export function createCover(app: AppConfig, as: Account, video: string, file: MediaFile) {
  const form = multipart(
    { is_preferred: 'true' },
    { name: 'source', mime: file.mime, sizeBytes: file.sizeBytes, open: () => file.open() },
  )
  const url = `${app.apiUrl}/${version}/${encodeURIComponent(video)}/thumbnails`
  return graph(app, as.accessToken, url, Done, { method: 'POST', ...form })
}

const Phase = z
  .object({
    status: z.string(),
    publish_status: z.string().optional(),
    bytes_transferred: z.coerce.number().optional(),
  })
  .optional()
const Film = z.object({
  id: GraphId,
  permalink_url: z.string().optional(),
  post_id: z.string().optional(),
  status: z
    .object({
      video_status: z.string(),
      uploading_phase: Phase,
      processing_phase: z
        .object({ status: z.string(), error: z.object({ message: z.string().optional() }).optional() })
        .optional(),
      publishing_phase: Phase,
    })
    .optional(),
})
export type Film = z.output<typeof Film>
export const getFilm = (app: AppConfig, as: Account, video: string) =>
  ask(app, as, withQuery(encodeURIComponent(video), { fields: 'id,status,permalink_url,post_id' }), Film)
