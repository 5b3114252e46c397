import { z } from 'zod'
import { inMs, minute, now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { endsAll, whyMissing } from '../outcome'
import type {
  Answer,
  AnswerFiles,
  AppConfig,
  Credentials,
  Inbox,
  Incoming,
  IncomingPage,
  Part,
  Person,
  Reply,
} from '../platform'
import { again } from './again'
import { asAccount, xrpc } from './api'
import { findMessage, messagesSince, sendMessage } from './chat'
import { fromNotification } from './incoming'
import { stream } from './jetstream'
import { messageLagMs } from './limits'
import { answersSince } from './own'
import { findPublished, publish } from './publish'
import { blueskyError, toPublished } from './translate'

/** app.bsky.notification.listNotifications gives 100 at most. */
const pageSize = 100

/**
 * Notifications come newest first, and only backwards. `since` is what was read to the end; `page` and `newest` are
 * there while we are on the way back to it, so that a long silence of ours loses nothing.
 */
const Notified = z.object({ since: z.string(), newest: z.string().optional(), page: z.string().optional() })
/** `chat` is where the log of chats was read to, `own` the account's own posts, which were asked for at `ownAt`. */
const Cursor = Notified.extend({
  chat: z.string().optional(),
  own: z.string().optional(),
  ownAt: z.string().optional(),
})
/** All accounts here share the limit of one address, and their own posts are seldom news. */
const ownPaceMs = minute
type Notified = z.output<typeof Notified>
type Told = { readonly items: readonly Incoming[]; readonly next: Notified; readonly more: boolean }

async function notificationsSince(app: AppConfig, as: Credentials, cursor: Notified | undefined): Answer<Told> {
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
  // A page may be empty before the end: Bluesky leaves out muted and blocked people after it made the page.
  const more = cursor !== undefined && page !== undefined && fresh.length === notifications.length
  return ok({
    items: fresh.toReversed().flatMap((notification) => fromNotification(app, as, notification) ?? []),
    next: more ? { since: cursor.since, newest, page } : { since: newest },
    more,
  })
}

/**
 * What was told in public first, and once that is read, what the account itself answered, and what was said in chats. None
 * of them waits for another, which may be a service of its own: what is not to be had is named, and read on from where it
 * was another time.
 */
async function poll(app: AppConfig, as: Credentials, given: string | undefined): Answer<IncomingPage> {
  const cursor = given ? Cursor.parse(JSON.parse(given)) : undefined
  const told = await notificationsSince(app, as, cursor)
  if (!told.ok) return told
  const { next, more } = told.value
  const isOwnDue = !more && inMs(ownPaceMs, new Date(cursor?.ownAt ?? 0)) <= now()
  const ours = isOwnDue ? await answersSince(app, as, cursor?.own) : ok({ items: [], mark: cursor?.own })
  if (!ours.ok && endsAll(ours.error) && told.value.items.length === 0) return ours
  const own = ours.ok ? ours.value.mark : cursor?.own
  const ownAt = isOwnDue && ours.ok ? now().toISOString() : cursor?.ownAt
  const items = [...told.value.items, ...(ours.ok ? ours.value.items : [])]
  const untold = ours.ok ? [] : whyMissing('What the account itself answered', ours.error)
  const page = (
    chat: string | undefined,
    said: readonly Incoming[] = [],
    { isMore = more, missing = untold } = {},
  ): IncomingPage => ({
    items: [...items, ...said],
    cursor: JSON.stringify({
      ...next,
      ...(chat ? { chat } : {}),
      ...(own ? { own } : {}),
      ...(ownAt ? { ownAt } : {}),
    }),
    more: isMore,
    ...(missing.length > 0 ? { missing } : {}),
  })
  if (more) return ok(page(cursor?.chat))
  const said = await messagesSince(app, as, cursor?.chat)
  if (said.ok) return ok(page(said.value.cursor, said.value.items, { isMore: said.value.more }))
  if (endsAll(said.error) && items.length === 0) return said
  return ok(page(cursor?.chat, [], { missing: [...untold, ...whyMissing('Messages', said.error)] }))
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

/** Somebody of whom a report knew the DID alone. */
async function identify(app: AppConfig, as: Credentials, actor: string): Answer<Person | undefined> {
  const profile = await xrpc(asAccount(app, as), (client) => client.app.bsky.actor.getProfile({ actor }))
  if (!profile.ok) return fail(blueskyError(profile.error, 'none', now()))
  const { handle, displayName, avatar, followersCount } = profile.value
  return ok({
    externalId: actor,
    handle: `@${handle}`,
    displayName: displayName || handle,
    ...(avatar ? { avatarUrl: avatar } : {}),
    ...(followersCount === undefined ? {} : { followers: followersCount }),
  })
}

export const inbox: Inbox = {
  ways: {
    comment: ['stream', 'poll'],
    mention: ['stream', 'poll'],
    dm: ['poll'],
    reaction: ['poll'],
    share: ['poll'],
  },
  answers: {
    comment: { media },
    mention: { media },
    dm: { rule: 'Bluesky takes messages from this account only if its app password allows access to them.' },
  },
  answersArePosts: true,
  // A post lies under our own key; a message has none.
  settling: { dm: { by: 'read_back', lagMs: messageLagMs } },
  poll,
  again,
  stream,
  streams: (app) => app.hosts.jetstream !== undefined,
  identify,
  reply: (app, as, given) =>
    given.to.kind === 'dm' ? sendMessage(app, as, given) : publish(app, as, partOf(app, given)),
  findReply: (app, as, given, since) =>
    given.to.kind === 'dm' ? findMessage(app, as, given, since) : findPublished(app, as, partOf(app, given)),
}
