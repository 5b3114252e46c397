import { avatarUrl } from '../core/avatar-route'
import { countsOf } from '../core/growth'
import { type World, accountById } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Post } from '../core/state'
import { PostRecord, externalOf, imagesOf, videoOf } from './post-record'

function blobUrl(world: World, did: string, cid: string): string {
  return `${world.url()}/xrpc/com.atproto.sync.getBlob?did=${encodeURIComponent(did)}&cid=${cid}`
}

function authorView(world: World, account: Account) {
  return {
    did: account.id,
    handle: account.handle,
    displayName: account.name,
    avatar: avatarUrl(world, account.id),
    labels: [],
    createdAt: new Date(account.createdAt).toISOString(),
  }
}

export function profileView(world: World, account: Account) {
  const postsCount = world.posts.of(account.id).filter((p) => p.kind !== 'comment' && isVisible(p, world.now())).length
  return {
    ...authorView(world, account),
    description: account.bio,
    followersCount: 842,
    followsCount: 190,
    postsCount,
    indexedAt: new Date(account.createdAt).toISOString(),
  }
}

export function visibleAnswers(world: World, post: Post): readonly Post[] {
  return world.posts.answersTo(post.id).filter((p) => isVisible(p, world.now()))
}

/** A post as the AppView shows it; undefined when readers cannot see it. */
export function postView(world: World, post: Post | undefined) {
  const account = post && accountById(world, post.accountId)
  if (!post || !account || !isVisible(post, world.now())) return undefined
  const figures = countsOf(world, post)
  const embed = embedView(world, account, post)
  return {
    uri: post.id,
    cid: post.cid ?? '',
    author: authorView(world, account),
    record: post.record,
    ...(embed ? { embed } : {}),
    replyCount: visibleAnswers(world, post).length,
    repostCount: figures.shares,
    likeCount: figures.likes,
    quoteCount: figures.quotes,
    bookmarkCount: figures.saves,
    indexedAt: new Date(post.createdAt).toISOString(),
    labels: [],
  }
}

function embedView(world: World, account: Account, post: Post) {
  const parsed = PostRecord.safeParse(post.record)
  if (!parsed.success) return undefined
  const images = imagesOf(parsed.data)
  if (images.length) {
    const views = images.map((i) => {
      const url = blobUrl(world, account.id, i.image.ref.$link)
      return { thumb: url, fullsize: url, alt: i.alt, ...(i.aspectRatio ? { aspectRatio: i.aspectRatio } : {}) }
    })
    return { $type: 'app.bsky.embed.images#view', images: views }
  }
  const video = videoOf(parsed.data)
  if (video) {
    const cid = video.video.ref.$link
    return {
      $type: 'app.bsky.embed.video#view',
      cid,
      playlist: blobUrl(world, account.id, cid),
      ...(video.alt === undefined ? {} : { alt: video.alt }),
      ...(video.aspectRatio ? { aspectRatio: video.aspectRatio } : {}),
    }
  }
  const external = externalOf(parsed.data)
  if (!external) return undefined
  const { thumb, ...rest } = external
  return {
    $type: 'app.bsky.embed.external#view',
    external: { ...rest, ...(thumb ? { thumb: blobUrl(world, account.id, thumb.ref.$link) } : {}) },
  }
}
