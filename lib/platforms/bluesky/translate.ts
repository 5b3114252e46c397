import type { AppBskyFeedDefs, AppBskyFeedPost } from '@atproto/api'
import { z } from 'zod'
import { fail, ok, type Result } from '@/lib/core/result'
import { wordsOf } from '../options'
import { judge, lapsed, resetTime, sentence, type Effect, type Refusal } from '../outcome'
import type { Metrics, Part, PlatformError, Published } from '../platform'
import { blueskyFacets } from '../text'
import type { Problem, XrpcTrouble } from './api'

const fiveMinutesMs = 5 * 60_000

/** Names XRPC servers give to a token that is spent, whatever the status beside them. */
const spentTokens = new Set([
  'ExpiredToken',
  'InvalidToken',
  'AuthMissing',
  'AuthenticationRequired',
  'AccountDeactivated',
  'AccountTakedown',
])

/** What is wrong, by the server's name for it. */
const known: Readonly<Record<string, string>> = {
  BlobTooLarge: 'Bluesky says this file is too large.',
  InvalidMimeType: 'Bluesky does not take files of this kind.',
  RepoNotFound: 'Bluesky does not know this account any more.',
  AccountSuspended: 'Bluesky has suspended this account.',
}

function refused({ status, headers, problem }: Refusal<Problem>, now: Date): PlatformError {
  const name = problem?.error ?? ''
  if (status === 429 || name === 'RateLimitExceeded') {
    return {
      code: 'rate_limited',
      retryAt: resetTime(headers, 'ratelimit-reset', new Date(now.getTime() + fiveMinutesMs), now),
    }
  }
  if (status === 401 || spentTokens.has(name)) {
    return {
      code: 'auth_expired',
      reason: 'Bluesky no longer accepts this sign-in. Reconnect the account with an app password.',
    }
  }
  const words = problem?.message ?? name
  // A file without a post is dropped after a while, and a post is not made without its files.
  if (name === 'BlobNotFound') return lapsed('Bluesky', { said: `Bluesky refused it: ${sentence(words)}` })
  if (/grapheme|must not be longer than|too long/i.test(words) && /text/i.test(words)) {
    return { code: 'rejected', reason: 'Bluesky says the text is too long: 300 characters are the most. Shorten it.' }
  }
  return {
    code: 'rejected',
    reason:
      known[name] ??
      (words ? `Bluesky refused it: ${sentence(words)}` : `Bluesky refused it without saying why (HTTP ${status}).`),
  }
}

export const blueskyError = (trouble: XrpcTrouble, effect: Effect, now: Date): PlatformError =>
  judge('Bluesky', trouble, effect, (refusal) => refused(refusal, now))

/** A refused password is no expired session. */
export function signInError(trouble: XrpcTrouble, now: Date): PlatformError {
  if (trouble.kind === 'refused' && trouble.problem?.error === 'AuthFactorTokenRequired') {
    return {
      code: 'rejected',
      reason:
        'This is the account’s main password. Make an app password in Bluesky under Settings → Privacy and security → App passwords, and use that.',
    }
  }
  if (trouble.kind === 'refused' && trouble.status === 401)
    return { code: 'auth_expired', reason: 'Bluesky does not know this handle with this app password.' }
  return blueskyError(trouble, 'none', now)
}

const StrongRef = z.object({ uri: z.string(), cid: z.string() })
export type StrongRef = z.output<typeof StrongRef>
const strong = ({ ref }: Published): StrongRef => StrongRef.parse(ref)

export const rkeyOf = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1)

export const toPublished = (webUrl: string, did: string, ref: StrongRef): Published => ({
  externalId: ref.uri,
  url: `${webUrl}/profile/${did}/post/${rkeyOf(ref.uri)}`,
  ref: { uri: ref.uri, cid: ref.cid },
})

/** An uploaded file as it stands in a record: plain JSON, so that it can be kept. */
export const Blob = z.object({
  $type: z.literal('blob'),
  ref: z.object({ $link: z.string() }),
  mimeType: z.string(),
  size: z.number(),
})
export type Blob = z.output<typeof Blob>
export const MediaRef = z.union([z.object({ blob: Blob }), z.object({ jobId: z.string() })])

type Media = Part['media'][number]

function blobOf({ ref }: Pick<Media, 'ref'>): Blob {
  const kept = MediaRef.parse(ref)
  if (!('blob' in kept)) throw new Error('A video is published before Bluesky has processed it')
  return kept.blob
}

const ratioOf = ({ width, height }: Media) => (width && height ? { aspectRatio: { width, height } } : {})

function embedOf(part: Part): Record<string, unknown> | undefined {
  const [first] = part.media
  if (first && first.kind !== 'image') {
    const presentation = first.kind === 'gif' ? { presentation: 'gif' } : {}
    return {
      $type: 'app.bsky.embed.video',
      video: blobOf(first),
      ...(first.alt ? { alt: first.alt } : {}),
      ...ratioOf(first),
      ...presentation,
    }
  }
  if (first) {
    const images = part.media.map((media) => ({ image: blobOf(media), alt: media.alt, ...ratioOf(media) }))
    return { $type: 'app.bsky.embed.images', images }
  }
  if (!part.link) return undefined
  const { url, title, description, picture } = part.link
  const external = {
    uri: url,
    title: title || (URL.canParse(url) ? new URL(url).host : url),
    description: description ?? '',
    ...(picture === undefined ? {} : { thumb: blobOf({ ref: picture }) }),
  }
  return { $type: 'app.bsky.embed.external', external }
}

/** The handles a text mentions, for the adapter to resolve. */
export const mentionsIn = (text: string): string[] => [
  ...new Set(
    blueskyFacets(text).facets.flatMap(({ features }) =>
      features.flatMap((f) => (f.kind === 'mention' ? f.handle : [])),
    ),
  ),
]

type TheirFeature = { readonly $type: string; readonly uri?: string; readonly tag?: string; readonly did?: string }

function facetsOf(found: ReturnType<typeof blueskyFacets>['facets'], dids: ReadonlyMap<string, string>) {
  return found.flatMap(({ byteStart, byteEnd, features }) => {
    const theirs = features.flatMap((feature): readonly TheirFeature[] => {
      switch (feature.kind) {
        case 'link':
          return [{ $type: 'app.bsky.richtext.facet#link', uri: feature.uri }]
        case 'tag':
          return [{ $type: 'app.bsky.richtext.facet#tag', tag: feature.tag }]
        case 'mention': {
          const did = dids.get(feature.handle)
          return did ? [{ $type: 'app.bsky.richtext.facet#mention', did }] : []
        }
      }
    })
    return theirs.length > 0 ? [{ index: { byteStart, byteEnd }, features: theirs }] : []
  })
}

/** A post's record as we send it: plain JSON whose bytes depend on the part and the resolved mentions alone. */
export type PostRecord = {
  readonly $type: 'app.bsky.feed.post'
  readonly text: string
  readonly createdAt: string
  readonly [field: string]: unknown
}

/** Our part in Bluesky's words; fails where Bluesky has no words for it. */
export function toRecord(part: Part, dids: ReadonlyMap<string, string>): Result<PostRecord, PlatformError> {
  if (part.media.length > 0 && part.link && !part.text.includes(part.link.url)) {
    return fail({
      code: 'rejected',
      reason: 'Bluesky shows media or a link card, not both. Put the link into the text.',
    })
  }
  const { text, facets } = blueskyFacets(part.text)
  const theirs = facetsOf(facets, dids)
  const embed = embedOf(part)
  return ok({
    $type: 'app.bsky.feed.post',
    text,
    createdAt: part.key.createdAt,
    ...(theirs.length > 0 ? { facets: theirs } : {}),
    ...(part.replyTo ? { reply: { root: strong(part.replyTo.root), parent: strong(part.replyTo.parent) } } : {}),
    ...(embed ? { embed } : {}),
    ...chosen(part),
  })
}

/** What was chosen for the post: its warning stands on each part, for each is seen alone. */
function chosen({ options }: Part) {
  const [langs, tags] = [wordsOf(options?.languages), wordsOf(options?.tags)]
  const warning = options?.warning
  return {
    ...(langs.length > 0 ? { langs } : {}),
    ...(tags.length > 0 ? { tags: tags.map((tag) => tag.replace(/^#/, '')) } : {}),
    ...(typeof warning === 'string' && warning !== 'none'
      ? { labels: { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: warning }] } }
      : {}),
  }
}

const gates: Readonly<Record<string, readonly string[]>> = {
  followers: ['followerRule'],
  following: ['followingRule'],
  mentioned: ['mentionRule'],
  nobody: [],
}

/** Who may answer a thread, as the record that lies under its post's key; undefined when everyone may. */
export function toGate(repo: string, rkey: string, { options, replyTo, key }: Part): GateRecord | undefined {
  const allow = replyTo ? undefined : gates[String(options?.replies)]
  return (
    allow && {
      $type: 'app.bsky.feed.threadgate',
      post: `at://${repo}/app.bsky.feed.post/${rkey}`,
      allow: allow.map((rule) => ({ $type: `app.bsky.feed.threadgate#${rule}` })),
      createdAt: key.createdAt,
    }
  )
}
type GateRecord = { readonly $type: 'app.bsky.feed.threadgate'; readonly [field: string]: unknown }

/** Is the record under our key ours? Key, moment and text of an intent are fixed before it is sent. */
export const isOurs = (value: unknown, part: Part): boolean => {
  const kept = z.object({ text: z.string(), createdAt: z.string() }).safeParse(value)
  return kept.success && kept.data.createdAt === part.key.createdAt && kept.data.text === blueskyFacets(part.text).text
}

export const toMetrics = (post: AppBskyFeedDefs.PostView): Metrics => ({
  ...(post.likeCount === undefined ? {} : { likes: post.likeCount }),
  ...(post.replyCount === undefined ? {} : { comments: post.replyCount }),
  ...(post.repostCount === undefined ? {} : { shares: post.repostCount }),
  ...(post.quoteCount === undefined ? {} : { quotes: post.quoteCount }),
  ...(post.bookmarkCount === undefined ? {} : { saves: post.bookmarkCount }),
})

/** The maker's type for the same JSON; blobs are given in the form that goes over the wire. */
export const asMakersRecord = (record: PostRecord): AppBskyFeedPost.Record => record as AppBskyFeedPost.Record
