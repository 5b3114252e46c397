import { type Call, type Reply, type Route, json } from '../core/call'
import { newId, paramsOf, perVersion } from '../core/graph'
import { statusOf } from '../core/graph-containers'
import { type World, mediaById, show } from '../core/network'
import type { Account, Attachment, Post } from '../core/state'
import { own } from './caller'
import { type Container, containers } from './containers'
import { refusedPost } from './problems'

const dayMs = 24 * 3_600_000
/** Meta's guide says 100; its reference says 50. */
export const quotaTotal = 100

export type Made = {
  readonly type: 'IMAGE' | 'VIDEO' | 'CAROUSEL_ALBUM'
  readonly product: 'FEED' | 'REELS' | 'STORY'
  readonly collaborators: readonly string[]
  readonly inFeed: boolean
  /** A blob. */
  readonly cover?: string
}
/** Written by this network alone, when the post was made. */
export const madeOf = (post: Post): Made => post.record as Made

export function publishRoutes(world: World): readonly Route[] {
  return perVersion((v) => [
    { method: 'POST', path: `/${v}/:user/media_publish`, operation: 'publish', handle: (call) => publish(world, call) },
  ])
}

export const usedOf = (world: World, account: Account): number =>
  world.posts.of(account.id).filter((p) => p.kind === 'post' && world.now() - p.createdAt < dayMs).length

function publish(world: World, call: Call): Reply {
  const found = own(world, call, 'instagram_business_content_publish')
  if ('refusal' in found) return found.refusal
  const { account } = found
  const id = String(paramsOf(call).creation_id ?? '')
  const media = mediaById(world, id)
  const container = containers.get(world, id)
  if (!media || !container || media.ownerId !== account.id || container.wish.is_carousel_item)
    return refusedPost(2207006)
  switch (statusOf(world, media, container)) {
    case 'EXPIRED':
      return refusedPost(2207008)
    case 'IN_PROGRESS':
      return refusedPost(2207027)
    case 'ERROR':
      return refusedPost(container.failure ?? 2207026)
    // A container becomes one post, and no second.
    case 'PUBLISHED':
      return refusedPost(2207006)
    case 'FINISHED':
  }
  if (world.settings.rateLimits && usedOf(world, account) >= quotaTotal) return refusedPost(2207042)
  const mediaId = newId(world, '17980000')
  const attached = attachments(world, id, container)
  const isFilm = attached[0]?.mime.startsWith('video/') === true
  const isStory = container.wish.media_type === 'STORIES'
  const made: Made = {
    type: attached.length > 1 ? 'CAROUSEL_ALBUM' : isFilm ? 'VIDEO' : 'IMAGE',
    product: isStory ? 'STORY' : isFilm && attached.length === 1 ? 'REELS' : 'FEED',
    collaborators: container.wish.collaborators,
    inFeed: container.wish.share_to_feed ?? true,
    ...(container.wish.cover ? { cover: container.wish.cover } : {}),
  }
  const text = isStory ? '' : container.wish.caption
  const rich = [{ text }, ...besides(world, container)]
  show(world, call, { id: mediaId, account, kind: 'post', text, rich, record: made, media: attached })
  containers.keep(world, id, { ...container, mediaId })
  return json(200, { id: mediaId })
}

/** The files of a container, in their order. */
function attachments(world: World, id: string, { wish }: Container): readonly Attachment[] {
  const ids = wish.media_type === 'CAROUSEL' ? wish.children : [id]
  return ids.flatMap((one) => {
    const media = mediaById(world, one)
    return media ? [{ blob: media.blob ?? '', mime: media.mime, alt: media.alt }] : []
  })
}

const peopleIn = ({ user_tags }: Container['wish'], start: string): readonly { text: string }[] =>
  user_tags.length === 0
    ? []
    : [
        {
          text: `\n${start} ${user_tags.map(({ username, x, y }) => (x === undefined ? username : `${username} at ${x}, ${y}`)).join('; ')}`,
        },
      ]

/** What readers see beside the words: who is in it, and where it is. */
function besides(world: World, { wish }: Container): readonly { text: string }[] {
  const items = wish.children.map((id) => containers.get(world, id)?.wish ?? wish)
  return [
    ...(items.length === 0
      ? peopleIn(wish, 'With')
      : items.flatMap((item, at) => peopleIn(item, `In file ${at + 1}:`))),
    ...(wish.location_id ? [{ text: `\nAt the place ${wish.location_id}` }] : []),
  ]
}
