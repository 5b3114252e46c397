import { z } from 'zod'
import { type Call, type Reply, type Route, json } from '../core/call'
import { type World, readyAt } from '../core/network'
import { sniff } from '../core/sniff'
import { blobOf, keepBlob } from './blobs'
import { blobCid } from './cid'
import { problem } from './problems'
import { callerOf } from './session'

const usualMs = 2_000
const maxVideoBytes = 100_000_000
const uploadMethod = 'com.atproto.repo.uploadBlob'

const Job = z.object({
  jobId: z.string(),
  did: z.string(),
  startedAt: z.number(),
  readyAt: z.number(),
  blob: z.unknown(),
  failure: z.string().optional(),
})
type Job = z.infer<typeof Job>

/** The video service, which is another host in reality. It wants a service token for `com.atproto.repo.uploadBlob`. */
export function videoRoutes(world: World): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/xrpc/app.bsky.video.uploadVideo',
      operation: 'upload',
      handle: (call) => upload(world, call),
    },
    {
      method: 'GET',
      path: '/xrpc/app.bsky.video.getJobStatus',
      operation: 'media_status',
      handle: (call) => status(world, call),
    },
    {
      method: 'GET',
      path: '/xrpc/app.bsky.video.getUploadLimits',
      operation: 'profile',
      handle: (call) => limits(world, call),
    },
  ]
}

function jobOf(world: World, id: string): Job | undefined {
  const fact = world.state.facts[`job:${id}`]
  return fact === undefined ? undefined : Job.parse(JSON.parse(fact))
}

function view(world: World, job: Job) {
  const share = (world.now() - job.startedAt) / Math.max(1, job.readyAt - job.startedAt)
  const done = share >= 1
  const state = !done ? 'JOB_STATE_ENCODING' : job.failure === undefined ? 'JOB_STATE_COMPLETED' : 'JOB_STATE_FAILED'
  return {
    jobId: job.jobId,
    did: job.did,
    state,
    progress: Math.min(100, Math.floor(share * 100)),
    ...(done && job.failure === undefined ? { blob: job.blob } : {}),
    ...(done && job.failure !== undefined ? { error: job.failure, message: 'The video could not be processed.' } : {}),
  }
}

/** The lexicon nests the status under `jobStatus`; the real service answers it bare. Both are there. */
async function upload(world: World, call: Call): Promise<Reply> {
  const caller = callerOf(world, call, uploadMethod)
  if ('refusal' in caller) return caller.refusal
  if (call.query.get('did') !== caller.account.id)
    return problem(400, 'InvalidRequest', 'did must be that of the token')
  if (call.raw.length > maxVideoBytes)
    return problem(400, 'BlobTooLarge', `Videos may have ${maxVideoBytes} bytes at most`)
  const jobId = `${blobCid(call.raw).slice(-20)}${caller.account.id.slice(-6)}`
  const known = jobOf(world, jobId)
  // What the account's server has dropped is processed anew (how the real service does it, nothing says).
  if (known && blobOf(world, caller.account.id, blobCid(call.raw)))
    return json(409, { ...view(world, known), error: 'already_exists', message: 'Video already processed' })
  // What clients send there (their list of types, read 2026-11-26): GIFs, too. An MP4 comes of each.
  const isVideo = /^(video\/(mp4|quicktime|webm|mpeg)|image\/gif)$/.test(await sniff(call.raw))
  const job: Job = {
    jobId,
    did: caller.account.id,
    startedAt: world.now(),
    readyAt: readyAt(world, call, usualMs),
    blob: await keepBlob(world, caller.account, call.raw, isVideo ? 'video/mp4' : undefined),
    ...(isVideo ? {} : { failure: 'unsupported_format' }),
  }
  world.state.facts[`job:${jobId}`] = JSON.stringify(job)
  return json(200, { ...view(world, job), jobStatus: view(world, job) })
}

function status(world: World, call: Call): Reply {
  const job = jobOf(world, call.query.get('jobId') ?? '')
  return job ? json(200, { jobStatus: view(world, job) }) : problem(400, 'InvalidRequest', 'job not found')
}

function limits(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'app.bsky.video.getUploadLimits')
  return 'refusal' in caller
    ? caller.refusal
    : json(200, { canUpload: true, remainingDailyVideos: 25, remainingDailyBytes: 10_000_000_000 })
}
