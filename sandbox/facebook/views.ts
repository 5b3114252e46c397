import { avatarUrl } from '../core/avatar-route'
import { hidesAuthor } from '../core/graph-addressee'
import { type Field, graphTime, select, type View } from '../core/graph-fields'
import { isHidden } from '../core/hiding'
import { countsOf } from '../core/growth'
import { type World, accountById } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Attachment, Media, Post } from '../core/state'

/** What a post was made of, beside its words. */
export type Made = {
  readonly photos?: readonly string[]
  readonly video?: string
  readonly link?: string
  readonly format: 'post' | 'reel' | 'video' | 'story'
  readonly storyKey?: string
  /** Of a film. */
  readonly title?: string
  /** A reader's own. */
  readonly isOthers?: true
}
/** Written by this network alone, when the post was made. */
export const madeOf = (post: Post): Made => post.record as Made

/** A film goes by its own number; in a feed it stands under the page's. */
export const feedId = (post: Post): string => (post.id.includes('_') ? post.id : `${post.accountId}_${post.id}`)

export const permalinkOf = (post: Post): string => {
  if (post.kind === 'comment') return `/${post.rootId ?? post.id}?comment_id=${post.id.slice(post.id.indexOf('_') + 1)}`
  const { format } = madeOf(post)
  if (format === 'reel') return `/reel/${post.id}`
  return format === 'video' ? `/${post.accountId}/videos/${post.id}` : `/${post.id}`
}

export const pageView = (world: World, page: Account, more: View = {}): View => ({
  id: page.id,
  name: page.name,
  username: page.handle,
  about: page.bio,
  link: `${world.url()}/${page.handle}`,
  category: 'Coffee shop',
  picture: (field: Field) =>
    field.inner.length > 0
      ? { data: select({ url: avatarUrl(world, page.id), is_silhouette: false }, field.inner) }
      : { data: { url: avatarUrl(world, page.id), is_silhouette: false } },
  access_token: undefined,
  tasks: undefined,
  followers_count: 1_200,
  ...more,
})

export const nameOf = (world: World, id: string) => ({ id, name: accountById(world, id)?.name ?? 'Somebody' })

const answersOf = (world: World, post: Post): readonly Post[] =>
  world.posts.answersTo(post.id).filter((p) => p.kind === 'comment' && isVisible(p, world.now()))

const summary = (total_count: number) => (field: Field) => ({
  data: [],
  ...(field.args.summary === undefined ? {} : { summary: { order: 'ranked', total_count, can_comment: true } }),
})

export function postView(world: World, post: Post): View {
  const made = madeOf(post)
  const figures = countsOf(world, post)
  const time = graphTime(post.createdAt)
  return {
    id: feedId(post),
    message: post.text || undefined,
    created_time: time,
    updated_time: time,
    from: nameOf(world, post.accountId),
    permalink_url: world.url() + permalinkOf(post),
    is_published: true,
    is_hidden: false,
    status_type: made.video ? 'added_video' : made.photos ? 'added_photos' : 'mobile_status_update',
    shares: figures.shares > 0 ? { count: figures.shares } : undefined,
    attachments: (field: Field) => attachments(world, post, field),
    comments: summary(answersOf(world, post).length),
    reactions: summary(figures.likes),
    insights: (field: Field) => ({ data: insights(world, post, field) }),
  }
}

function attachments(world: World, post: Post, field: Field) {
  const { photos = [], video, link } = madeOf(post)
  const target = (id: string) => ({ id, url: `${world.url()}/${id}` })
  const photo = (id: string) => ({ media_type: 'photo', type: 'photo', target: target(id) })
  const all =
    photos.length > 1
      ? [{ media_type: 'album', type: 'album', target: target(post.id), subattachments: { data: photos.map(photo) } }]
      : [
          ...photos.map(photo),
          ...(madeOf(post).isOthers ? post.media.map((file) => shownFile(world, file)) : []),
          ...(video ? [{ media_type: 'video', type: 'video_inline', target: target(video) }] : []),
          ...(link
            ? [{ media_type: 'link', type: 'share', url: link, unshimmed_url: link, target: { url: link } }]
            : []),
        ]
  return all.length === 0 ? undefined : { data: all.map((one) => select(one, field.inner)) }
}

/** Only what is asked for, by name. Unknown names are refused by the route. */
export const insightNames = [
  'post_media_view',
  'post_total_media_view_unique',
  'post_clicks',
  'post_reactions_by_type_total',
] as const

function insights(world: World, post: Post, field: Field) {
  const g = countsOf(world, post)
  const values: Record<(typeof insightNames)[number], unknown> = {
    post_media_view: g.impressions,
    post_total_media_view_unique: Math.floor(g.impressions * 0.7),
    post_clicks: g.clicks,
    post_reactions_by_type_total: { like: g.likes },
  }
  const asked = (field.args.metric ?? '').split(',').map((m) => m.trim())
  return insightNames
    .filter((name) => asked.includes(name))
    .map((name) => ({
      id: `${feedId(post)}/insights/${name}/lifetime`,
      name,
      period: 'lifetime',
      title: name,
      description: name,
      values: [{ value: values[name] }],
    }))
}

/** A file as it stands in what was posted. */
export const attached = (m: Media): Attachment => ({ blob: m.blob ?? '', mime: m.mime, alt: m.alt })

/** A file of a reader’s, as Graph shows it in a comment (`type`) and in a post (`media_type`). */
function shownFile(world: World, { blob, mime }: Attachment): View {
  const src = `${world.url()}/media/${blob}`
  const isFilm = mime.startsWith('video/')
  return {
    type: isFilm ? 'video_inline' : 'photo',
    media_type: isFilm ? 'video' : 'photo',
    media: { image: { src, height: 160, width: 240 }, ...(isFilm ? { source: src } : {}) },
  }
}

export function commentView(world: World, comment: Post): View {
  const parent = world.posts.get(comment.parentId ?? '')
  return {
    id: comment.id,
    message: comment.text,
    created_time: graphTime(comment.createdAt),
    from: hidesAuthor(world, comment) ? undefined : nameOf(world, comment.accountId),
    parent:
      parent?.kind === 'comment'
        ? (field: Field) => select({ id: parent.id, message: parent.text }, field.inner)
        : undefined,
    permalink_url: world.url() + permalinkOf(comment),
    like_count: 0,
    comment_count: answersOf(world, comment).length,
    is_hidden: isHidden(world, comment.id),
    attachment: (field: Field) => {
      const [file] = comment.media
      return file && select(shownFile(world, file), field.inner)
    },
    can_reply_privately: true,
  }
}

const receivedOf = (media: Media, world: World): number =>
  Object.values(media.parts).reduce((sum, part) => sum + (world.blobs.get(part.blob)?.length ?? 0), 0)

export function filmView(world: World, media: Media): View {
  const post = world.posts.get(media.id) ?? world.posts.all.find((p) => madeOf(p).video === media.id)
  const ended = media.startedAt !== undefined
  const ready = ended && (media.readyAt ?? Infinity) <= world.now()
  const got = receivedOf(media, world)
  const whole = media.totalBytes > 0 && got >= media.totalBytes
  const failed = ready && media.failure !== undefined
  const inPieces = media.secret !== ''
  return {
    id: media.id,
    permalink_url: post && !failed ? permalinkOf(post) : undefined,
    post_id: post && !failed ? feedId(post) : undefined,
    title: post ? madeOf(post).title : undefined,
    picture: media.cover ? `${world.url()}/media/${media.cover}` : undefined,
    published: ready && !failed,
    status: {
      video_status: failed ? 'error' : ready ? 'ready' : ended ? 'processing' : whole ? 'upload_complete' : 'uploading',
      uploading_phase: {
        status: whole ? 'complete' : got > 0 ? 'in_progress' : 'not_started',
        bytes_transferred: got,
      },
      processing_phase: {
        status: failed ? 'error' : ready ? 'complete' : ended ? 'in_progress' : 'not_started',
        ...(failed ? { error: { message: media.failure } } : {}),
      },
      ...(inPieces
        ? {}
        : {
            publishing_phase: ready
              ? { status: 'complete', publish_status: 'published', publish_time: graphTime(media.readyAt ?? 0) }
              : { status: ended ? 'in_progress' : 'not_started' },
          }),
    },
  }
}
