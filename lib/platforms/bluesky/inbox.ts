import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AnswerFiles, AppConfig, Credentials, Inbox, IncomingPage, Part, Reply } from '../platform'
import { asAccount, xrpc } from './api'
import { fromNotification } from './incoming'
import { findPublished, publish } from './publish'
import { blueskyError, toPublished } from './translate'

/** app.bsky.notification.listNotifications gives 100 at most. */
const pageSize = 100

/**
 * Notifications come newest first, and only backwards. `since` is what was read to the end; `page` and `newest` are
 * there while we are on the way back to it, so that a long silence of ours loses nothing.
 */
const Cursor = z.object({ since: z.string(), newest: z.string().optional(), page: z.string().optional() })

async function poll(app: AppConfig, as: Credentials, given: string | undefined): Answer<IncomingPage> {
  const cursor = given ? Cursor.parse(JSON.parse(given)) : undefined
  const answer = await xrpc(asAccount(app, as), (client) =>
    client.app.bsky.notification.listNotifications({
      limit: pageSize,
      ...(cursor?.page ? { cursor: cursor.page } : {}),
    }),
  )
  if (!answer.ok) return fail(blueskyError(answer.error, 'none', now()))
  const { notifications, cursor: page } = answer.value
  // What has the very instant of the last reading may be new: it is read again, and known by its name.
  const fresh = cursor ? notifications.filter(({ indexedAt }) => indexedAt >= cursor.since) : notifications
  const newest = cursor?.newest ?? notifications[0]?.indexedAt ?? cursor?.since ?? ''
  const more = cursor !== undefined && page !== undefined && fresh.length === notifications.length && fresh.length > 0
  return ok({
    items: fresh.toReversed().flatMap((notification) => fromNotification(app, as, notification) ?? []),
    cursor: JSON.stringify(more ? { since: cursor.since, newest, page } : { since: newest }),
    more,
  })
}

const strongRef = z.object({ uri: z.string(), cid: z.string() })
const Ref = z.object({ root: strongRef, parent: strongRef })

/** An answer is a post of ours below theirs, under a key that was chosen before it is sent. */
function partOf(app: AppConfig, { to, text, media = [], key }: Reply): Part {
  const { root, parent } = Ref.parse(to.ref)
  const published = (ref: z.output<typeof strongRef>) => toPublished(app.webUrl, ref.uri.split('/')[2] ?? '', ref)
  return { kind: 'reply', text, media, key, replyTo: { root: published(root), parent: published(parent) } }
}

/** As beside a post: four pictures, or one video. */
const media: AnswerFiles = { kinds: ['image', 'video'], max: 4 }

/** Chats are a service of their own (chat.bsky.convo), and not read. */
export const inbox: Inbox = {
  ways: { comment: ['poll'], mention: ['poll'], reaction: ['poll'], share: ['poll'] },
  answers: { comment: { media }, mention: { media } },
  answersArePosts: true,
  poll,
  reply: (app, as, given) => publish(app, as, partOf(app, given)),
  findReply: (app, as, given) => findPublished(app, as, partOf(app, given)),
}
