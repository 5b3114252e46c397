import { z } from 'zod'
import { type Call, type Reply, type Route, header, json, jsonBody } from '../core/call'
import { plainLinks } from '../core/links'
import { type World, show } from '../core/network'
import { sniff } from '../core/sniff'
import type { Account, Attachment, Post } from '../core/state'
import { type Entry, entryOf, keepEntry } from './entries'
import { type Fault, badRequest, fault, notFound, problem } from './problems'
import { type Caller, type Linked, type TheirName, callerOf, linkedBy, linkedOf } from './profiles'

const fetchWithinMs = 20_000
const twoDaysMs = 48 * 3_600_000

/** The greatest lengths, by Ayrshare's pages of each network. */
const lengths: Readonly<Record<TheirName, number>> = {
  twitter: 280,
  linkedin: 3_000,
  bluesky: 300,
  facebook: 63_206,
  instagram: 2_200,
  tiktok: 2_200,
}

const Options = z.looseObject({ altText: z.array(z.string()).optional() })
const NewPost = z.looseObject({
  post: z.string(),
  platforms: z.array(z.string()).min(1),
  mediaUrls: z.array(z.url()).default([]),
  isVideo: z.boolean().optional(),
  idempotencyKey: z.string().optional(),
  notes: z.string().optional(),
})
type NewPost = z.output<typeof NewPost>

export function publishRoutes(world: World): readonly Route[] {
  return [
    { method: 'POST', path: '/api/post', operation: 'publish', handle: (call) => publish(world, call) },
    { method: 'DELETE', path: '/api/post', operation: 'delete', handle: (call) => remove(world, call) },
  ]
}

async function publish(world: World, call: Call): Promise<Reply> {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const parsed = NewPost.safeParse(jsonBody(call))
  if (!parsed.success) return badRequest(`Missing or incorrect post parameter. ${z.prettifyError(parsed.error)}`)
  const wish = parsed.data
  if (isSpent(world, caller, wish.idempotencyKey))
    return answer(caller, 400, {
      status: 'error',
      errors: [fault('post', 'The idempotencyKey was already used. Idempotency keys must be unique.')],
      postIds: [],
    })
  // The key is kept whatever becomes of the post.
  if (wish.idempotencyKey) world.state.facts[`key:${caller.profile}:${wish.idempotencyKey}`] = '1'
  const files = await filesOf(world, wish.mediaUrls)
  const errors: Fault[] = []
  const postIds: Entry['postIds'][number][] = []
  for (const platform of wish.platforms) {
    const at = linkedBy(world, caller.profile).find((one) => one.platform === platform)
    const against = objection(world, call, wish, platform, at, files)
    if (against) {
      errors.push(against)
      continue
    }
    if (!at) continue
    const made = appear(world, call, wish, at, files ?? [])
    const postUrl = `${world.url()}/p/${encodeURIComponent(made.id)}`
    postIds.push({ status: 'success', id: made.id, postUrl, platform: at.platform })
  }
  const entry: Entry = {
    id: `Sbx${world.serial().toString(36).padStart(6, '0')}${world.now().toString(36)}`,
    profile: caller.profile,
    post: wish.post,
    platforms: wish.platforms,
    postIds,
    errors,
    status: errors.length > 0 ? 'error' : 'success',
    ...(wish.notes === undefined ? {} : { notes: wish.notes }),
    mediaUrls: wish.mediaUrls,
    created: world.now(),
  }
  keepEntry(world, entry)
  const { status, id } = entry
  return answer(caller, errors.length > 0 ? 400 : 200, {
    status,
    errors,
    postIds,
    id,
    refId: caller.refId,
    post: wish.post,
  })
}

const isSpent = (world: World, { profile }: Caller, key: string | undefined): boolean =>
  key !== undefined && world.state.facts[`key:${profile}:${key}`] !== undefined

/** With a profile key the answer is one of a list. */
const answer = (
  { profile, title }: Caller,
  status: number,
  body: { readonly status: string } & Readonly<Record<string, unknown>>,
): Reply => json(status, profile === '' ? body : { status: body.status, posts: [{ ...body, profileTitle: title }] })

type Files = readonly { readonly blob: string; readonly mime: string }[]

/** Undefined when one of them cannot be fetched. */
async function filesOf(world: World, urls: readonly string[]): Promise<Files | undefined> {
  const files = []
  for (const url of urls) {
    const bytes = await fetched(url)
    if (!bytes) return undefined
    files.push({ blob: world.blobs.put(bytes), mime: await sniff(bytes) })
  }
  return files
}

async function fetched(url: string): Promise<Buffer | undefined> {
  try {
    const got = await fetch(url, { signal: AbortSignal.timeout(fetchWithinMs) })
    return got.ok ? Buffer.from(await got.arrayBuffer()) : undefined
  } catch (error) {
    // An address that cannot be reached is an answer too: the post is refused.
    if (error instanceof Error) return undefined
    throw error
  }
}

function objection(
  world: World,
  call: Call,
  wish: NewPost,
  platform: string,
  at: (Linked & { readonly account: Account }) | undefined,
  files: Files | undefined,
): Fault | undefined {
  const no = (message: string, code?: number) =>
    fault('post', message, { platform, ...(code === undefined ? {} : { code }) })
  if (!at) return no(`${platform} is not linked. Please link the social network in the dashboard.`, 156)
  if (platform === 'twitter' && !header(call, 'x-twitter-oauth1-api-key'))
    return no('X operations require your own API credentials in the headers.')
  if (!files) return no('The media could not be downloaded from the URL. Check that it is publicly accessible.', 479)
  if (wish.post === '' && files.length === 0) return no('A non-empty post or media is required.')
  if (lengthOf(wish.post, platform) > lengths[at.platform])
    return no(`Your post is too long. ${platform} allows ${lengths[at.platform]} characters.`)
  if (platform === 'instagram' && files.length === 0) return no('Instagram requires an image or video.', 138)
  const isSame = (post: Post) => post.deletedAt === undefined && world.now() - post.createdAt < twoDaysMs
  const isTwin = world.settings.refuseDuplicates && world.posts.withText(at.account.id, wish.post).some(isSame)
  return isTwin ? no('Duplicate or similar content posted within the same two day period.', 137) : undefined
}

/** X counts every address as 23 characters. */
const lengthOf = (text: string, platform: string): number =>
  [...(platform === 'twitter' ? text.replaceAll(/https?:\/\/\S+/g, 'x'.repeat(23)) : text)].length

const optionNames: Readonly<Record<TheirName, string>> = {
  twitter: 'twitterOptions',
  linkedin: 'linkedInOptions',
  bluesky: 'blueSkyOptions',
  facebook: 'faceBookOptions',
  instagram: 'instagramOptions',
  tiktok: 'tikTokOptions',
}

/** What somebody posts on the network itself: Ayrshare has no entry of it. */
export function postElsewhere(world: World, call: Call, account: Account, text: string): Post {
  const { platform = 'facebook', socialId = '' } = linkedOf(world, account) ?? {}
  const id = idOn(world, platform, socialId)
  return show(world, call, { id, account, kind: 'post', text, rich: plainLinks(text), record: {} })
}

function appear(
  world: World,
  call: Call,
  wish: NewPost,
  { platform, socialId, account }: Linked & { readonly account: Account },
  files: Files,
): Post {
  const { altText = [] } = Options.safeParse(wish[optionNames[platform]] ?? {}).data ?? {}
  const media = files.map((file, at): Attachment => ({ ...file, alt: altText[at] ?? '' }))
  return show(world, call, {
    id: idOn(world, platform, socialId),
    account,
    kind: 'post',
    text: wish.post,
    rich: plainLinks(wish.post),
    record: wish,
    media,
    ...(wish.idempotencyKey === undefined ? {} : { key: wish.idempotencyKey }),
  })
}

/** 19 digits that rise with time. */
const digits = (world: World): string => ((BigInt(world.now()) << 22n) | BigInt(world.serial() % 4_194_304)).toString()

function idOn(world: World, platform: TheirName, socialId: string): string {
  const number = digits(world)
  switch (platform) {
    case 'facebook':
      return `${socialId}_${number}`
    case 'linkedin':
      return `urn:li:share:${number}`
    case 'bluesky':
      return `at://${socialId}/app.bsky.feed.post/3${BigInt(number).toString(36)}`
    case 'twitter':
    case 'instagram':
    case 'tiktok':
      return number
  }
}

const undeletable: readonly string[] = ['instagram', 'tiktok']

function remove(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const parsed = z.object({ id: z.string() }).safeParse(jsonBody(call))
  if (!parsed.success) return badRequest('The id of the post is required.')
  const entry = entryOf(world, parsed.data.id)
  if (!entry || entry.profile !== caller.profile) return notFound('The post was not found.')
  if (entry.status === 'deleted') return problem(400, fault('delete', 'The post was already deleted.', { code: 383 }))
  const kept = entry.postIds.filter(({ platform }) => undeletable.includes(platform))
  if (kept.length > 0)
    return problem(400, fault('delete', `${kept[0]?.platform} does not support deleting posts by API.`))
  for (const { id } of entry.postIds) {
    const post = world.posts.get(id)
    if (post) post.deletedAt ??= world.now()
  }
  keepEntry(world, { ...entry, status: 'deleted' })
  return json(200, {
    ...Object.fromEntries(
      entry.postIds.map(({ platform, id }) => [platform, { action: 'delete', status: 'success', id }]),
    ),
    status: 'success',
  })
}
