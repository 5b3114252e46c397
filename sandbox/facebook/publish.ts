import { z } from 'zod'
import { type Call, type Reply, type Route, json } from '../core/call'
import { badParameter, graphProblem, newId, noSuchObject, paramsOf, unfolded } from '../core/graph'
import { plainLinks } from '../core/links'
import { type World, show } from '../core/network'
import { sniff } from '../core/sniff'
import type { Account, Attachment, Media } from '../core/state'
import { tellFeed } from './events'
import { perVersion } from '../core/graph'
import { ownPage } from './pages'
import { takeUp, uploaded } from './uploads'
import { attached, madeOf, type Made } from './views'

const maxMessage = 63_206
/** How long Facebook remembers a text (undocumented). */
const duplicateWindowMs = 3_600_000
const maxPhotoBytes = 4 * 1024 ** 2

const NewPost = z.object({
  message: z.string().default(''),
  link: z.url().optional(),
  published: z.union([z.boolean(), z.enum(['true', 'false']).transform((v) => v === 'true')]).default(true),
  attached_media: z
    .preprocess(unfolded, z.array(z.preprocess(unfolded, z.object({ media_fbid: z.coerce.string() }))))
    .default([]),
})

export function publishRoutes(world: World): readonly Route[] {
  const limit = { name: 'page calls', max: 4_800, windowMs: 24 * 3_600_000 }
  return perVersion((v) => [
    { method: 'POST', path: `/${v}/:page/feed`, operation: 'publish', limit, handle: (call) => post(world, call) },
    { method: 'POST', path: `/${v}/:page/photos`, operation: 'upload', limit, handle: (call) => photo(world, call) },
    {
      method: 'POST',
      path: `/${v}/:page/photo_stories`,
      operation: 'publish',
      limit,
      handle: (call) => photoStory(world, call),
    },
  ])
}

export const tooLong = (text: string): Reply | undefined =>
  text.length > maxMessage ? badParameter(`Param message must be at most ${maxMessage} characters long`) : undefined

export function postAs(
  world: World,
  call: Call,
  page: Account,
  q: { text: string; made: Made; media: readonly Attachment[]; id?: string; shownInMs?: number },
) {
  const { text, made, media, shownInMs } = q
  takeUp(world, page, [...(made.photos ?? []), ...(made.video ? [made.video] : [])])
  const shown = show(world, call, {
    id: q.id ?? `${page.id}_${newId(world, '12')}`,
    account: page,
    kind: 'post',
    text,
    rich: made.title === undefined ? plainLinks(text) : [{ text: `${made.title}\n` }, ...plainLinks(text)],
    record: made,
    media,
    ...(made.link ? { card: { url: made.link, title: new URL(made.link).host, description: '' } } : {}),
    ...(shownInMs === undefined ? {} : { shownInMs }),
  })
  tellFeed(world, call, shown)
  return shown
}

function post(world: World, call: Call): Reply {
  const own = ownPage(world, call, 'pages_manage_posts')
  if ('refusal' in own) return own.refusal
  const wish = NewPost.safeParse(paramsOf(call))
  if (!wish.success) return badParameter(z.prettifyError(wish.error))
  const { message, link, attached_media, published } = wish.data
  if (!published) return badParameter('The sandbox publishes at once.')
  const photos = attached_media.map((m) => m.media_fbid)
  if (message.trim() === '' && !link && photos.length === 0) return badParameter('Missing message or attachment')
  const long = tooLong(message)
  if (long) return long
  const media = photos.map((id) => uploaded(world, own.page, id))
  const wrong = media.findIndex((m) => m?.blob === undefined)
  if (wrong !== -1) return noSuchObject(photos[wrong] ?? '', 'post')
  const made: Made = { format: 'post', ...(photos.length > 0 ? { photos } : {}), ...(link ? { link } : {}) }
  if (world.settings.refuseDuplicates && isTwin(world, own.page, message, made))
    return graphProblem({
      code: 506,
      message: '(#506) Duplicate status message',
      userTitle: 'Duplicate Status Update',
      userMessage:
        'This status update is identical to the last one you posted. Try posting something different, or delete your previous update.',
    })
  const shown = postAs(world, call, own.page, {
    text: message,
    made,
    media: media.flatMap((m) => (m ? [attached(m)] : [])),
  })
  return json(200, { id: shown.id })
}

/** Facebook compares the words, and what is attached. */
function isTwin(world: World, page: Account, text: string, made: Made): boolean {
  return world.posts.withText(page.id, text).some((p) => {
    const before = madeOf(p)
    return (
      p.deletedAt === undefined &&
      p.kind === 'post' &&
      world.now() - p.createdAt < duplicateWindowMs &&
      String(before.photos) === String(made.photos) &&
      before.link === made.link
    )
  })
}

async function photo(world: World, call: Call): Promise<Reply> {
  const own = ownPage(world, call, 'pages_manage_posts')
  if ('refusal' in own) return own.refusal
  const { source, alt_text_custom: alt = '', published = true, caption = '' } = paramsOf(call)
  if (!Buffer.isBuffer(source)) return graphProblem({ code: 324, message: '(#324) Requires upload file' })
  const mime = await sniff(source)
  if (!/^image\/(jpeg|png|gif|webp|bmp|tiff)$/.test(mime) || source.length > maxPhotoBytes)
    return graphProblem({
      code: 1,
      subcode: 1366046,
      message: 'Invalid parameter',
      userTitle: 'Can’t Read Files',
      userMessage:
        'Your photos couldn’t be uploaded. Photos should be less than 4 MB and saved as JPG, PNG, GIF, TIFF, HEIF or WebP files.',
    })
  const media: Media = {
    id: newId(world, '13'),
    ownerId: own.page.id,
    kind: 'image',
    mime,
    totalBytes: source.length,
    blob: world.blobs.put(source),
    alt: String(alt),
    parts: {},
    readyAt: world.now(),
    at: world.now(),
    secret: '',
  }
  world.state.media.push(media)
  if (String(published) === 'false') return json(200, { id: media.id })
  const made: Made = { format: 'post', photos: [media.id] }
  const shown = postAs(world, call, own.page, { text: String(caption), made, media: [attached(media)] })
  return json(200, { id: media.id, post_id: shown.id })
}

function photoStory(world: World, call: Call): Reply {
  const own = ownPage(world, call, 'pages_manage_posts')
  if ('refusal' in own) return own.refusal
  const id = String(paramsOf(call).photo_id ?? '')
  const media = uploaded(world, own.page, id)
  if (!media) return noSuchObject(id, 'post')
  if (world.posts.of(own.page.id).some((p) => madeOf(p).photos?.includes(id)))
    return badParameter('The photo has been used in a post already.')
  const made: Made = { format: 'story', photos: [id] }
  const shown = postAs(world, call, own.page, { text: '', made, media: [attached(media)] })
  return json(200, { success: true, post_id: shown.id })
}
