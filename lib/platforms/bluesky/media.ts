import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { lapsed } from '../outcome'
import type { Answer, AppConfig, Credentials, MediaFile, UploadedMedia } from '../platform'
import { asAccount, asNobody, plainCall, xrpc, type XrpcTrouble } from './api'
import { officialVideoService } from './limits'
import { Blob, blueskyError, MediaRef } from './translate'

const failed = (trouble: XrpcTrouble) => fail(blueskyError(trouble, 'none', now()))

/** Repeating it stores the same bytes under the same address. Files without a post are dropped after some hours. */
export const uploadMedia = (app: AppConfig, as: Credentials, file: MediaFile): Answer<UploadedMedia> =>
  file.kind === 'image' ? uploadImage(app, as, file) : uploadVideo(app, as, file)

async function uploadImage(app: AppConfig, as: Credentials, file: MediaFile): Answer<UploadedMedia> {
  // The maker's client has no type for a stream, and passes one on as it is.
  const body = file.open() as unknown as Uint8Array
  const headers = { 'content-length': String(file.sizeBytes) }
  const uploaded = await xrpc(asAccount(app, as), (client) =>
    client.com.atproto.repo.uploadBlob(body, { encoding: file.mime, headers }),
  )
  if (!uploaded.ok) return failed(uploaded.error)
  return ok({ ref: { blob: Blob.parse(JSON.parse(JSON.stringify(uploaded.value.blob))) }, ready: true })
}

const videoServiceOf = (app: AppConfig): string =>
  new URL(app.apiUrl).host === 'bsky.social' ? officialVideoService : app.apiUrl

/** The video service stores the finished video on the account's server in our name, hence the token for that method. */
async function uploadVideo(app: AppConfig, as: Credentials, file: MediaFile): Answer<UploadedMedia> {
  const lxm = 'com.atproto.repo.uploadBlob'
  const aud = `did:web:${new URL(as.server ?? app.apiUrl).hostname}`
  const exp = Math.floor(now().getTime() / 1000) + 30 * 60
  const allowed = await xrpc(asAccount(app, as), (client) =>
    client.com.atproto.server.getServiceAuth({ aud, lxm, exp }),
  )
  if (!allowed.ok) return failed(allowed.error)
  const query = new URLSearchParams({ did: as.externalId, name: `${file.id}.${file.mime.split('/')[1] ?? 'mp4'}` })
  const target = { ...asNobody(app, videoServiceOf(app)), token: allowed.value.token }
  const sent = await plainCall(target, `/xrpc/app.bsky.video.uploadVideo?${query}`, {
    body: file.open(),
    headers: { 'content-type': file.mime, 'content-length': String(file.sizeBytes) },
  })
  return sent.ok ? readJob(sent.value) : failed(sent.error)
}

export async function mediaStatus(app: AppConfig, _as: Credentials, media: UploadedMedia): Answer<UploadedMedia> {
  const kept = MediaRef.parse(media.ref)
  if ('blob' in kept) return ok({ ref: kept, ready: true })
  const status = await plainCall(
    asNobody(app, videoServiceOf(app)),
    `/xrpc/app.bsky.video.getJobStatus?${new URLSearchParams({ jobId: kept.jobId })}`,
  )
  if (!status.ok) return failed(status.error)
  // It was there once.
  return [400, 404].includes(status.value.status) ? fail(lapsed('Bluesky')) : readJob(status.value)
}

const Job = z.object({
  jobId: z.string(),
  state: z.string().optional(),
  blob: Blob.optional(),
  message: z.string().optional(),
})
/** The lexicon nests the job; the service has been seen to answer it bare. */
const JobAnswer = z.union([z.object({ jobStatus: Job }).transform(({ jobStatus }) => jobStatus), Job])
const Refused = z.object({ error: z.string().optional(), message: z.string().optional() })

/** A file the service has already seen is answered with 409 and its job: that is as good as accepted. */
function readJob({
  status,
  json,
  headers,
}: {
  status: number
  json: unknown
  headers: Headers
}): Awaited<Answer<UploadedMedia>> {
  const job = JobAnswer.safeParse(json)
  if (!job.success || (status !== 409 && status >= 300)) {
    if (status < 300) return failed({ kind: 'unreadable', reason: 'it names no job' })
    return failed({ kind: 'refused', status, headers, problem: Refused.safeParse(json).data ?? {} })
  }
  const { jobId, state, blob, message } = job.data
  if (blob) return ok({ ref: { blob }, ready: true })
  if (state === 'JOB_STATE_FAILED') {
    return fail({
      code: 'rejected',
      reason: `Bluesky could not process this video${message ? `: ${message}` : '. Try another format.'}`,
    })
  }
  return ok({ ref: { jobId }, ready: false, checkAfterMs: 1_500 })
}
