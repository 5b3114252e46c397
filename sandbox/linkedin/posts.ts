import { z } from 'zod'
import { type Call, type Reply, type Route, empty, header, json, jsonBody, param } from '../core/call'
import { type World, accountById, mediaById, show } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Attachment, Media, Post } from '../core/state'
import { accountOfUrn, mayRead, mayWriteAs, restCaller, urnOf } from './caller'
import { newId } from './ids'
import { readLittleText } from './little-text'
import { accessDenied, badInput, badRequest, duplicatePost, notFoundProblem } from './problems'
import { tell } from './webhooks'

export const maxCommentary = 3_000
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
const NewPost = z.object({
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
const Patch = z.object({ patch: z.object({ $set: z.object({ commentary: z.string() }) }) })

export function postRoutes(world: World): readonly Route[] {
  const limit = { name: 'POST /rest/posts', max: 100, windowMs: 86_400_000 }
  return [
    { method: 'POST', path: '/rest/posts', operation: 'publish', limit, handle: (call) => publish(world, call) },
    { method: 'GET', path: '/rest/posts', operation: 'read', handle: (call) => byAuthor(world, call) },
    { method: 'GET', path: '/rest/posts/:urn', operation: 'read', handle: (call) => one(world, call) },
    { method: 'POST', path: '/rest/posts/:urn', operation: 'edit', handle: (call) => edit(world, call) },
    { method: 'DELETE', path: '/rest/posts/:urn', operation: 'delete', handle: (call) => remove(world, call) },
  ]
}

function publish(world: World, call: Call): Reply {
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
  if (read.text.length > maxCommentary)
    return badInput(
      422,
      'FIELD_LENGTH_TOO_LONG',
      `ERROR :: /commentary :: value length ${read.text.length} is greater than max ${maxCommentary}`,
      '/commentary',
    )
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
    ...(article ? { card: { url: article.source, title: article.title, description: article.description ?? '' } } : {}),
    ...(poll ? { poll: [poll.question, ...poll.options.map((o) => o.text)] } : {}),
  })
  tell(world, call, 'SHARE', author.account, post)
  return empty(201, { 'x-restli-id': id, 'x-linkedin-id': id, location: `/rest/posts/${encodeURIComponent(id)}` })
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

function postView(world: World, post: Post) {
  const record = NewPost.safeParse(post.record)
  const author = accountById(world, post.accountId)
  const { content, ...rest } = record.success ? record.data : { content: undefined }
  return {
    ...rest,
    ...(content ? { content } : {}),
    id: post.id,
    author: author ? urnOf(author) : '',
    createdAt: post.createdAt,
    publishedAt: post.createdAt,
    lastModifiedAt: post.createdAt,
    lifecycleStateInfo: { isEditedByAuthor: false },
  }
}

function byAuthor(world: World, call: Call): Reply {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  if (call.query.get('q') !== 'author') return badRequest('The finder must be q=author')
  const author = accountOfUrn(world, call.query.get('author') ?? '')
  if (!author || !mayRead(caller, author)) return accessDenied('partnerApiPostsExternal.FINDER-author')
  const start = Number(call.query.get('start') ?? 0)
  const count = Number(call.query.get('count') ?? 10)
  if (!Number.isInteger(start) || start < 0 || !Number.isInteger(count) || count < 1 || count > 100)
    return badRequest('start and count must be whole numbers; count at most 100')
  const found = world.posts
    .of(author.id)
    .filter((p) => p.kind === 'post' && isVisible(p, world.now()))
    .toReversed()
  return json(200, {
    paging: { start, count, links: [], total: found.length },
    elements: found.slice(start, start + count).map((p) => postView(world, p)),
  })
}

function one(world: World, call: Call): Reply {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  const post = world.posts.get(param(call, 'urn'))
  const author = post && accountById(world, post.accountId)
  if (post && !mayRead(caller, author)) return accessDenied('partnerApiPostsExternal.GET')
  return post && isVisible(post, world.now()) ? json(200, postView(world, post)) : notFoundProblem()
}

function own(world: World, call: Call, action: string): { post: Post | undefined } | { refusal: Reply } {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller
  const post = world.posts.get(param(call, 'urn'))
  const author = post && accountById(world, post.accountId)
  if (!post || !author) return { post: undefined }
  const may = mayWriteAs(world, caller, urnOf(author), `partnerApiPostsExternal.${action}`)
  return 'refusal' in may ? may : { post }
}

function edit(world: World, call: Call): Reply {
  if (header(call, 'x-restli-method') !== 'PARTIAL_UPDATE')
    return badRequest('The header X-RestLi-Method must be PARTIAL_UPDATE')
  const found = own(world, call, 'PARTIAL_UPDATE')
  if ('refusal' in found) return found.refusal
  if (!found.post || found.post.deletedAt !== undefined) return notFoundProblem()
  const parsed = Patch.safeParse(jsonBody(call))
  if (!parsed.success) return badRequest('The patch must set commentary')
  const read = readLittleText(parsed.data.patch.$set.commentary)
  if (read.text.length > maxCommentary)
    return badInput(
      422,
      'FIELD_LENGTH_TOO_LONG',
      `ERROR :: /commentary :: value length ${read.text.length} is greater than max ${maxCommentary}`,
      '/commentary',
    )
  found.post.text = read.text
  found.post.rich = read.rich
  return empty(204)
}

/** 204 however often it is asked. */
function remove(world: World, call: Call): Reply {
  const found = own(world, call, 'DELETE')
  if ('refusal' in found) return found.refusal
  if (found.post) found.post.deletedAt ??= world.now()
  return empty(204)
}
