import { z } from 'zod'
import { type Call, type Reply, type Route, json, jsonBody, param } from '../core/call'
import { filmLengthMs } from '../core/film-length'
import { setHidden } from '../core/hiding'
import { type World, accountById, mediaById, show } from '../core/network'
import type { Account, Media, Post } from '../core/state'
import { userOf } from './caller'
import { snowflake } from './ids'
import { allowed } from './plans'
import { duplicateText, forbidden, invalidRequest } from './problems'
import { cashtagCount, mentions, rich, told, weight } from './text'
import { isForgotten } from './media'
import { mediaUrl, quotedBy } from './views'
import { tell } from './webhooks'

/** How long X remembers a text (undocumented; users report hours, up to 12). */
const duplicateWindowMs = 12 * 3_600_000
const id = z.string().regex(/^[0-9]{1,19}$/)

const NewPost = z
  .strictObject({
    text: z.string().default(''),
    reply: z
      .strictObject({
        in_reply_to_tweet_id: id,
        exclude_reply_user_ids: z.array(z.string()).optional(),
        auto_populate_reply_metadata: z.boolean().optional(),
      })
      .optional(),
    media: z
      .strictObject({ media_ids: z.array(id).min(1).max(4), tagged_user_ids: z.array(id).max(10).optional() })
      .optional(),
    poll: z
      .strictObject({
        options: z.array(z.string().min(1).max(25)).min(2).max(4),
        duration_minutes: z.number().int().min(5).max(10_080),
        reply_settings: z.enum(['following', 'mentionedUsers', 'subscribers', 'verified']).optional(),
      })
      .optional(),
    quote_tweet_id: id.optional(),
    reply_settings: z.enum(['following', 'mentionedUsers', 'subscribers', 'verified']).optional(),
    for_super_followers_only: z.boolean().optional(),
    made_with_ai: z.boolean().optional(),
    paid_partnership: z.boolean().optional(),
    nullcast: z.boolean().optional(),
    card_uri: z.string().optional(),
    community_id: id.optional(),
    share_with_followers: z.boolean().optional(),
    direct_message_deep_link: z.string().optional(),
    geo: z.strictObject({ place_id: z.string() }).optional(),
    edit_options: z.strictObject({ previous_post_id: id }).optional(),
  })
  .refine((p) => [p.media, p.poll, p.quote_tweet_id, p.card_uri].filter((v) => v !== undefined).length < 2, {
    message: 'media, poll, quote_tweet_id and card_uri are mutually exclusive',
  })
type NewPost = z.infer<typeof NewPost>

export function publishRoutes(world: World): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/2/tweets',
      operation: 'publish',
      limit: { name: 'POST /2/tweets', max: 100, windowMs: 15 * 60_000 },
      handle: (call) => publish(world, call),
    },
    {
      method: 'DELETE',
      path: '/2/tweets/:id',
      operation: 'delete',
      limit: { name: 'DELETE /2/tweets', max: 50, windowMs: 15 * 60_000 },
      handle: (call) => remove(world, call),
    },
    {
      method: 'PUT',
      path: '/2/tweets/:id/hidden',
      operation: 'comment',
      limit: { name: 'PUT /2/tweets/:id/hidden', max: 50, windowMs: 15 * 60_000 },
      handle: (call) => hide(world, call),
    },
  ]
}

/** Only answers in a conversation that the account began. */
function hide(world: World, call: Call): Reply {
  const caller = userOf(world, call, ['tweet.read', 'users.read', 'tweet.moderate.write'])
  if ('refusal' in caller) return caller.refusal
  const wish = z.strictObject({ hidden: z.boolean() }).safeParse(jsonBody(call))
  if (!wish.success) return invalidRequest(['$.hidden: is missing but it is required'])
  const post = world.posts.get(param(call, 'id'))
  const root = world.posts.get(post?.rootId ?? '')
  if (!post || post.deletedAt !== undefined || root?.accountId !== caller.account.id)
    return forbidden('You are not permitted to hide or unhide this Tweet.')
  setHidden(world, post.id, wish.data.hidden)
  return json(200, { data: { hidden: wish.data.hidden } })
}

function publish(world: World, call: Call): Reply {
  const caller = userOf(world, call, ['tweet.read', 'tweet.write', 'users.read'])
  if ('refusal' in caller) return caller.refusal
  const parsed = NewPost.safeParse(jsonBody(call))
  if (!parsed.success)
    return invalidRequest(
      parsed.error.issues.map((i) => `${i.path.length ? `$.${i.path.join('.')}: ` : ''}${i.message}`),
    )
  const wish = parsed.data
  const refusal = refuse(world, caller.account, wish)
  if (refusal) return refusal
  const media = attach(world, caller.account, wish)
  if ('status' in media) return media
  for (const file of media) file.used = true

  const newId = snowflake(world)
  const parent = wish.reply ? world.posts.get(wish.reply.in_reply_to_tweet_id) : undefined
  const post = show(world, call, {
    id: newId,
    account: caller.account,
    kind: parent ? 'reply' : 'post',
    text: wish.text,
    rich: rich(wish.text),
    record: wish,
    media: media.map((m) => ({ blob: m.blob ?? '', mime: m.mime, alt: m.alt })),
    ...(wish.poll ? { poll: wish.poll.options } : {}),
    ...(parent ? { parentId: parent.id, rootId: parent.rootId ?? parent.id } : {}),
  })
  tell(world, call, 'post.create', caller.account, post)
  const { kept } = told(wish.text, {
    isReply: parent !== undefined,
    ...(media.length ? { mediaUrl: mediaUrl(world, caller.account.handle, newId) } : {}),
  })
  return json(201, {
    data: { id: newId, text: kept.text, edit_history_tweet_ids: [newId], edit_history_post_ids: [newId] },
  })
}

function refuse(world: World, account: Account, wish: NewPost): Reply | undefined {
  if (wish.text.trim() === '' && !wish.media && !wish.poll)
    return invalidRequest(['One of the following must be present: text, media, poll'])
  // Never shown by the maker's spec; the sentence is the one users of the API report.
  if (weight(wish.text, wish.reply !== undefined) > allowed(world, account).weight)
    return invalidRequest([
      'Your Tweet text is too long. For more information on how Twitter determines text length see https://github.com/twitter/twitter-text.',
    ])
  if (cashtagCount(wish.text) > 1) return forbidden('A post may contain at most one cashtag.')
  if (wish.quote_tweet_id !== undefined)
    return forbidden('Quoting a post is not available to self-serve apps since 2026-04-20.')
  if (wish.reply) {
    const parent = world.posts.get(wish.reply.in_reply_to_tweet_id)
    // An index that lags hides a post from listings, not from being answered.
    if (!parent || parent.deletedAt !== undefined)
      return forbidden('You attempted to reply to a Tweet that is deleted or not visible to you.')
    if (!maySummon(world, account, parent))
      return forbidden(
        'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.',
      )
  }
  if (world.settings.refuseDuplicates && isDuplicate(world, account, wish)) return duplicateText()
  return undefined
}

/** Since 2026-02-23 an app may answer another's post only when that post mentions the account, or quotes it. */
function maySummon(world: World, account: Account, parent: Post): boolean {
  return (
    parent.accountId === account.id ||
    world.posts.get(quotedBy(parent) ?? '')?.accountId === account.id ||
    mentions(parent.text).some((m) => m.toLowerCase() === account.handle.toLowerCase())
  )
}

/** X compares the text alone: the same words under another parent are refused too. */
function isDuplicate(world: World, account: Account, wish: NewPost): boolean {
  if (wish.text === '') return false
  return world.posts
    .withText(account.id, wish.text)
    .some((p) => p.deletedAt === undefined && world.now() - p.createdAt < duplicateWindowMs)
}

/** The files a post names, when they may be shown: the owner's, uploaded whole, processed, and of kinds that go together. */
function attach(world: World, account: Account, wish: NewPost): readonly Media[] | Reply {
  const found: Media[] = []
  for (const mediaId of wish.media?.media_ids ?? []) {
    const media = mediaById(world, mediaId)
    const usable =
      media &&
      media.ownerId === account.id &&
      media.blob !== undefined &&
      media.failure === undefined &&
      !isForgotten(world, media) &&
      (media.readyAt ?? Infinity) <= world.now()
    if (!usable)
      return invalidRequest(['Your media IDs are invalid.'], { 'media.media_ids': wish.media?.media_ids ?? [] })
    found.push(media)
  }
  if (found.length > 1 && found.some((m) => m.kind !== 'image'))
    return invalidRequest(['A post may contain 4 photos, 1 animated GIF or 1 video.'])
  const { filmMinutes } = allowed(world, account)
  const lengthMs = (media: Media) => (media.blob && filmLengthMs(world.blobs.get(media.blob) ?? Buffer.alloc(0))) || 0
  if (found.some((m) => m.kind === 'video' && lengthMs(m) > filmMinutes * 60_000))
    return forbidden(`This user is not allowed to post a video longer than ${filmMinutes} minutes.`)
  return found
}

function remove(world: World, call: Call): Reply {
  const caller = userOf(world, call, ['tweet.read', 'tweet.write', 'users.read'])
  if ('refusal' in caller) return caller.refusal
  const post = world.posts.get(param(call, 'id'))
  if (post && post.accountId !== caller.account.id) return forbidden('You are not authorized to delete this Tweet.')
  // X says deleted: true for a post that is not there (any more), too.
  if (post && post.deletedAt === undefined) {
    post.deletedAt = world.now()
    const author = accountById(world, post.accountId)
    if (author) tell(world, call, 'post.delete', author, post)
  }
  return json(200, { data: { deleted: true } })
}
