import { z } from 'zod'
import { day, minute, now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import {
  addresseeOf,
  agentWindowMs,
  freeWindowMs,
  fromProfile,
  fromReported,
  messageOf,
  nobodyNamed,
  personOf,
  privateAnswers,
  saidInChats,
  sentIn,
  toSendMessage,
} from '../graph-messages'
import { byAddress } from '../fetch-file'
import { entriesOf, firstLook, floorOf, isoTime, newsIn, newsOf, oldestFirst, reachedBy } from '../graph-feed'
import { messengerFiles } from '../graph-files'
import { HubReport } from '../graph-webhook'
import { isGone, type GraphTrouble } from '../graph'
import { goneForAll, mostRecent, notForStrangers } from '../inbox'
import { readOn } from '../read-on'
import type {
  Answer,
  AnswerFiles,
  AppConfig,
  Credentials,
  Inbox,
  Incoming,
  IncomingPage,
  MediaFile,
  Published,
  RecentPost,
  Reply,
  UploadedMedia,
} from '../platform'
import { again } from './again'
import type { Listed } from './again-elsewhere'
import {
  createAttachment,
  createComment,
  createPhoto,
  getProfile,
  hideComment,
  listComments,
  listFeed,
  listTagged,
  listMessages,
  listThreads,
  remove,
  sendMessage,
  type Attached,
  type Comment,
  type Post,
} from './api'
import { findComment } from './find'
import { inboxCalls } from './limits'
import { place } from './place'
import { fromRatings, reviewsSince } from './reviews'
import { facebookError, label, toListed, toPublishedComment } from './translate'
import { feedOf, type FeedValue } from './webhook'

const failed = (trouble: GraphTrouble) => facebookError(trouble, 'none', now())
const person = (from: { id: string; name?: string | undefined } | undefined) => personOf(from, label)

/** On what an answer is a comment. */
const Ref = z.object({ on: z.string().optional() })
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

function fromComment(comment: Comment, page: string, post: string): Incoming {
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

function fromTagged(post: Post, page: string): Incoming {
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

function fromFeed(feed: FeedValue, report: HubReport, page: string): readonly Incoming[] {
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

// Cursors from before reviews were asked for say nothing of them.
const Cursor = z.object({ messages: z.string(), tagged: z.string(), reviews: z.string().default(firstLook) })

type Part = Awaited<ReturnType<typeof reviewsSince>>

/**
 * Messages, mentions and reviews, each with a place of its own: what Facebook lets this app read of them is told, and what
 * it refuses is named. What stands under our own posts is asked for post by post.
 */
async function poll(app: AppConfig, as: Credentials, cursor: string | undefined): Answer<IncomingPage> {
  const first = firstLook()
  const since =
    cursor === undefined ? { messages: first, tagged: first, reviews: first } : Cursor.parse(JSON.parse(cursor))
  const tagged: Part = await newsIn(since.tagged, {
    calls: inboxCalls,
    list: (page, reached) =>
      entriesOf(listTagged(app, as, as.externalId, new Date(floorOf(reached)), new URLSearchParams(page)), {
        failed,
        toEntry: (post) => ({ name: post.id, said: [fromTagged(post, as.externalId)] }),
      }),
  })
  const messages: Part = await newsIn(since.messages, {
    calls: inboxCalls,
    list: saidInChats({
      me: as.externalId,
      label,
      list: (after) => listThreads(app, as, as.externalId, after),
      more: (thread, after) => listMessages(app, as, thread, after),
      failed,
    }),
  })
  const reviews = await reviewsSince(app, as, since.reviews)
  if (!reviews.ok) return reviews
  const parts = [told('posts that name the page', since.tagged, tagged), told('messages', since.messages, messages)]
  // Whoever may read neither is not to think that nobody writes; what is no refusal passes, and nothing is passed over.
  const failure = parts.every(({ missing }) => missing) ? tagged : [tagged, messages].find(isTrouble)
  if (failure && !failure.ok) return failure
  const [named, chats] = parts
  const lists = [...parts.map(({ news }) => news), reviews.value]
  return ok({
    items: oldestFirst(lists.flatMap(({ items }) => items)),
    cursor: JSON.stringify({
      messages: chats?.news.cursor ?? since.messages,
      tagged: named?.news.cursor ?? since.tagged,
      reviews: reviews.value.cursor,
    } satisfies z.output<typeof Cursor>),
    more: lists.some(({ more }) => more),
    missing: parts.flatMap(({ missing }) => missing ?? []),
  })
}

const isTrouble = (part: Part): boolean => !part.ok && part.error.code !== 'rejected'

type Told = { readonly news: Pick<IncomingPage, 'items' | 'cursor' | 'more'>; readonly missing?: string }

/** What a part tells; and, where it is refused, why, with the place it stays at. */
const told = (what: string, cursor: string, part: Part): Told =>
  part.ok
    ? { news: part.value }
    : {
        news: { items: [], cursor, more: false },
        ...(part.error.code === 'rejected' ? { missing: `Facebook does not show ${what}: ${part.error.reason}` } : {}),
      }

async function pollPost(
  app: AppConfig,
  as: Credentials,
  post: Published,
  cursor: string | undefined,
): Answer<IncomingPage> {
  const reached = reachedBy(cursor ?? new Date(0).toISOString())
  const since = new Date(reached.since)
  const read = await readOn({
    calls: inboxCalls,
    from: reached.place,
    list: (page) =>
      entriesOf(listComments(app, as, post.externalId, { since, order: 'chronological' }, new URLSearchParams(page)), {
        failed,
        toEntry: (one) => ({ name: one.id, said: [one] }),
      }),
  })
  if (!read.ok) return read
  const { said } = read.value
  const items = said.map((comment) => fromComment(comment, as.externalId, post.externalId))
  const hidings = said.flatMap(({ id, is_hidden: hidden }) =>
    hidden === undefined ? [] : [{ externalId: id, hidden }],
  )
  return ok({ ...newsOf({ ...read.value, said: items }, reached), hidings })
}

/** What the page posted, also at Facebook itself; what visitors left on it comes by report alone. */
async function recentPosts(app: AppConfig, as: Credentials): Answer<readonly RecentPost[]> {
  const posts = await listFeed(app, as, as.externalId, new Date(now().getTime() - 30 * day), new URLSearchParams())
  if (!posts.ok) return fail(failed(posts.error))
  return ok(
    posts.value.body.data
      .filter(({ from }) => from?.id === as.externalId)
      .slice(0, mostRecent)
      .map((one) => ({ post: toListed(app.webUrl, one), at: isoTime(one.created_time), cursor: firstLook() })),
  )
}

async function reply(app: AppConfig, as: Credentials, answer: Reply): Answer<Published> {
  const { to, text, media: [photo] = [] } = answer
  if (to.kind === 'dm' || answer.privately) {
    const sent = await sendMessage(app, as, as.externalId, toSendMessage(answer))
    return sent.ok
      ? ok(toSent(app.webUrl, sent.value.body.message_id))
      : fail(facebookError(sent.error, 'visible', now()))
  }
  const { on } = Ref.parse(to.ref)
  if (!on) return fail({ code: 'rejected', reason: 'Facebook lets nobody answer this.' })
  const made = await createComment(app, as, on, text, photo && String(photo.ref))
  if (!made.ok) {
    const error = facebookError(made.error, 'visible', now())
    return fail(
      to.kind === 'review' && mayStandAllTheSame(made.error)
        ? { code: 'outcome_unknown', reason: 'Facebook answers so to comments on reviews that it shows all the same.' }
        : error,
    )
  }
  return ok(toPublishedComment(app.webUrl, to.post ?? to.conversation, made.value.body.id))
}

/**
 * Pages were told that a comment on a review is not supported (code 100) while it stood there
 * (stackoverflow.com, as volcengine.com/article/1977287 quotes it, read 2026-11-25): that is no refusal for certain.
 */
const mayStandAllTheSame = (trouble: GraphTrouble): boolean =>
  trouble.kind === 'refused' &&
  trouble.problem?.error.code === 100 &&
  trouble.problem.error.type === 'GraphMethodException' &&
  !isGone(trouble)

/** For a message as an attachment, for a comment as a photo: neither shows anywhere until it is named. */
async function bringFile(
  app: AppConfig,
  as: Credentials,
  file: MediaFile,
  { kind }: Reply['to'],
): Answer<UploadedMedia> {
  if (kind === 'dm') {
    const kept = await createAttachment(app, as, as.externalId, file)
    return kept.ok ? ok({ ref: kept.value.body.attachment_id, ready: true }) : fail(failed(kept.error))
  }
  const made = await createPhoto(app, as, as.externalId, file)
  return made.ok ? ok({ ref: made.value.body.id, ready: true }) : fail(failed(made.error))
}

/** Messages have no address of their own: the page's inbox is where they are. */
const toSent = (webUrl: string, id: string): Published => ({
  externalId: id,
  url: `${webUrl}/latest/inbox`,
  ref: { kind: 'message' },
})

async function findReply(app: AppConfig, as: Credentials, reply: Reply, since: Date): Answer<Published | undefined> {
  const { to, text } = reply
  if (to.kind !== 'dm' && !reply.privately)
    return findComment(app, as, { on: Ref.parse(to.ref).on, text }, new Date(since.getTime() - minute))
  const other = addresseeOf(reply)
  if (other === undefined) return fail(nobodyNamed(label))
  const threads = await listThreads(app, as, as.externalId, new URLSearchParams(), other)
  if (!threads.ok) return fail(failed(threads.error))
  const toOurs = (id: string) => toSent(app.webUrl, id)
  return sentIn(threads.value.body.data, { me: as.externalId, text, since, toSent: toOurs })
}

/** A comment holds one photo beside its words. */
const media: AnswerFiles = { kinds: ['image'], max: 1 }

export const inbox: Inbox = {
  ways: {
    comment: ['webhook', 'poll'],
    mention: ['webhook', 'poll'],
    dm: ['webhook', 'poll'],
    review: ['webhook', 'poll'],
    reaction: ['webhook'],
    share: ['webhook'],
  },
  answers: {
    comment: { media, privately: privateAnswers(label) },
    mention: { media },
    share: { media },
    review: {},
    dm: {
      media: messengerFiles,
      windowMs: agentWindowMs,
      byProgramMs: freeWindowMs,
      rule: 'Freely within 24 hours of the person’s last message; up to 7 days by a human agent, for which Meta must have approved the app.',
    },
  },
  // What stands under a review is listed to no app for certain; reports of it prove an answer all the same.
  settling: { review: { by: 'person' } },
  poll,
  pollPost,
  recentPosts,
  again,
  hiding: {
    kinds: ['comment'],
    effect: notForStrangers,
    async hide(app, as, { externalId }, hidden) {
      const done = await hideComment(app, as, externalId, hidden)
      return done.ok ? ok(undefined) : fail(failed(done.error))
    },
    deleting: {
      effect: goneForAll,
      async take(app, as, { externalId }) {
        const gone = await remove(app, as, externalId)
        return gone.ok || isGone(gone.error) ? ok(undefined) : fail(failed(gone.error))
      },
    },
  },
  read(event, app) {
    const report = HubReport.safeParse(event.raw)
    if (!report.success) return []
    const message = messageOf(report.data)
    if (message) return fromReported(message, event.accountExternalId, label)
    const feed = feedOf(report.data)
    return feed
      ? fromFeed(feed, report.data, event.accountExternalId)
      : fromRatings(report.data, event.accountExternalId, app?.webUrl ?? place.webUrl)
  },
  readHidings(event) {
    const report = HubReport.safeParse(event.raw)
    const feed = report.success ? feedOf(report.data) : undefined
    if (!report.success || feed?.item !== 'comment' || !feed.comment_id) return []
    if (feed.verb !== 'hide' && feed.verb !== 'unhide') return []
    const at = new Date(report.data.time * 1000).toISOString()
    return [{ externalId: feed.comment_id, hidden: feed.verb === 'hide', at }]
  },
  fetchFile: byAddress(label),
  async identify(app, as, externalId) {
    const profile = await getProfile(app, as, externalId)
    return profile.ok ? ok(fromProfile(profile.value.body)) : fail(failed(profile.error))
  },
  bringFile,
  reply,
  findReply,
}
