import { z } from 'zod'
import type { AppConfig, Credentials, Incoming, WebhookEvent } from '../platform'
import { Includes, Mention } from './api'
import { publicFiles } from './files'
import { toPublished, writtenText } from './translate'

export function authorOf(id: string, includes: Includes | undefined): Incoming['author'] {
  const author = includes?.users?.find((user) => user.id === id)
  return {
    externalId: id,
    handle: author ? `@${author.username}` : '',
    displayName: author?.name ?? '',
    ...(author?.profile_image_url ? { avatarUrl: author.profile_image_url } : {}),
    ...(author?.public_metrics ? { followers: author.public_metrics.followers_count } : {}),
  }
}

const referencesOf = (post: Mention) => post.referenced_posts ?? post.referenced_tweets ?? []

/** Somebody's post that names or quotes us. What it answers is ours when it answers us. */
export function fromPost(
  { webUrl }: Pick<AppConfig, 'webUrl'>,
  as: Pick<Credentials, 'externalId'>,
  post: Mention,
  includes: Includes | undefined,
): Incoming {
  const parent = referencesOf(post).find(({ type }) => type === 'replied_to')?.id
  const answersUs = parent !== undefined && post.in_reply_to_user_id === as.externalId
  return {
    externalId: post.id,
    kind: answersUs ? 'comment' : 'mention',
    change: 'new',
    text: writtenText(post),
    ...(post.lang ? { language: post.lang } : {}),
    at: new Date(post.created_at).toISOString(),
    author: authorOf(post.author_id, includes),
    own: post.author_id === as.externalId,
    conversation: post.conversation_id ?? post.id,
    ...(parent ? { parent } : {}),
    ...(answersUs ? { post: parent } : {}),
    url: toPublished(webUrl, post.id).url,
    media: publicFiles(post.attachments?.media_keys, includes),
    ref: {},
  }
}

const Raw = z.object({ payload: Mention, includes: Includes.optional() })
const RawLike = z.object({
  payload: z.object({
    id: z.string().min(1),
    liked_tweet_id: z.string(),
    tweet_author_id: z.string(),
    created_at: z.string(),
  }),
  includes: Includes.optional(),
})
const told = new Set(['post.mention.create', 'post.reply.create', 'post.quote.create', 'post.repost.create'])

/** Where X names nobody, all of them are one person: a name is not to be had later, either. */
const unnamed = { externalId: 'unnamed', handle: '', displayName: 'Somebody on X' }

/**
 * A report of X's activity API. One that does not say who its author is called says too little: the next reading of the
 * mentions brings the same post whole. Quotes, reposts and likes are in no such reading, and are told as they are; our own
 * are nobody's word.
 */
export function fromEvent(event: WebhookEvent): readonly Incoming[] {
  const me = event.accountExternalId
  if (event.type === 'like.create') return fromLike(me, event.raw)
  if (event.type === 'post.create') return fromOwn(me, event.raw)
  if (!told.has(event.type)) return []
  const raw = Raw.safeParse(event.raw)
  if (!raw.success) return []
  const { payload, includes } = raw.data
  const isMention = event.type === 'post.mention.create' || event.type === 'post.reply.create'
  const isNamed = includes?.users?.some(({ id }) => id === payload.author_id) ?? false
  if (isMention ? !isNamed : payload.author_id === me) return []
  // A report comes without the settings of our app: only the sandbox would have another address.
  const item = fromPost({ webUrl: 'https://x.com' }, { externalId: me }, payload, includes)
  if (isMention) return [item]
  const somebody = { externalId: payload.author_id, handle: payload.author_id, displayName: 'Somebody on X' }
  const author = isNamed ? item.author : { ...somebody, nameless: true as const }
  const of = (type: string) => referencesOf(payload).find((each) => each.type === type)?.id
  if (event.type === 'post.quote.create') {
    const quoted = of('quoted')
    return [{ ...item, ...(quoted && !item.post ? { post: quoted } : {}), author }]
  }
  const shared = of('retweeted')
  return shared ? [{ ...doneTo(shared), externalId: payload.id, kind: 'share', at: item.at, author }] : []
}

/** What the account answers others, also by X's own app: no list of mentions has it. Its other posts are nobody's word. */
function fromOwn(me: string, given: unknown): readonly Incoming[] {
  const raw = Raw.safeParse(given)
  if (!raw.success) return []
  const { payload, includes } = raw.data
  const isAnswer = payload.in_reply_to_user_id !== undefined && payload.in_reply_to_user_id !== me
  if (payload.author_id !== me || !isAnswer) return []
  return [fromPost({ webUrl: 'https://x.com' }, { externalId: me }, payload, includes)]
}

/** X's description of a like names the author of the post and not who liked it: that is among the users beside it, if at all. */
function fromLike(me: string, given: unknown): readonly Incoming[] {
  const raw = RawLike.safeParse(given)
  // What the account itself likes is reported by the same name.
  if (!raw.success || raw.data.payload.tweet_author_id !== me) return []
  const { payload, includes } = raw.data
  const others = includes?.users?.filter(({ id }) => id !== me) ?? []
  if (includes?.users?.length && others.length === 0) return []
  const [liker, ...more] = others
  return [
    {
      ...doneTo(payload.liked_tweet_id),
      externalId: `like:${payload.id}`,
      kind: 'reaction',
      reaction: '♥',
      at: new Date(payload.created_at).toISOString(),
      author: liker && more.length === 0 ? authorOf(liker.id, includes) : unnamed,
    },
  ]
}

/** What is done to a post of ours without a word. */
const doneTo = (post: string) =>
  ({ change: 'new', text: '', own: false, conversation: post, post, media: [], ref: {} }) as const
