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
const told = new Set(['post.mention.create', 'post.reply.create', 'post.quote.create'])

/**
 * A report of X's activity API. One that does not say who its author is called says too little: the next reading of the
 * mentions brings the same post whole. Quotes are in no such reading, and are told as they are; our own are nobody's word.
 */
export function fromEvent(event: WebhookEvent): readonly Incoming[] {
  if (!told.has(event.type)) return []
  const raw = Raw.safeParse(event.raw)
  if (!raw.success) return []
  const { payload, includes } = raw.data
  const me = event.accountExternalId
  const isQuote = event.type === 'post.quote.create'
  const isNamed = includes?.users?.some(({ id }) => id === payload.author_id) ?? false
  if (isQuote ? payload.author_id === me : !isNamed) return []
  // A report comes without the settings of our app: only the sandbox would have another address.
  const item = fromPost({ webUrl: 'https://x.com' }, { externalId: me }, payload, includes)
  if (!isQuote) return [item]
  const quoted = referencesOf(payload).find(({ type }) => type === 'quoted')?.id
  const somebody = { externalId: payload.author_id, handle: payload.author_id, displayName: 'Somebody on X' }
  return [
    {
      ...item,
      ...(quoted && !item.post ? { post: quoted } : {}),
      ...(isNamed ? {} : { author: { ...somebody, nameless: true } }),
    },
  ]
}
