import { z } from 'zod'
import { type Call, type Reply, empty, jsonBody } from '../core/call'
import { type World, mediaById, show } from '../core/network'
import type { Account, Attachment, Media, Post } from '../core/state'
import { mayWriteAs, restCaller } from './caller'
import { newId } from './ids'
import { readLittleText } from './little-text'
import { badInput, duplicatePost } from './problems'
import { tell } from './webhooks'

const maxCommentary = 3_000
/** How long LinkedIn remembers a text (undocumented). */
const duplicateWindowMs = 24 * 3_600_000

const imageUrn = z.string().regex(/^urn:li:image:/)
const Content = z.union([
  z.object({
    media: z.object({
      id: z.string().regex(/^urn:li:(image|video|document):/),
      altText: z.string().max(4_086).optional(),
      title: z.string().max(400).optional(),
    }),
  }),
  z.object({
    multiImage: z.object({
      images: z
        .array(z.object({ id: imageUrn, altText: z.string().max(4_086).optional() }))
        .min(2)
        .max(20),
    }),
  }),
  z.object({
    article: z.object({
      source: z.url(),
      title: z.string().min(1).max(400),
      description: z.string().max(4_086).optional(),
      thumbnail: imageUrn.optional(),
      thumbnailAltText: z.string().optional(),
    }),
  }),
  z.object({
    poll: z.object({
      question: z.string().min(1).max(140),
      options: z
        .array(z.object({ text: z.string().min(1).max(30) }))
        .min(2)
        .max(4),
      settings: z.object({ duration: z.enum(['ONE_DAY', 'THREE_DAYS', 'SEVEN_DAYS', 'FOURTEEN_DAYS']) }),
    }),
  }),
])
export const NewPost = z.object({
  author: z.string(),
  commentary: z.string().default(''),
  visibility: z.enum(['PUBLIC', 'CONNECTIONS', 'LOGGED_IN']),
  distribution: z.object({
    feedDistribution: z.enum(['MAIN_FEED', 'NONE']),
    targetEntities: z.array(z.unknown()).default([]),
    thirdPartyDistributionChannels: z.array(z.unknown()).default([]),
  }),
  lifecycleState: z.enum(['PUBLISHED']),
  isReshareDisabledByAuthor: z.boolean().default(false),
  content: Content.optional(),
  reshareContext: z.object({ parent: z.string() }).optional(),
})
type NewPost = z.infer<typeof NewPost>

export function publish(world: World, call: Call): Reply {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  const parsed = NewPost.safeParse(jsonBody(call))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return badInput(
      400,
      'INVALID_VALUE_FOR_FIELD',
      `ERROR :: /${issue?.path.join('/') ?? ''} :: ${issue?.message ?? 'is invalid'}`,
      `/${issue?.path.join('/') ?? ''}`,
    )
  }
  const wish = parsed.data
  const author = mayWriteAs(world, caller, wish.author, 'partnerApiPostsExternal.CREATE')
  if ('refusal' in author) return author.refusal
  const read = readLittleText(wish.commentary)
  const tooLong = commentaryProblem(read.text)
  if (tooLong) return tooLong
  if (wish.commentary.trim() === '' && !wish.content && !wish.reshareContext)
    return badInput(
      422,
      'MISSING_FIELD',
      'ERROR :: /commentary :: field is required but not found and has no default value',
      '/commentary',
    )
  const media = mediaOf(world, author.account, wish)
  if ('status' in media) return media
  const twin = world.settings.refuseDuplicates ? duplicateOf(world, author.account, read.text, wish) : undefined
  if (twin) return duplicatePost(twin.id)

  const isVideo = media.some((m) => m.mime.startsWith('video/'))
  const id = `urn:li:${isVideo ? 'ugcPost' : 'share'}:${newId(world)}`
  const article = wish.content && 'article' in wish.content ? wish.content.article : undefined
  const poll = wish.content && 'poll' in wish.content ? wish.content.poll : undefined
  const post = show(world, call, {
    id,
    account: author.account,
    kind: 'post',
    text: read.text,
    rich: read.rich,
    record: wish,
    media,
    ...(article ? { card: cardOf(world, article) } : {}),
    ...(poll ? { poll: [poll.question, ...poll.options.map((o) => o.text)] } : {}),
  })
  tell(world, call, { action: 'SHARE', pageId: author.account.id, by: author.account, about: post })
  return empty(201, { 'x-restli-id': id, 'x-linkedin-id': id, location: `/rest/posts/${encodeURIComponent(id)}` })
}

type Article = { source: string; title: string; description?: string | undefined; thumbnail?: string | undefined }
function cardOf(world: World, { source, title, description = '', thumbnail }: Article): NonNullable<Post['card']> {
  const blob = thumbnail && mediaById(world, thumbnail)?.blob
  return { url: source, title, description, ...(blob ? { thumb: `/media/${blob}` } : {}) }
}

/** LinkedIn's limit on what readers see; how it counts what is escaped is not documented. */
export function commentaryProblem(text: string): Reply | undefined {
  if (text.length <= maxCommentary) return undefined
  return badInput(
    422,
    'FIELD_LENGTH_TOO_LONG',
    `ERROR :: /commentary :: value length ${text.length} is greater than max ${maxCommentary}`,
    '/commentary',
  )
}

/** The same words with the same content, by the same author, not long ago. */
function duplicateOf(world: World, account: Account, text: string, wish: NewPost): Post | undefined {
  const content = JSON.stringify(wish.content)
  return world.posts.withText(account.id, text).find((p) => {
    const before = NewPost.safeParse(p.record)
    return (
      p.deletedAt === undefined &&
      world.now() - p.createdAt < duplicateWindowMs &&
      before.success &&
      JSON.stringify(before.data.content) === content
    )
  })
}

function mediaOf(world: World, account: Account, wish: NewPost): readonly Attachment[] | Reply {
  const named: { id: string; altText?: string | undefined }[] = []
  if (wish.content && 'media' in wish.content) named.push(wish.content.media)
  if (wish.content && 'multiImage' in wish.content) named.push(...wish.content.multiImage.images)
  const thumbnail = wish.content && 'article' in wish.content ? wish.content.article.thumbnail : undefined
  if (thumbnail !== undefined) named.push({ id: thumbnail })
  const found: Attachment[] = []
  for (const { id, altText } of named) {
    const media = mediaById(world, id)
    if (!media || media.ownerId !== account.id)
      return badInput(
        400,
        'INVALID_URN_ID',
        `The media ${id} does not exist or belongs to another owner`,
        '/content/media/id',
      )
    const problem = unready(world, media)
    if (problem) return badInput(422, problem, `The media ${id} is not ready to be used`, '/content/media/id')
    if (id !== thumbnail) found.push({ blob: media.blob ?? '', mime: media.mime, alt: altText ?? '' })
  }
  return found
}

function unready(world: World, media: Media): string | undefined {
  if (media.blob === undefined) return 'MEDIA_ASSET_WAITING_UPLOAD'
  if (media.failure !== undefined) return 'MEDIA_ASSET_PROCESSING_FAILED'
  // Pictures may be used while they are still being processed; videos may not.
  return media.kind === 'video' && (media.readyAt ?? Infinity) > world.now() ? 'MEDIA_ASSET_PROCESSING' : undefined
}
