import { z } from 'zod'
import { minute, now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { HubReport } from '../graph-webhook'
import { readEdge, type GraphTrouble } from '../graph'
import type { Answer, AppConfig, Credentials, Inbox, Incoming, IncomingPage, Published, Reply } from '../platform'
import {
  createComment,
  listComments,
  listTagged,
  listThreads,
  sendMessage,
  type Comment,
  type Message,
  type Post,
} from './api'
import { findComment } from './find'
import { agentWindowMs, freeWindowMs } from './limits'
import { facebookError, toPublishedComment } from './translate'
import { feedOf, messageOf, type FeedValue, type MessageValue } from './webhook'

const failed = (trouble: GraphTrouble) => facebookError(trouble, 'none', now())
const iso = (time: string): string => new Date(time).toISOString()
const person = (from: { id: string; name?: string | undefined } | undefined) => ({
  externalId: from?.id ?? 'unknown',
  handle: from?.name ?? 'Somebody on Facebook',
  displayName: from?.name ?? 'Somebody on Facebook',
})

/** What an answer is made with: on what to comment, or whom to write and when they last wrote. */
const Ref = z.object({ on: z.string().optional(), to: z.string().optional(), at: z.string().optional() })

function fromComment(comment: Comment, page: string, post: string): Incoming {
  const parent = comment.parent?.id
  return {
    externalId: comment.id,
    kind: 'comment',
    change: 'new',
    text: comment.message,
    at: iso(comment.created_time),
    author: person(comment.from),
    own: comment.from?.id === page,
    conversation: post,
    parent: parent ?? post,
    post,
    ...(comment.permalink_url ? { url: comment.permalink_url } : {}),
    media: [],
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
    at: iso(post.created_time),
    author: person(post.from),
    own: post.from?.id === page,
    conversation: post.id,
    ...(post.permalink_url ? { url: post.permalink_url } : {}),
    media: [],
    ref: { on: post.id },
  }
}

function fromMessage(message: Message, page: string, other: { id: string; name?: string | undefined }): Incoming {
  const own = message.from.id === page
  return {
    externalId: message.id,
    kind: 'dm',
    change: 'new',
    text: message.message,
    at: iso(message.created_time),
    author: person(message.from),
    own,
    conversation: other.id,
    media: (message.attachments?.data ?? []).flatMap(({ image_data, video_data, file_url }) => {
      const url = image_data?.url ?? video_data?.url ?? file_url
      return url ? [{ kind: image_data ? 'image' : video_data ? 'video' : 'file', url } as const] : []
    }),
    ref: { to: other.id, ...(own ? {} : { at: iso(message.created_time) }) },
  }
}

const changes = { add: 'new', edited: 'edited', edit: 'edited', remove: 'deleted', hide: 'deleted' } as const

function fromFeed(feed: FeedValue, report: HubReport, page: string): readonly Incoming[] {
  const change = Object.entries(changes).find(([verb]) => verb === feed.verb)?.[1]
  const post = feed.post_id
  if (!change || !post) return []
  const common = {
    change,
    text: feed.message ?? '',
    at: new Date((feed.created_time ?? report.time) * 1000).toISOString(),
    author: person(feed.from),
    own: feed.from?.id === page,
    conversation: post,
    ...(feed.permalink_url ? { url: feed.permalink_url } : {}),
    media: [],
  }
  if (report.field === 'mention')
    return [{ ...common, kind: 'mention', externalId: feed.comment_id ?? post, ref: { on: feed.comment_id ?? post } }]
  if (feed.item === 'comment' && feed.comment_id) {
    const isTop = feed.parent_id === undefined || feed.parent_id === post
    return [
      {
        ...common,
        kind: 'comment',
        externalId: feed.comment_id,
        parent: feed.parent_id ?? post,
        post,
        media: [
          ...(feed.photo ? [{ kind: 'image', url: feed.photo } as const] : []),
          ...(feed.video ? [{ kind: 'video', url: feed.video } as const] : []),
        ],
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
  // Posts of others on the page, and what they share of ours.
  if (feed.item === 'share' && !common.own) return [{ ...common, kind: 'share', externalId: post, ref: { on: post } }]
  return []
}

/** Messages as Messenger and Instagram report them, seen from the account `me`. */
export function fromMessaging(value: MessageValue, me: string): readonly Incoming[] {
  const { sender, recipient, timestamp, message, reaction } = value
  const own = message?.is_echo === true || sender.id === me
  const other = own ? recipient.id : sender.id
  const at = new Date(timestamp).toISOString()
  const common = { at, author: person({ id: sender.id }), own, conversation: other, media: [], text: '' }
  if (reaction)
    return [
      {
        ...common,
        kind: 'reaction',
        externalId: `${reaction.mid}:${sender.id}:reaction`,
        change: reaction.action === 'unreact' ? 'deleted' : 'new',
        reaction: reaction.emoji ?? reaction.reaction ?? 'like',
        parent: reaction.mid,
        ref: {},
      },
    ]
  if (!message) return []
  return [
    {
      ...common,
      kind: 'dm',
      externalId: message.mid,
      change: message.is_deleted ? 'deleted' : 'new',
      text: message.text ?? '',
      ...(message.reply_to?.mid ? { parent: message.reply_to.mid } : {}),
      media: (message.attachments ?? []).flatMap(({ type, payload }) => {
        const kind = type === 'image' || type === 'video' ? type : ('file' as const)
        return payload?.url ? [{ kind, url: payload.url }] : []
      }),
      ref: { to: other, ...(own ? {} : { at }) },
    },
  ]
}

const Cursor = z.object({ messages: z.iso.datetime(), tagged: z.iso.datetime() })
/** How far the first look goes back. */
const firstLookMs = 24 * 60 * minute

/** Messages and mentions. What stands under our own posts is asked for post by post. */
async function poll(app: AppConfig, as: Credentials, cursor: string | undefined): Answer<IncomingPage> {
  const first = new Date(now().getTime() - firstLookMs).toISOString()
  const since = cursor === undefined ? { messages: first, tagged: first } : Cursor.parse(JSON.parse(cursor))
  const tagged = await readEdge({
    pages: 5,
    read: (after) => listTagged(app, as, as.externalId, new Date(since.tagged), after),
    failed,
    tooMuch: 'The page was mentioned too often since the last look to be read in full.',
  })
  if (!tagged.ok) return tagged
  const messages = await newMessages(app, as, since.messages)
  if (!messages.ok) return messages
  const mentions = tagged.value.map((post) => fromTagged(post, as.externalId)).filter(({ at }) => at > since.tagged)
  return ok({
    items: [...mentions, ...messages.value].toSorted((a, b) => a.at.localeCompare(b.at)),
    cursor: JSON.stringify({
      messages: latest(messages.value, since.messages),
      tagged: latest(mentions, since.tagged),
    }),
    more: false,
  })
}

/** Graph's times are to the second: what shares its second with the newest is read again, and known by its id. */
const latest = (items: readonly Incoming[], before: string): string =>
  items.reduce((newest, { at }) => {
    const earlier = new Date(Date.parse(at) - 1000).toISOString()
    return earlier > newest ? earlier : newest
  }, before)

async function newMessages(app: AppConfig, as: Credentials, since: string): Answer<readonly Incoming[]> {
  const page = as.externalId
  const from = Date.parse(since)
  const threads = await readEdge({
    pages: 20,
    read: (after) => listThreads(app, as, page, after),
    newestFirst: { from, timeOf: ({ updated_time }) => Date.parse(updated_time) },
    failed,
    tooMuch: 'The page got too many messages since the last look to be read in full.',
  })
  if (!threads.ok) return threads
  return ok(
    threads.value.flatMap(({ participants, messages }) => {
      const other = participants?.data.find(({ id }) => id !== page)
      return other
        ? (messages?.data ?? [])
            .filter(({ created_time }) => Date.parse(created_time) > from)
            .map((message) => fromMessage(message, page, other))
        : []
    }),
  )
}

async function pollPost(
  app: AppConfig,
  as: Credentials,
  post: Published,
  cursor: string | undefined,
): Answer<IncomingPage> {
  const since = cursor ?? new Date(0).toISOString()
  const comments = await readEdge({
    pages: 20,
    read: (after) => listComments(app, as, post.externalId, { since: new Date(since), order: 'chronological' }, after),
    failed,
    tooMuch: 'The post got too many comments since the last look to be read in full.',
  })
  if (!comments.ok) return comments
  const items = comments.value.map((comment) => fromComment(comment, as.externalId, post.externalId))
  return ok({ items: items.filter(({ at }) => at > since), cursor: latest(items, since), more: false })
}

async function reply(app: AppConfig, as: Credentials, { to, text }: Reply): Answer<Published> {
  const ref = Ref.parse(to.ref)
  if (to.kind === 'dm') return answerMessage(app, as, { ...ref, text })
  if (!ref.on) return fail({ code: 'rejected', reason: 'Facebook lets nobody answer this.' })
  const made = await createComment(app, as, ref.on, text)
  if (!made.ok) return fail(facebookError(made.error, 'visible', now()))
  return ok(toPublishedComment(app.webUrl, to.post ?? ref.on, made.value.body.id))
}

/** Within 24 hours freely; afterwards as a person of flesh and blood, which Meta must have allowed the app. */
async function answerMessage(
  app: AppConfig,
  as: Credentials,
  q: { to?: string | undefined; at?: string | undefined; text: string },
): Answer<Published> {
  if (!q.to) throw new Error('A message without somebody to send it to')
  const isLate = q.at !== undefined && now().getTime() - Date.parse(q.at) > freeWindowMs
  const sent = await sendMessage(app, as, as.externalId, {
    recipient: { id: q.to },
    message: { text: q.text },
    ...(isLate ? { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' } : { messaging_type: 'RESPONSE' }),
  })
  return sent.ok
    ? ok(toSent(app.webUrl, sent.value.body.message_id))
    : fail(facebookError(sent.error, 'visible', now()))
}

/** Messages have no address of their own: the page's inbox is where they are. */
const toSent = (webUrl: string, id: string): Published => ({
  externalId: id,
  url: `${webUrl}/latest/inbox`,
  ref: { kind: 'message' },
})

async function findReply(
  app: AppConfig,
  as: Credentials,
  { to, text }: Reply,
  since: Date,
): Answer<Published | undefined> {
  const ref = Ref.parse(to.ref)
  const from = new Date(since.getTime() - minute)
  if (to.kind !== 'dm') return findComment(app, as, { on: ref.on, text }, from)
  const threads = await listThreads(app, as, as.externalId, new URLSearchParams(), ref.to)
  if (!threads.ok) return fail(failed(threads.error))
  const messages = threads.value.body.data.flatMap((thread) => thread.messages?.data ?? [])
  const [first, second] = messages.filter(
    (m) =>
      m.from.id === as.externalId && m.message.trim() === text.trim() && Date.parse(m.created_time) >= from.getTime(),
  )
  if (second) return fail({ code: 'outcome_unknown', reason: 'The chat has two such messages: compare them by eye.' })
  const oldest = Math.min(...messages.map((m) => Date.parse(m.created_time)))
  if (!first && messages.length >= 50 && oldest > from.getTime())
    return fail({ code: 'unavailable', reason: 'The chat has gone on too far since then to be read in full.' })
  return ok(first && toSent(app.webUrl, first.id))
}

export const inbox: Inbox = {
  ways: {
    comment: ['webhook', 'poll'],
    mention: ['webhook', 'poll'],
    dm: ['webhook', 'poll'],
    reaction: ['webhook'],
    share: ['webhook'],
  },
  answers: {
    comment: {},
    mention: {},
    share: {},
    dm: {
      windowMs: agentWindowMs,
      rule: 'Freely within 24 hours of the person’s last message; up to 7 days by a human agent, for which Meta must have approved the app.',
    },
  },
  poll,
  pollPost,
  read(event) {
    const report = HubReport.safeParse(event.raw)
    if (!report.success) return []
    const message = messageOf(report.data)
    if (message) return fromMessaging(message, event.accountExternalId)
    const feed = feedOf(report.data)
    return feed ? fromFeed(feed, report.data, event.accountExternalId) : []
  },
  reply,
  findReply,
}
