import { z } from 'zod'
import type { AppConfig } from '../platform'
import { at, read, send, write, type Account } from './api'

/** The body of `videos.insert`, as far as we use it. */
export type NewVideo = {
  readonly snippet: {
    readonly title: string
    readonly description: string
    readonly tags?: string[]
    readonly categoryId: string
  }
  readonly status: {
    readonly privacyStatus: string
    readonly selfDeclaredMadeForKids: boolean
    readonly containsSyntheticMedia: boolean
    readonly embeddable: boolean
  }
}

const Count = z.string().regex(/^\d+$/).optional()
const Video = z.object({
  id: z.string(),
  status: z
    .object({
      uploadStatus: z.string().optional(),
      failureReason: z.string().optional(),
      rejectionReason: z.string().optional(),
    })
    .optional(),
  statistics: z.object({ viewCount: Count, likeCount: Count, commentCount: Count }).optional(),
})
export type Video = z.output<typeof Video>
const Videos = z.object({ items: z.array(Video).default([]) })

/** Opens an upload; its address is in the header `location`. Until its last byte is there, there is no video. */
export const startUpload = (
  app: AppConfig,
  as: Account,
  q: { video: NewVideo; mime: string; sizeBytes: number; notify: boolean },
) => {
  const query = new URLSearchParams({
    uploadType: 'resumable',
    part: 'snippet,status',
    notifySubscribers: String(q.notify),
  })
  const asked = write(q.video)
  return send(app, as, `/upload/youtube/v3/videos?${query}`, z.unknown(), {
    ...asked,
    // Uploads are counted apart.
    units: 0,
    headers: {
      ...asked.headers,
      'x-upload-content-type': q.mime,
      'x-upload-content-length': String(q.sizeBytes),
    },
  })
}

/** Sends bytes of an upload, both ends included. Refused with 308 while bytes are missing; the video once none is. */
export const putBytes = (
  app: AppConfig,
  as: Account,
  session: string,
  file: { readonly mime: string; readonly sizeBytes: number; open(range: Range): ReadableStream<Uint8Array> },
  range: Range,
) =>
  send(app, as, session, Video, {
    method: 'PUT',
    mutation: true,
    units: 0,
    headers: {
      'content-type': file.mime,
      'content-length': String(range.end - range.start + 1),
      'content-range': `bytes ${range.start}-${range.end}/${file.sizeBytes}`,
    },
    body: file.open(range),
  })
type Range = { readonly start: number; readonly end: number }

/** Asks how far an upload has come: 308 with `range`, or the video. Changes nothing, and follows no redirect. */
export const askUpload = (app: AppConfig, as: Account, session: string, sizeBytes: number) =>
  send(app, as, session, Video, {
    method: 'PUT',
    mutation: true,
    units: 0,
    headers: { 'content-length': '0', 'content-range': `bytes */${sizeBytes}` },
  })

/** At most 50 ids. Videos that are gone are left out. */
export const getVideos = (app: AppConfig, as: Account, ids: readonly string[], part: 'status' | 'statistics') =>
  send(app, as, at('videos', { part, id: ids.join(',') }), Videos, read)

export const deleteVideo = (app: AppConfig, as: Account, id: string) =>
  send(app, as, at('videos', { id }), z.unknown(), { method: 'DELETE', mutation: true, units: 50 })

/** The whole picture is in one request. Doing it again changes nothing. */
export const setThumbnail = (
  app: AppConfig,
  as: Account,
  videoId: string,
  file: { readonly mime: string; readonly sizeBytes: number; open(): ReadableStream<Uint8Array> },
) =>
  send(
    app,
    as,
    `/upload/youtube/v3/thumbnails/set?${new URLSearchParams({ videoId, uploadType: 'media' })}`,
    z.unknown(),
    {
      method: 'POST',
      mutation: true,
      units: 50,
      headers: { 'content-type': file.mime, 'content-length': String(file.sizeBytes) },
      body: file.open(),
    },
  )
