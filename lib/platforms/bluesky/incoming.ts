import type { AppBskyNotificationListNotifications } from '@atproto/api'
import { z } from 'zod'
import type { AppConfig, Credentials, Incoming } from '../platform'
import { rkeyOf } from './translate'

type Notification = AppBskyNotificationListNotifications.Notification

const StrongRef = z.object({ uri: z.string(), cid: z.string() })
const Image = z.object({ image: z.object({ ref: z.unknown() }) })
const PostRecord = z.object({
  text: z.string(),
  reply: z.object({ root: StrongRef, parent: StrongRef }).optional(),
  embed: z
    .object({ images: z.array(Image) })
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

/** Pictures lie at their author's own server, which only the index knows: it shows them to everybody. */
function picturesOf(app: AppConfig, as: Credentials, author: string, images: readonly z.output<typeof Image>[]) {
  const isOfficial = new URL(app.apiUrl).host === 'bsky.social'
  return images.map(({ image }) => {
    // The maker's client has made a CID of the link; as a text it is the link again.
    const cid = String(image.ref)
    const url = isOfficial
      ? `https://cdn.bsky.app/img/feed_fullsize/plain/${author}/${cid}@jpeg`
      : `${as.server ?? app.apiUrl}/xrpc/com.atproto.sync.getBlob?${new URLSearchParams({ did: author, cid })}`
    return { kind: 'image' as const, url }
  })
}

/** What a notification says to us; undefined for what is nobody's word: a follow, a verification. */
export function fromNotification(app: AppConfig, as: Credentials, told: Notification): Incoming | undefined {
  const kind = kindOf(told.reason)
  if (!kind) return undefined
  const { uri, cid, author, indexedAt, reasonSubject } = told
  const me = as.externalId
  const common = {
    externalId: uri,
    kind,
    change: 'new',
    at: new Date(indexedAt).toISOString(),
    author: {
      externalId: author.did,
      handle: `@${author.handle}`,
      displayName: author.displayName || author.handle,
      ...(author.avatar ? { avatarUrl: author.avatar } : {}),
    },
    own: author.did === me,
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
  const { text, reply, embed } = record.data
  const self = { uri, cid }
  const root = reply?.root ?? self
  const post = [root.uri, ours].find((subject) => subject !== undefined && ownerOf(subject) === me)
  return {
    ...common,
    text,
    conversation: root.uri,
    ...(reply ? { parent: reply.parent.uri } : {}),
    ...(post ? { post } : {}),
    url: `${app.webUrl}/profile/${author.did}/post/${rkeyOf(uri)}`,
    media: picturesOf(app, as, author.did, embed?.images ?? []),
    ref: { root, parent: self },
  }
}
