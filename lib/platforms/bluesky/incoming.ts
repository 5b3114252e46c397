import type { AppBskyNotificationListNotifications } from '@atproto/api'
import { z } from 'zod'
import type { AppConfig, Credentials, Incoming } from '../platform'
import { rkeyOf } from './translate'

type Notification = AppBskyNotificationListNotifications.Notification

const StrongRef = z.object({ uri: z.string(), cid: z.string() })
const Blob = z.object({ ref: z.unknown() })
const Image = z.object({ image: Blob, alt: z.string().optional() })
/** app.bsky.embed.images and .video, and what .recordWithMedia has beside the post that is quoted. */
const Files = z.object({
  images: z.array(Image).default([]),
  video: Blob.optional(),
  alt: z.string().optional(),
})
const PostRecord = z.object({
  text: z.string(),
  langs: z.array(z.string()).optional().catch(undefined),
  reply: z.object({ root: StrongRef, parent: StrongRef }).optional(),
  embed: z
    .union([z.object({ media: Files }).transform(({ media }) => media), Files])
    .optional()
    .catch(undefined),
})

const kinds = {
  reply: 'comment',
  mention: 'mention',
  // A quote has words of its own, and wants an answer as any word does.
  quote: 'mention',
  like: 'reaction',
  repost: 'share',
} as const satisfies Record<string, Incoming['kind']>
const kindOf = (reason: string): Incoming['kind'] | undefined =>
  Object.hasOwn(kinds, reason) ? kinds[reason as keyof typeof kinds] : undefined

const ownerOf = (uri: string): string => uri.split('/')[2] ?? ''

/**
 * Files lie at their author's own server, which only the index knows: it shows pictures to everybody, and films in pieces
 * alone, which no address stands for.
 */
function filesOf(
  app: AppConfig,
  as: Credentials,
  author: string,
  { images, video, alt: said }: z.output<typeof Files>,
): Incoming['media'] {
  const isOfficial = new URL(app.apiUrl).host === 'bsky.social'
  const files = [
    ...images.map(({ image, alt }) => ({ kind: 'image' as const, blob: image, alt })),
    ...(video ? [{ kind: 'video' as const, blob: video, alt: said }] : []),
  ]
  return files.map(({ kind, blob, alt }) => {
    // The maker's client has made a CID of the link; as a text it is the link again.
    const cid = String(blob.ref)
    const atServer = `${as.server ?? app.apiUrl}/xrpc/com.atproto.sync.getBlob?${new URLSearchParams({ did: author, cid })}`
    const shown = kind === 'image' ? `https://cdn.bsky.app/img/feed_fullsize/plain/${author}/${cid}@jpeg` : undefined
    const url = isOfficial ? shown : atServer
    return { kind, ...(url ? { url } : {}), ...(alt ? { alt } : {}) }
  })
}

/** What a notification says to us; undefined for what is nobody's word: a follow, a verification. */
export const fromNotification = (app: AppConfig, as: Credentials, { author, ...told }: Notification) =>
  fromTold(app, as, {
    ...told,
    author: {
      externalId: author.did,
      handle: `@${author.handle}`,
      displayName: author.displayName || author.handle,
      ...(author.avatar ? { avatarUrl: author.avatar } : {}),
    },
  })

type Told = Pick<Notification, 'uri' | 'cid' | 'reason' | 'reasonSubject' | 'record' | 'indexedAt'> & {
  readonly author: Incoming['author']
}

function fromTold(app: AppConfig, as: Credentials, told: Told): Incoming | undefined {
  const kind = kindOf(told.reason)
  if (!kind) return undefined
  const { uri, cid, author, indexedAt, reasonSubject } = told
  const me = as.externalId
  const common = {
    externalId: uri,
    kind,
    change: 'new',
    at: new Date(indexedAt).toISOString(),
    author,
    own: author.externalId === me,
  } as const
  const ours = [reasonSubject].find((subject) => subject !== undefined && ownerOf(subject) === me)
  if (kind === 'reaction' || kind === 'share')
    return {
      ...common,
      text: '',
      conversation: reasonSubject ?? uri,
      ...(ours ? { post: ours } : {}),
      ...(kind === 'reaction' ? { reaction: '♥' } : {}),
      media: [],
      ref: {},
    }
  const record = PostRecord.safeParse(told.record)
  if (!record.success) return undefined
  const { text, langs, reply, embed } = record.data
  // Of several none is said to be the first.
  const [language, another] = langs ?? []
  const self = { uri, cid }
  const root = reply?.root ?? self
  const post = [root.uri, ours].find((subject) => subject !== undefined && ownerOf(subject) === me)
  return {
    ...common,
    text,
    ...(language && !another ? { language } : {}),
    conversation: root.uri,
    ...(reply ? { parent: reply.parent.uri } : {}),
    ...(post ? { post } : {}),
    url: `${app.webUrl}/profile/${author.externalId}/post/${rkeyOf(uri)}`,
    media: embed ? filesOf(app, as, author.externalId, embed) : [],
    ref: { root, parent: self },
  }
}

const Subject = z.object({ uri: z.string() })
/** Whom a post concerns: whom it answers, quotes and names. */
const Addressed = z.object({
  reply: z.object({ root: Subject, parent: Subject }).optional(),
  facets: z
    .array(z.object({ features: z.array(z.object({ did: z.string().optional() })) }))
    .optional()
    .catch(undefined),
  embed: z
    .object({ record: z.union([z.object({ record: Subject }).transform(({ record }) => record), Subject]) })
    .optional()
    .catch(undefined),
})

/** Why we would be notified of a post, as the index decides it; our own answers to others belong to what they answer. */
function reasonOf(record: unknown, author: string, me: string): Pick<Told, 'reason' | 'reasonSubject'> | undefined {
  const post = Addressed.safeParse(record)
  if (!post.success) return undefined
  const { reply, facets = [], embed } = post.data
  const isOurs = ({ uri }: { uri: string }) => ownerOf(uri) === me
  if (author === me)
    return reply && !isOurs(reply.parent) ? { reason: 'reply', reasonSubject: reply.parent.uri } : undefined
  if (reply && (isOurs(reply.parent) || isOurs(reply.root))) return { reason: 'reply', reasonSubject: reply.parent.uri }
  if (embed && isOurs(embed.record)) return { reason: 'quote', reasonSubject: embed.record.uri }
  const isNamed = facets.some(({ features }) => features.some(({ did }) => did === me))
  return isNamed ? { reason: 'mention' } : undefined
}

/** Somebody's post that concerns us, as it was written. Who they are is told by their DID alone. */
export function fromCommit(
  app: AppConfig,
  as: Credentials,
  { did, uri, cid, record, at }: { did: string; uri: string; cid: string; record: unknown; at: string },
): Incoming | undefined {
  const why = reasonOf(record, did, as.externalId)
  if (!why) return undefined
  const author = { externalId: did, handle: did, displayName: 'Somebody on Bluesky', nameless: true } as const
  // Read by this file's own schema, as what the index gives is.
  return fromTold(app, as, { ...why, uri, cid, record: record as Told['record'], indexedAt: at, author })
}

/** All that is told of a post that was taken away is its key. */
export const gonePost = (uri: string, at: string): Incoming => ({
  externalId: uri,
  kind: 'mention',
  change: 'deleted',
  text: '',
  at,
  author: { externalId: '', handle: '', displayName: '' },
  own: false,
  conversation: uri,
  media: [],
  ref: {},
})
