import { type Call, type Reply, type Route, json, param } from '../core/call'
import { badParameter, callerOf, graphProblem, newId, paramsOf } from '../core/graph'
import { statusOf } from '../core/graph-containers'
import { hide } from '../core/graph-hiding'
import { plainLinks } from '../core/links'
import { type World, mediaById, show } from '../core/network'
import type { Account, Attachment, Post } from '../core/state'
import { own, version } from './caller'
import { tellOf } from './events'
import { type Made } from './views'
import { type Container, type Wish, containers } from './wish'

export const dayMs = 24 * 3_600_000
export const quotas = { posts: 250, replies: 1_000, deletes: 100 } as const

export function publishRoutes(world: World): readonly Route[] {
  return [
    {
      method: 'POST',
      path: `/${version}/:user/threads_publish`,
      operation: 'publish',
      handle: (call) => publish(world, call),
    },
    {
      method: 'POST',
      path: `/${version}/:object/manage_reply`,
      operation: 'comment',
      handle(call) {
        const caller = callerOf(world, call, 'threads_manage_replies')
        if ('refusal' in caller) return caller.refusal
        const said = world.posts.get(param(call, 'object'))
        return said && said.parentId !== said.rootId
          ? badParameter('Only replies to the post itself can be hidden')
          : hide(world, call, caller.account, 'hide')
      },
    },
  ]
}

export const usedOf = (world: World, account: Account, kind: Post['kind']): number =>
  world.posts.of(account.id).filter((p) => p.kind === kind && world.now() - p.createdAt < dayMs).length

export function isFull(world: World, account: Account, wish: Wish): boolean {
  const kind = wish.reply_to_id === undefined ? 'post' : 'reply'
  return world.settings.rateLimits && usedOf(world, account, kind) >= quotas[kind === 'post' ? 'posts' : 'replies']
}
export const tooMany = (): Reply =>
  graphProblem({
    code: 4,
    message: '(#4) Application request limit reached: the profile has published too much within 24 hours',
  })

/** What Threads says of a container that it does not know, that is not ready, or that is published already. */
const notFound = (id: string): Reply =>
  graphProblem({
    code: 24,
    subcode: 4_279_009,
    transient: false,
    message: 'The requested resource does not exist',
    userTitle: 'Media Not Found',
    userMessage: `The media with id ${id} cannot be found.`,
  })

function publish(world: World, call: Call): Reply {
  const found = own(world, call, 'threads_content_publish')
  if ('refusal' in found) return found.refusal
  const { account } = found
  const id = String(paramsOf(call).creation_id ?? '')
  const media = mediaById(world, id)
  const container = containers.get(world, id)
  if (!media || !container || media.ownerId !== account.id || container.wish.is_carousel_item) return notFound(id)
  if (statusOf(world, media, container) !== 'FINISHED') return notFound(id)
  if (isFull(world, account, container.wish)) return tooMany()
  return json(200, { id: publishWish(world, call, account, id).id })
}

/** A container becomes one post, and no second. */
export function publishWish(world: World, call: Call, account: Account, containerId: string): Post {
  const container = containers.get(world, containerId)
  if (!container) throw new Error(`There is no container ${containerId}`)
  const { wish } = container
  const id = newId(world, '18050000')
  const post = postAs(world, call, account, wish, { id, media: attachments(world, containerId, container) })
  containers.keep(world, containerId, { ...container, mediaId: id })
  return post
}

/** Whatever somebody says: it is shown, and those it is about are told. */
export function postAs(
  world: World,
  call: Pick<Call, 'faults'>,
  account: Account,
  wish: Partial<Wish> & Pick<Wish, 'text'>,
  q: { readonly id: string; readonly media: readonly Attachment[] },
): Post {
  const { text, link_attachment: link, poll_attachment: poll, topic_tag: topic } = wish
  const parent = world.posts.get(wish.reply_to_id ?? '')
  const [first] = q.media
  const made: Made = {
    type:
      q.media.length > 1
        ? 'CAROUSEL_ALBUM'
        : first === undefined
          ? 'TEXT_POST'
          : first.mime.startsWith('video/')
            ? 'VIDEO'
            : 'IMAGE',
    ...(topic ? { topic } : {}),
    audience: wish.reply_control ?? 'everyone',
    ...(link ? { link } : {}),
    isSpoiler: wish.is_spoiler_media ?? false,
    isGhost: wish.is_ghost_post ?? false,
  }
  const options = poll && [poll.option_a, poll.option_b, poll.option_c, poll.option_d].filter((o) => o !== undefined)
  const post = show(world, call, {
    id: q.id,
    account,
    kind: parent ? 'reply' : 'post',
    text,
    rich: plainLinks(text),
    record: made,
    media: q.media,
    ...(link ? { card: { url: link, title: new URL(link).host, description: '' } } : {}),
    ...(options ? { poll: options } : {}),
    ...(parent ? { parentId: parent.id, rootId: parent.rootId ?? parent.id } : {}),
  })
  tellOf(world, call, post)
  return post
}

/** The files of a container, in their order. */
function attachments(world: World, id: string, { wish }: Container): readonly Attachment[] {
  const ids = wish.media_type === 'CAROUSEL' ? wish.children : wish.media_type === 'TEXT' ? [] : [id]
  return ids.flatMap((one) => {
    const media = mediaById(world, one)
    return media ? [{ blob: media.blob ?? '', mime: media.mime, alt: media.alt }] : []
  })
}
