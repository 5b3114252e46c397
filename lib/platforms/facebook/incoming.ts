import { isoTime } from '../graph-feed'
import { personOf } from '../graph-people'
import type { HubReport } from '../graph-webhook'
import type { Incoming } from '../platform'
import type { Listed } from './again-elsewhere'
import type { Attached, Comment, Post } from './api'
import { label } from './translate'
import type { FeedValue } from './webhook'

const person = (from: { id: string; name?: string | undefined } | undefined) => personOf(from, label)

/** Of what others posted: `listed` says where Facebook lists it, which again.ts goes by. */
const refOf = (post: string, listed: Listed) => ({ on: post, listed })

/** The card of a link has a picture, too, and is no file. */
const kindsOfFiles: Readonly<Record<string, 'image' | 'video'>> = {
  photo: 'image',
  sticker: 'image',
  animated_image_share: 'image',
  video: 'video',
  video_inline: 'video',
  animated_image_video: 'video',
}

const filesIn = (attached: readonly Attached[]): Incoming['media'] =>
  attached.flatMap(({ type, media_type, media }) => {
    const kind = kindsOfFiles[type ?? media_type ?? '']
    const url = kind === 'video' ? media?.source : media?.image?.src
    return kind ? [{ kind, ...(url ? { ask: { url } } : {}) }] : []
  })

/** A comment as it is listed under a post of ours, seen from the page. */
export function fromComment(comment: Comment, page: string, post: string): Incoming {
  const parent = comment.parent?.id
  return {
    externalId: comment.id,
    kind: 'comment',
    change: 'new',
    text: comment.message,
    at: isoTime(comment.created_time),
    author: person(comment.from),
    own: comment.from?.id === page,
    conversation: post,
    parent: parent ?? post,
    post,
    ...(comment.permalink_url ? { url: comment.permalink_url } : {}),
    media: comment.attachment ? filesIn([comment.attachment]) : [],
    // Threads are two deep: what answers an answer stands beside it.
    ref: { on: parent ?? comment.id },
  }
}

/** A post of somebody else that names the page. */
export function fromTagged(post: Post, page: string): Incoming {
  return {
    externalId: post.id,
    kind: 'mention',
    change: 'new',
    text: post.message ?? '',
    at: isoTime(post.created_time),
    author: person(post.from),
    own: post.from?.id === page,
    conversation: post.id,
    ...(post.permalink_url ? { url: post.permalink_url } : {}),
    media: filesIn(post.attachments?.data.flatMap((one) => one.subattachments?.data ?? [one]) ?? []),
    ref: refOf(post.id, 'tagged'),
  }
}

/** What is hidden still stands at the network: its author and their friends see it, the page shows it again as it likes. */
const changes = { add: 'new', edited: 'edited', edit: 'edited', remove: 'deleted' } as const

/** What the feed calls a post, by what is in it. */
const posted: readonly string[] = ['post', 'status', 'photo', 'video']

const filesOf = ({ photo, video }: FeedValue): Incoming['media'] => [
  ...(photo ? [{ kind: 'image', ask: { url: photo } } as const] : []),
  ...(video ? [{ kind: 'video', ask: { url: video } } as const] : []),
]

/** What a report of the feed says; nothing when it is about what we did, or about no one thing. */
export function fromFeed(feed: FeedValue, report: HubReport, page: string): readonly Incoming[] {
  const change = Object.entries(changes).find(([verb]) => verb === feed.verb)?.[1]
  const post = feed.post_id
  if (!change || !post) return []
  const common = {
    change,
    text: feed.message ?? '',
    // A change is told with the time at which the words were first said.
    at: new Date(((change === 'new' ? feed.created_time : undefined) ?? report.time) * 1000).toISOString(),
    author: person(feed.from),
    own: feed.from?.id === page,
    conversation: post,
    ...(feed.permalink_url ? { url: feed.permalink_url } : {}),
    media: [],
  }
  if (report.field === 'mention') {
    const comment = feed.comment_id
    const ref = comment === undefined ? refOf(post, 'tagged') : { on: comment }
    return [{ ...common, kind: 'mention', externalId: comment ?? post, ref }]
  }
  if (feed.item === 'comment' && feed.comment_id) {
    const isTop = feed.parent_id === undefined || feed.parent_id === post
    return [
      {
        ...common,
        kind: 'comment',
        externalId: feed.comment_id,
        parent: feed.parent_id ?? post,
        post,
        media: filesOf(feed),
        ref: { on: isTop ? feed.comment_id : feed.parent_id },
      },
    ]
  }
  if ((feed.item === 'reaction' || feed.item === 'like') && feed.from) {
    const on = feed.comment_id ?? post
    const reaction = feed.reaction_type ?? 'like'
    return [
      {
        ...common,
        kind: 'reaction',
        externalId: `${on}:${feed.from.id}:reaction`,
        parent: on,
        post,
        reaction,
        ref: {},
      },
    ]
  }
  if (common.own || !feed.from) return []
  // Posts of others on the page, and what they share of ours.
  const theirs = { ...common, externalId: post, ref: { on: post } }
  if (feed.item === 'share') return [{ ...theirs, kind: 'share' }]
  return posted.includes(feed.item)
    ? [{ ...theirs, kind: 'mention', media: filesOf(feed), ref: refOf(post, 'feed') }]
    : []
}
