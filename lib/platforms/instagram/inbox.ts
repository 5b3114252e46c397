import { z } from 'zod'
import { minute, now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import {
  addresseeOf,
  agentWindowMs,
  freeWindowMs,
  nobodyNamed,
  privateAnswers,
  refusedAgent,
  toSendMessage,
} from '../graph-answers'
import { saidInChats, sentIn } from '../graph-chats'
import { fromProfile, personOf } from '../graph-people'
import { fromReported, messageOf } from '../graph-reported'
import { byAddress } from '../fetch-file'
import { entriesOf, firstLook, isoTime, newsIn, newsUnder, nextOf } from '../graph-feed'
import { directFiles } from '../graph-files'
import { HubReport } from '../graph-webhook'
import { isGone, readEdge, type GraphTrouble } from '../graph'
import { goneForAll, notForStrangers } from '../hiding'
import { mostRecent } from '../look'
import type { Entry } from '../read-on'
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
import {
  answerMention,
  createReply,
  deleteComment,
  getMedia,
  getMentioningComment,
  getMentioningMedia,
  getProfile,
  hideComment,
  listComments,
  listReplies,
  listMedia,
  listMessages,
  listThreads,
  sendMessage,
  type Comment,
  type CommentWithReplies,
} from './api'
import { commentLagMs, inboxCalls, readBackPages } from './limits'
import { instagramError, label, matchesComment, toPublished, toPublishedComment } from './translate'
import { commentOf, mentionOf, type CommentValue } from './webhook'

const failed = (trouble: GraphTrouble) => instagramError(trouble, 'none', now())

/** What an answer is made with: the comment it goes under, or the mention it answers. */
const Ref = z.object({ under: z.string().optional(), media: z.string().optional(), comment: z.string().optional() })

/** Somebody whose number Instagram does not tell. A name may be all digits, so it is marked as none. */
const nameAlone = (username: string | undefined) => (username ? { id: `@${username}`, username } : undefined)

function fromComment(comment: Comment, me: string, post: string): Incoming {
  const from = comment.from ?? nameAlone(comment.username)
  return {
    externalId: comment.id,
    kind: 'comment',
    change: 'new',
    text: comment.text,
    at: isoTime(comment.timestamp),
    author: personOf(from, label),
    own: from?.id === me,
    conversation: post,
    parent: comment.parent_id ?? post,
    post,
    media: [],
    // Threads are two deep: what answers an answer stands beside it.
    ref: { under: comment.parent_id ?? comment.id },
  }
}

const fromReport = (comment: CommentValue, report: HubReport, me: string): Incoming => ({
  ...fromComment({ ...comment, timestamp: new Date(report.time * 1000).toISOString() }, me, comment.media.id),
})

const Cursor = z.object({ messages: z.string() })

/** Messages. Comments are asked for post by post; mentions only ever come by webhook. */
async function poll(app: AppConfig, as: Credentials, cursor: string | undefined): Answer<IncomingPage> {
  const since = cursor === undefined ? firstLook() : Cursor.parse(JSON.parse(cursor)).messages
  const chats = await newsIn(since, {
    calls: inboxCalls,
    list: saidInChats({
      me: as.externalId,
      label,
      list: (after) => listThreads(app, as, after),
      more: (thread, after) => listMessages(app, as, thread, after),
      failed,
    }),
  })
  return chats.ok ? ok({ ...chats.value, cursor: JSON.stringify({ messages: chats.value.cursor }) }) : chats
}

const pollPost = (app: AppConfig, as: Credentials, post: Published, cursor: string | undefined): Answer<IncomingPage> =>
  newsUnder(cursor, {
    id: post.externalId,
    calls: inboxCalls,
    failed,
    post: () => getMedia(app, as, post.externalId),
    own: () => listMedia(app, as, as.externalId, 'media', new URLSearchParams()),
    list: (page, how) =>
      entriesOf(listComments(app, as, post.externalId, new URLSearchParams(page)), {
        failed: how.failed,
        toEntry: (comment) => entryOf(app, as, comment),
      }),
    toIncoming: (comment) => fromComment(comment, as.externalId, post.externalId),
    isHidden: ({ hidden }) => hidden,
    listsAll: true,
  })

/** Of many answers to one comment the first are sent along with it; then all are asked for. */
function entryOf(app: AppConfig, as: Credentials, { replies, ...comment }: CommentWithReplies): Entry<Comment> {
  const { id: name } = comment
  const answers = (all: readonly Comment[]) => all.map((one) => ({ ...one, parent_id: one.parent_id ?? name }))
  if (!replies?.paging?.next) return { name, said: [comment, ...answers(replies?.data ?? [])] }
  return {
    name,
    said: [comment],
    async below(page) {
      const answer = await listReplies(app, as, name, new URLSearchParams(page))
      if (!answer.ok) return fail(failed(answer.error))
      const { body } = answer.value
      return ok({ said: answers(body.data), next: nextOf(body) })
    },
  }
}

/** What was posted, also in Instagram's own app. Stories take no comments. */
async function recentPosts(app: AppConfig, as: Credentials): Answer<readonly RecentPost[]> {
  const media = await listMedia(app, as, as.externalId, 'media', new URLSearchParams())
  if (!media.ok) return fail(failed(media.error))
  return ok(
    media.value.body.data
      .slice(0, mostRecent)
      .map((one) => ({ post: toPublished(app.webUrl, one, 'post'), at: isoTime(one.timestamp), cursor: firstLook() })),
  )
}

/** What was said where the account was mentioned: the report has numbers alone. */
async function complete(app: AppConfig, as: Credentials, given: Incoming): Answer<Incoming> {
  const { bare: _, ...item } = given
  const { media, comment } = Ref.parse(item.ref)
  const by = (username: string | undefined) => personOf(nameAlone(username), label)
  if (comment !== undefined) {
    const found = await getMentioningComment(app, as, comment)
    if (!found.ok) return fail(failed(found.error))
    const said = found.value.body.mentioned_comment
    return ok(said ? { ...item, text: said.text, author: by(said.username) } : given)
  }
  if (media === undefined) return ok(given)
  const found = await getMentioningMedia(app, as, media)
  if (!found.ok) return fail(failed(found.error))
  const said = found.value.body.mentioned_media
  if (!said) return ok(given)
  const { caption: text = '', permalink: url, username } = said
  return ok({ ...item, text, author: by(username), ...(url ? { url } : {}) })
}

/** Messages have no address of their own: the inbox is where they are. */
const toSent = (webUrl: string, id: string): Published => ({
  externalId: id,
  url: `${webUrl}/direct/inbox/`,
  ref: { kind: 'message' },
})

async function reply(app: AppConfig, as: Credentials, answer: Reply): Answer<Published> {
  const { to, text } = answer
  const doubtful = (trouble: GraphTrouble) => fail(instagramError(trouble, 'visible', now()))
  if (to.kind === 'dm' || answer.privately) {
    if (answer.media?.some(({ file }) => !file?.publicUrl))
      return fail({
        code: 'rejected',
        reason: 'Instagram fetches files itself, and this server has no address that it could reach. Set APP_URL.',
      })
    const message = toSendMessage(answer)
    const sent = await sendMessage(app, as, message)
    if (sent.ok) return ok(toSent(app.webUrl, sent.value.body.message_id))
    const noAgent = refusedAgent(message, sent.error)
    return noAgent ? fail(noAgent) : doubtful(sent.error)
  }
  const ref = Ref.parse(to.ref)
  if (ref.media) {
    const mention = { media_id: ref.media, ...(ref.comment ? { comment_id: ref.comment } : {}), message: text }
    const made = await answerMention(app, as, as.externalId, mention)
    return made.ok ? ok(toPublishedComment(app.webUrl, ref.media, made.value.body.id)) : doubtful(made.error)
  }
  if (!ref.under) return fail({ code: 'rejected', reason: 'Instagram lets nobody answer this.' })
  const made = await createReply(app, as, ref.under, text)
  return made.ok ? ok(toPublishedComment(app.webUrl, to.post ?? ref.under, made.value.body.id)) : doubtful(made.error)
}

async function findReply(app: AppConfig, as: Credentials, reply: Reply, since: Date): Answer<Published | undefined> {
  const me = as.externalId
  const { to, text } = reply
  if (to.kind === 'dm' || reply.privately) {
    const other = addresseeOf(reply)
    if (other === undefined) return fail(nobodyNamed(label))
    const threads = await listThreads(app, as, new URLSearchParams(), other)
    if (!threads.ok) return fail(failed(threads.error))
    return sentIn(threads.value.body.data, { me, text, since, toSent: (id) => toSent(app.webUrl, id) })
  }
  const { under } = Ref.parse(to.ref)
  if (!under) return fail({ code: 'unavailable', reason: 'Instagram shows nobody the comments under another’s post.' })
  const replies = await readEdge({
    pages: readBackPages,
    read: (after) => listReplies(app, as, under, after),
    failed,
    tooMuch: 'The comment has too many answers to be read in full.',
  })
  if (!replies.ok) return replies
  const [first, second] = replies.value.filter(
    (one) => Date.parse(one.timestamp) >= since.getTime() - minute && matchesComment(one, text, me),
  )
  if (second) return fail({ code: 'outcome_unknown', reason: 'The comment has two such answers: compare them by eye.' })
  return ok(first && toPublishedComment(app.webUrl, to.post ?? under, first.id))
}

export const inbox: Inbox = {
  ways: { comment: ['webhook', 'poll'], mention: ['webhook'], dm: ['webhook', 'poll'], reaction: ['webhook'] },
  answers: {
    comment: { privately: privateAnswers(label) },
    mention: {},
    dm: {
      media: directFiles,
      windowMs: agentWindowMs,
      byProgramMs: freeWindowMs,
      rule: 'Freely within 24 hours of the person’s last message; up to 7 days by a human agent, for which Meta must have approved the app.',
    },
  },
  // An answer has no container that could be asked.
  settling: { by: 'read_back', lagMs: commentLagMs },
  poll,
  pollPost,
  recentPosts,
  listsWhole: true,
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
        const gone = await deleteComment(app, as, externalId)
        return gone.ok || isGone(gone.error) ? ok(undefined) : fail(failed(gone.error))
      },
    },
  },
  read(event) {
    const report = HubReport.safeParse(event.raw)
    if (!report.success) return []
    const me = event.accountExternalId
    const message = messageOf(report.data)
    if (message) return fromReported(message, me, label)
    const comment = commentOf(report.data)
    if (comment) return [fromReport(comment, report.data, me)]
    const mention = mentionOf(report.data)
    if (!mention) return []
    const { media_id: media, comment_id } = mention
    return [
      {
        externalId: comment_id ?? media,
        kind: 'mention',
        change: 'new',
        text: '',
        at: new Date(report.data.time * 1000).toISOString(),
        author: personOf(undefined, label),
        own: false,
        conversation: media,
        media: [],
        ref: { media, ...(comment_id ? { comment: comment_id } : {}) },
        bare: true,
      },
    ]
  },
  complete,
  fetchFile: byAddress(label),
  async identify(app, as, externalId) {
    const profile = await getProfile(app, as, externalId)
    return profile.ok ? ok(fromProfile(profile.value.body)) : fail(failed(profile.error))
  },
  reply,
  findReply,
}
