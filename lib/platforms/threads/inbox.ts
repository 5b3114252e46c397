import { minute, now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { byAddress } from '../fetch-file'
import { entriesOf, firstLook, floorOf, isoTime, newsIn, newsUnder } from '../graph-feed'
import { HubReport } from '../graph-webhook'
import { readEdge, type GraphTrouble } from '../graph'
import { alone } from '../read-back'
import { notForStrangers } from '../hiding'
import { mostRecent } from '../look'
import type {
  Answer,
  AppConfig,
  Credentials,
  Inbox,
  Incoming,
  IncomingPage,
  Published,
  RecentPost,
  Reply,
} from '../platform'
import { getPost, hideReply, listConversation, listMentions, listOwn, sayUnder, type File, type Post } from './api'
import { inboxCalls, readBackPages, replyLagMs } from './limits'
import { isSameText, label, threadsError, toPublished } from './translate'
import { toldOf } from './webhook'

const failed = (trouble: GraphTrouble) => threadsError(trouble, 'none', now())

type Said = Pick<
  Post,
  'id' | 'text' | 'username' | 'media_type' | 'media_url' | 'children' | 'permalink' | 'root_post' | 'replied_to'
>

// Addresses of Meta's are signed, and end.
const filesOf = (files: readonly File[]): Incoming['media'] =>
  files.flatMap(({ media_type, media_url }) =>
    media_url ? [{ kind: media_type === 'VIDEO' ? 'video' : 'image', ask: { url: media_url } } as const] : [],
  )

/** Threads names people by their names alone. */
function incoming(said: Said, q: { kind: 'comment' | 'mention'; at: string; own: boolean }): Incoming {
  const { id, text, username, children, permalink, root_post, replied_to } = said
  const root = root_post?.id ?? id
  return {
    externalId: id,
    kind: q.kind,
    change: 'new',
    text,
    at: q.at,
    author: username
      ? { externalId: username, handle: `@${username}`, displayName: username }
      : { externalId: '', handle: '', displayName: 'Somebody on Threads' },
    own: q.own,
    conversation: root,
    ...(replied_to ? { parent: replied_to.id } : {}),
    ...(q.kind === 'comment' ? { post: root } : {}),
    ...(permalink ? { url: permalink } : {}),
    media: filesOf(children?.data ?? [said]),
    ref: {},
  }
}

const fromPost = (post: Post, kind: 'comment' | 'mention'): Incoming =>
  incoming(post, { kind, at: isoTime(post.timestamp), own: post.is_reply_owned_by_me ?? false })

/** Mentions, the newest first. What stands under our own posts is asked for post by post. */
async function poll(app: AppConfig, as: Credentials, cursor: string | undefined): Answer<IncomingPage> {
  return newsIn(cursor ?? firstLook(), {
    calls: inboxCalls,
    list: (page, reached) =>
      entriesOf(listMentions(app, as, as.externalId, new URLSearchParams(page)), {
        failed,
        toEntry: (one) => ({ name: one.id, said: [fromPost(one, 'mention')] }),
        isOld: ({ timestamp }) => Date.parse(timestamp) < floorOf(reached),
      }),
  })
}

const pollPost = (app: AppConfig, as: Credentials, post: Published, cursor: string | undefined): Answer<IncomingPage> =>
  newsUnder(cursor, {
    id: post.externalId,
    calls: inboxCalls,
    failed,
    post: () => getPost(app, as, post.externalId),
    own: () => listOwn(app, as, as.externalId, 'threads', new URLSearchParams()),
    list: (page, how) =>
      entriesOf(listConversation(app, as, post.externalId, new URLSearchParams(page)), {
        failed: how.failed,
        toEntry: (one) => ({ name: one.id, said: [one] }),
      }),
    toIncoming: (one) => fromPost(one, 'comment'),
    isHidden: ({ hide_status = '' }) => hidden[hide_status],
    listsAll: true,
  })

/**
 * What Meta calls hiding, in its two spellings; whom it covers or restricts by itself is another matter
 * (developers.facebook.com/docs/threads/reply-management and the page on replies to ads, through copies read 2026-11-27).
 */
const hidden: Readonly<Record<string, boolean>> = { HIDDEN: true, HUSHED: true, UNHUSHED: false, NOT_HUSHED: false }

/** What began a thread, also in the app of Threads. */
async function recentPosts(app: AppConfig, as: Credentials): Answer<readonly RecentPost[]> {
  const posts = await listOwn(app, as, as.externalId, 'threads', new URLSearchParams())
  if (!posts.ok) return fail(failed(posts.error))
  return ok(
    posts.value.body.data
      .slice(0, mostRecent)
      .map((one) => ({ post: toPublished(app.webUrl, one), at: isoTime(one.timestamp), cursor: firstLook() })),
  )
}

/** One call makes the answer and shows it. */
async function reply(app: AppConfig, as: Credentials, { to, text }: Reply): Answer<Published> {
  const said = await sayUnder(app, as, as.externalId, { under: to.externalId, text })
  if (!said.ok) return fail(threadsError(said.error, 'visible', now()))
  const post = await getPost(app, as, said.value.body.id)
  // It is there for certain, whether or not Threads says where.
  return ok(toPublished(app.webUrl, post.ok ? post.value.body : said.value.body))
}

async function findReply(
  app: AppConfig,
  as: Credentials,
  { to, text }: Reply,
  since: Date,
): Answer<Published | undefined> {
  const from = since.getTime() - minute
  const replies = await readEdge({
    pages: readBackPages,
    read: (after) => listOwn(app, as, as.externalId, 'replies', after),
    newestFirst: { from, timeOf: ({ timestamp }) => Date.parse(timestamp) },
    failed,
    tooMuch: 'The profile has answered too much since then to be read in full.',
  })
  if (!replies.ok) return replies
  const ours = replies.value.filter(
    (one) => Date.parse(one.timestamp) >= from && one.replied_to?.id === to.externalId && isSameText(one.text, text),
  )
  return alone(ours, (one) => toPublished(app.webUrl, one))
}

export const inbox: Inbox = {
  ways: { comment: ['webhook', 'poll'], mention: ['webhook', 'poll'] },
  answers: { comment: {}, mention: {} },
  // An answer has no container of ours to be asked about.
  settling: { by: 'read_back', lagMs: replyLagMs },
  poll,
  pollPost,
  recentPosts,
  listsWhole: true,
  hiding: {
    kinds: ['comment'],
    effect: notForStrangers,
    topOnly: true,
    async hide(app, as, { externalId }, hidden) {
      const done = await hideReply(app, as, externalId, hidden)
      return done.ok ? ok(undefined) : fail(failed(done.error))
    },
  },
  read(event) {
    const report = HubReport.safeParse(event.raw)
    const told = report.success ? toldOf(report.data) : undefined
    if (!report.success || !told) return []
    const { timestamp, root_post, username } = told
    return [
      incoming(told, {
        kind: report.data.field === 'replies' ? 'comment' : 'mention',
        at: timestamp ? isoTime(timestamp) : new Date(report.data.time * 1000).toISOString(),
        own: report.data.field === 'replies' && username === root_post?.username,
      }),
    ]
  },
  fetchFile: byAddress(label),
  reply,
  findReply,
}
