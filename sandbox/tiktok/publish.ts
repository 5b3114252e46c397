import { z } from 'zod'
import { type Call, type Reply, type Route, empty, header, jsonBody, param } from '../core/call'
import { type World, accountById, mediaById, readyAt, show } from '../core/network'
import { sniff } from '../core/sniff'
import type { Media } from '../core/state'
import { secret } from '../core/tokens'
import { answer, badParams, refuse } from './answers'
import { type Caller, callerOf } from './caller'
import { postId, publishId } from './ids'
import { PhotoInit, VideoInit, DraftInit, sourceProblem } from './requests'
import {
  type Plan,
  audiences,
  isPrivate,
  isUnaudited,
  keepPlan,
  pendingDrafts,
  planOf,
  postsToday,
  statusOf,
} from './sending'
import { tell } from './webhooks'

/** How long the imitation works on a file, when nothing slows it down. */
const videoWorkMs = 2_000
const photoWorkMs = 1_000
const addressLifeMs = 3_600_000
const postsADay = 15
const draftsPending = 5
const perMinute = (name: string, max: number) => ({ name, max, windowMs: 60_000 })

export function publishRoutes(world: World): readonly Route[] {
  const root = '/v2/post/publish'
  return [
    {
      method: 'POST',
      path: `${root}/creator_info/query`,
      operation: 'profile',
      limit: perMinute('creator_info', 20),
      handle: (call) => creatorInfo(world, call),
    },
    {
      method: 'POST',
      path: `${root}/video/init`,
      operation: 'upload',
      limit: perMinute('init', 6),
      handle: (call) => startVideo(world, call),
    },
    {
      method: 'POST',
      path: `${root}/inbox/video/init`,
      operation: 'upload',
      limit: perMinute('inbox init', 6),
      handle: (call) => startDraft(world, call),
    },
    {
      method: 'POST',
      path: `${root}/content/init`,
      operation: 'publish',
      limit: perMinute('content init', 6),
      handle: (call) => startPhotos(world, call),
    },
    {
      method: 'POST',
      path: `${root}/status/fetch`,
      operation: 'read',
      limit: perMinute('status', 30),
      handle: (call) => status(world, call),
    },
    {
      method: 'PUT',
      path: '/video/upload/:id/:token',
      // The last byte is what makes the post.
      operation: (call) => (isLast(call) ? 'publish' : 'upload'),
      handle: (call) => receive(world, call),
    },
  ]
}

function creatorInfo(world: World, call: Call): Reply {
  const caller = callerOf(world, call, ['video.publish'])
  if ('refusal' in caller) return caller.refusal
  const { account } = caller
  const shut = isPrivate(world, account.id)
  return answer({
    creator_avatar_url: `${world.url()}/avatar/${encodeURIComponent(account.id)}`,
    creator_username: account.handle,
    creator_nickname: account.name,
    privacy_level_options: shut ? audiences.slice(1) : [audiences[0], audiences[1], audiences[3]],
    comment_disabled: false,
    duet_disabled: shut,
    stitch_disabled: shut,
    max_video_post_duration_sec: 600,
  })
}

/** What stands against another post of this caller, whatever it is. */
function ruleAgainst(world: World, { account, token }: Caller, audience: string): Reply | undefined {
  if (isUnaudited(token.clientId) && (audience !== 'SELF_ONLY' || !isPrivate(world, account.id)))
    return refuse(
      'unaudited_client_can_only_post_to_private_accounts',
      'Please review our integration guidelines at https://developers.tiktok.com/doc/content-sharing-guidelines/',
    )
  const shut = isPrivate(world, account.id)
  if (audience === (shut ? 'PUBLIC_TO_EVERYONE' : 'FOLLOWER_OF_CREATOR'))
    return refuse('privacy_level_option_mismatch', 'privacy_level is not among the options of creator_info.')
  if (world.settings.rateLimits && postsToday(world, account.id) >= postsADay)
    return refuse('spam_risk_too_many_posts', 'The daily post cap from the API is reached for the current user.')
  return undefined
}

function startVideo(world: World, call: Call): Reply {
  const caller = callerOf(world, call, ['video.publish'])
  if ('refusal' in caller) return caller.refusal
  const wish = VideoInit.safeParse(jsonBody(call))
  if (!wish.success) return badParams(z.prettifyError(wish.error))
  const { post_info: about, source_info: source } = wish.data
  const wrong = sourceProblem(source)
  if (wrong) return badParams(wrong)
  const against = ruleAgainst(world, caller, about.privacy_level)
  if (against) return against
  return begin(world, caller, source, { draft: false, text: about.title, audience: about.privacy_level })
}

function startDraft(world: World, call: Call): Reply {
  const caller = callerOf(world, call, ['video.upload'])
  if ('refusal' in caller) return caller.refusal
  const wish = DraftInit.safeParse(jsonBody(call))
  if (!wish.success) return badParams(z.prettifyError(wish.error))
  const wrong = sourceProblem(wish.data.source_info)
  if (wrong) return badParams(wrong)
  if (pendingDrafts(world, caller.account.id) >= draftsPending) return tooManyDrafts()
  return begin(world, caller, wish.data.source_info, { draft: true, text: '', audience: '' })
}

const tooManyDrafts = () =>
  refuse('spam_risk_too_many_pending_share', 'There may be at most 5 pending shares within any 24-hour period.')

function begin(
  world: World,
  { account, token }: Caller,
  source: { video_size: number; chunk_size: number; total_chunk_count: number },
  about: Pick<Plan, 'draft' | 'text' | 'audience'>,
): Reply {
  const media: Media = {
    id: publishId(world, about.draft ? 'v_inbox_file' : 'v_pub_file'),
    ownerId: account.id,
    kind: 'video',
    mime: 'video/mp4',
    totalBytes: source.video_size,
    alt: '',
    parts: {},
    startedAt: world.now(),
    secret: secret(),
  }
  world.state.media.push(media)
  keepPlan(world, media.id, {
    ...about,
    clientKey: token.clientId,
    chunkBytes: source.chunk_size,
    chunks: source.total_chunk_count,
    receivedBytes: 0,
  })
  const upload_url = `${world.url()}/video/upload/${encodeURIComponent(media.id)}/${media.secret}`
  return answer({ publish_id: media.id, upload_url })
}

const rangeOf = (call: Call) => {
  const [, from, to, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(header(call, 'content-range') ?? '') ?? []
  return from === undefined ? undefined : { from: Number(from), to: Number(to), size: Number(size) }
}
const isLast = (call: Call): boolean => {
  const range = rangeOf(call)
  return range !== undefined && range.to === range.size - 1
}

/** One chunk, in order. The last one turns the bytes into a post. */
async function receive(world: World, call: Call): Promise<Reply> {
  const media = mediaById(world, param(call, 'id'))
  const plan = planOf(world, param(call, 'id'))
  if (!media || !plan || media.secret !== param(call, 'token')) return empty(404)
  if ((media.startedAt ?? 0) + addressLifeMs < world.now()) return empty(403)
  const range = rangeOf(call)
  if (!range || range.size !== media.totalBytes || range.to - range.from + 1 !== call.raw.byteLength) return empty(400)
  const index = Math.round(plan.receivedBytes / plan.chunkBytes)
  const ends = index === plan.chunks - 1 ? media.totalBytes : (index + 1) * plan.chunkBytes
  if (range.from !== plan.receivedBytes || range.to !== ends - 1) return empty(416)
  const blob = world.blobs.put(call.raw)
  media.parts[index] = { blob, etag: blob }
  const received = { ...plan, receivedBytes: ends }
  keepPlan(world, media.id, received)
  const reach = { 'content-range': `bytes 0-${range.to}/${range.size}` }
  if (ends < media.totalBytes) return empty(206, reach)
  await finish(world, call, media, received)
  return empty(201, reach)
}

async function finish(world: World, call: Call, media: Media, plan: Plan): Promise<void> {
  const parts = Object.entries(media.parts).toSorted(([a], [b]) => Number(a) - Number(b))
  const whole = Buffer.concat(parts.map(([, p]) => world.blobs.get(p.blob) ?? Buffer.alloc(0)))
  media.blob = world.blobs.put(whole)
  media.readyAt = readyAt(world, call, videoWorkMs)
  const mime = await sniff(whole)
  if (!/^video\/(mp4|webm|quicktime)$/.test(mime)) media.failure = 'file_format_check_failed'
  conclude(world, call, media, plan, [{ blob: media.blob, mime, alt: '' }])
}

/** Makes the post of a sending whose bytes are all here, unless it failed or waits in the inbox, and reports it. */
function conclude(
  world: World,
  call: Call,
  media: Media,
  plan: Plan,
  shown: readonly { blob: string; mime: string; alt: string }[],
): void {
  const account = accountById(world, media.ownerId)
  if (!account) throw new Error(`Nobody owns ${media.id}`)
  const workMs = (media.readyAt ?? 0) - world.now()
  if (media.failure !== undefined || plan.draft) return tell(world, call, media, plan, workMs)
  const post = show(world, call, {
    id: postId(world),
    account,
    kind: 'post',
    text: plan.text,
    rich: [{ text: plan.text }],
    record: { audience: plan.audience, photo: media.kind === 'image' },
    media: shown,
    key: media.id,
    shownInMs: workMs,
  })
  const known = { ...plan, postId: post.id }
  keepPlan(world, media.id, known)
  tell(world, call, media, known, workMs)
}

async function startPhotos(world: World, call: Call): Promise<Reply> {
  const wish = PhotoInit.safeParse(jsonBody(call))
  const draft = wish.data?.post_mode === 'MEDIA_UPLOAD'
  const caller = callerOf(world, call, [draft ? 'video.upload' : 'video.publish'])
  if ('refusal' in caller) return caller.refusal
  if (!wish.success) return badParams(z.prettifyError(wish.error))
  const { post_info: about, source_info: source } = wish.data
  if (!draft && about.privacy_level === undefined) return badParams('privacy_level is required')
  const against = draft ? undefined : ruleAgainst(world, caller, about.privacy_level ?? '')
  if (against) return against
  if (draft && pendingDrafts(world, caller.account.id) >= draftsPending) return tooManyDrafts()
  // On this computer every address of it counts as verified, and no other.
  if (source.photo_images.some((url) => !['127.0.0.1', 'localhost'].includes(new URL(url).hostname)))
    return refuse('url_ownership_unverified', 'Please verify the ownership of the URL properties.')
  const media: Media = {
    id: publishId(world, draft ? 'p_inbox_url' : 'p_pub_url'),
    ownerId: caller.account.id,
    kind: 'image',
    mime: 'image/jpeg',
    totalBytes: 0,
    alt: '',
    parts: {},
    startedAt: world.now(),
    readyAt: readyAt(world, call, photoWorkMs),
    secret: secret(),
  }
  world.state.media.push(media)
  const plan: Plan = {
    draft,
    text: about.description ?? about.title ?? '',
    audience: about.privacy_level ?? '',
    clientKey: caller.token.clientId,
    chunkBytes: 0,
    chunks: 0,
    receivedBytes: 0,
  }
  keepPlan(world, media.id, plan)
  const pulled = await Promise.all(source.photo_images.map(pull))
  const shown = pulled.filter((got) => got !== undefined)
  if (shown.length < pulled.length) media.failure = 'photo_pull_failed'
  else if (shown.some(({ mime }) => !/^image\/(jpeg|webp)$/.test(mime))) media.failure = 'file_format_check_failed'
  const files = shown.map(({ bytes, mime }) => ({ blob: world.blobs.put(bytes), mime, alt: '' }))
  conclude(world, call, media, plan, files)
  return answer({ publish_id: media.id })
}

/** A picture from the address that was given, as TikTok fetches it; nothing when it cannot be had. */
async function pull(url: string): Promise<{ bytes: Buffer; mime: string } | undefined> {
  try {
    const got = await fetch(url, { signal: AbortSignal.timeout(10_000), redirect: 'error' })
    if (!got.ok) return undefined
    const bytes = Buffer.from(await got.arrayBuffer())
    return { bytes, mime: await sniff(bytes) }
  } catch (error) {
    // An address that cannot be reached is what the product shall be told of.
    if (error instanceof Error) return undefined
    throw error
  }
}

const Asked = z.object({ publish_id: z.string().max(64) })

function status(world: World, call: Call): Reply {
  const caller = callerOf(world, call, ['video.publish', 'video.upload'])
  if ('refusal' in caller) return caller.refusal
  const asked = Asked.safeParse(jsonBody(call))
  const media = asked.success ? mediaById(world, asked.data.publish_id) : undefined
  const plan = media && planOf(world, media.id)
  if (!media || !plan || media.ownerId !== caller.account.id)
    return refuse('invalid_publish_id', 'The publish_id does not exist.')
  return answer(statusOf(world, media, plan))
}
