import { z } from 'zod'
import { type Call, type Reply, type Route, json } from '../core/call'
import { badParameter, graphProblem, newId, paramsOf } from '../core/graph'
import { filmSize } from '../core/film-size'
import { fetched, statusOf } from '../core/graph-containers'
import { type World, mediaById, readyAt } from '../core/network'
import { pictureSize } from '../core/picture-size'
import { isVisible } from '../core/posts'
import { sniff } from '../core/sniff'
import type { Account, Media } from '../core/state'
import { own, version } from './caller'
import { isFull, publishWish, tooMany } from './publish'
import { lengthOf, linkCount } from './text'
import { type Container, containers, Wish } from './wish'

const MiB = 1024 ** 2
const usualMs = { image: 0, film: 5_000 }
const maxText = 500
const maxLinks = 5
const maxFilmWidth = 1_920

export function containerRoutes(world: World): readonly Route[] {
  return [
    {
      method: 'POST',
      path: `/${version}/:user/threads`,
      // A text may be published with the same call.
      operation: (call) => (String(paramsOf(call).auto_publish_text) === 'true' ? 'comment' : 'upload'),
      handle: (call) => create(world, call),
    },
  ]
}

const refused = (userTitle: string, userMessage: string): Reply =>
  graphProblem({ code: 100, message: 'Invalid parameter', userTitle, userMessage })

async function create(world: World, call: Call): Promise<Reply> {
  const found = own(world, call, 'threads_content_publish')
  if ('refusal' in found) return found.refusal
  const parsed = Wish.safeParse(paramsOf(call))
  if (!parsed.success) return badParameter(z.prettifyError(parsed.error))
  const wish = parsed.data
  const wrong = misfit(world, wish, found.token.scopes)
  if (wrong) return wrong
  switch (wish.media_type) {
    case 'TEXT':
      return text(world, call, found.account, wish)
    case 'IMAGE':
      return image(world, call, found.account, wish)
    case 'VIDEO':
      return film(world, call, found.account, wish)
    case 'CAROUSEL':
      return carousel(world, found.account, wish)
  }
}

function misfit(world: World, wish: Wish, scopes: readonly string[]): Reply | undefined {
  const isText = wish.media_type === 'TEXT'
  if (lengthOf(wish.text) > maxText)
    return refused('Text too long', `Param text must be at most ${maxText} characters long.`)
  if (linkCount(wish.text, wish.link_attachment) > maxLinks)
    return graphProblem({ code: 100, message: 'THREADS_API__LINK_LIMIT_EXCEEDED' })
  if (isText && wish.text.trim() === '') return badParameter('The parameter text is required')
  if (!isText && (wish.poll_attachment || wish.link_attachment || wish.is_ghost_post))
    return badParameter('Polls, links and ghost posts go with media_type TEXT alone')
  if (wish.is_ghost_post && (wish.poll_attachment || wish.link_attachment || wish.reply_to_id || wish.topic_tag))
    return badParameter('A ghost post has text alone')
  if (wish.reply_to_id === undefined) return undefined
  if (!scopes.includes('threads_manage_replies'))
    return graphProblem({
      status: 403,
      code: 10,
      message: '(#10) Application does not have permission for this action',
    })
  const parent = world.posts.get(wish.reply_to_id)
  return parent && isVisible(parent, world.now())
    ? undefined
    : refused('Media not found', `The post with ID ${wish.reply_to_id} cannot be found.`)
}

function begin(world: World, account: Account, wish: Wish, more: Partial<Media> & Pick<Media, 'kind' | 'mime'>): Media {
  const media: Media = {
    id: newId(world, '17890000'),
    ownerId: account.id,
    totalBytes: 0,
    alt: wish.alt_text,
    parts: {},
    secret: '',
    ...more,
  }
  world.state.media.push(media)
  containers.keep(world, media.id, { wish, createdAt: world.now() })
  return media
}

function text(world: World, call: Call, account: Account, wish: Wish): Reply {
  if (wish.auto_publish_text && isFull(world, account, wish)) return tooMany()
  const media = begin(world, account, wish, { kind: 'document', mime: '', readyAt: world.now() })
  return json(200, { id: wish.auto_publish_text ? publishWish(world, call, account, media.id).id : media.id })
}

async function image(world: World, call: Call, account: Account, wish: Wish): Promise<Reply> {
  if (!wish.image_url) return badParameter('The parameter image_url is required')
  const file = await fetched(wish.image_url)
  if (!file) return refused('Media download has failed', 'The media could not be fetched from this URI.')
  const mime = await sniff(file)
  const size = await pictureSize(file)
  const ratio = size ? size.width / size.height : 1
  if (file.length > 8 * MiB) return refused('Image too large', 'The image must be at most 8 MB.')
  if (mime !== 'image/jpeg' && mime !== 'image/png')
    return refused('Image format not supported', 'The image must be JPEG or PNG.')
  if (ratio > 10 || ratio < 0.1) return refused('Aspect ratio not supported', 'The image may be at most 10:1.')
  if (size && (size.width < 320 || size.width > 1_440))
    return refused('Image resolution not supported', 'The image must be between 320 and 1440 pixels wide.')
  const ready = readyAt(world, call, usualMs.image)
  const media = begin(world, account, wish, { kind: 'image', mime, blob: world.blobs.put(file), readyAt: ready })
  return json(200, { id: media.id })
}

async function film(world: World, call: Call, account: Account, wish: Wish): Promise<Reply> {
  if (!wish.video_url) return badParameter('The parameter video_url is required')
  const file = await fetched(wish.video_url)
  const mime = file ? await sniff(file) : ''
  const media = begin(world, account, wish, {
    kind: 'video',
    mime: 'video/mp4',
    blob: world.blobs.put(file ?? Buffer.alloc(0)),
    readyAt: readyAt(world, call, usualMs.film),
  })
  const failure = file ? wrongFilm(file, mime) : 'FAILED_DOWNLOADING_VIDEO'
  if (failure) containers.keep(world, media.id, { wish, createdAt: world.now(), failure })
  return json(200, { id: media.id })
}

function wrongFilm(file: Buffer, mime: string): Container['failure'] {
  const { width, height } = filmSize(file) ?? { width: 1, height: 1 }
  if (!mime.startsWith('video/') || width > maxFilmWidth) return 'FAILED_PROCESSING_VIDEO'
  // Meta's own spelling.
  return width > 10 * height || height > 100 * width ? 'INVALID_ASPEC_RATIO' : undefined
}

function carousel(world: World, account: Account, wish: Wish): Reply {
  const { children } = wish
  if (children.length < 2 || children.length > 20) return badParameter('A carousel has 2 to 20 children')
  for (const id of children) {
    const media = mediaById(world, id)
    const container = containers.get(world, id)
    if (!media || !container?.wish.is_carousel_item || media.ownerId !== account.id)
      return refused('Media not found', `The media with id ${id} cannot be found.`)
    if (statusOf(world, media, container) !== 'FINISHED')
      return refused('Media not ready', `The media with id ${id} is not ready.`)
  }
  const media = begin(world, account, wish, { kind: 'document', mime: '', readyAt: world.now() })
  return json(200, { id: media.id })
}
