import { z } from 'zod'
import { day, minute, now } from '@/lib/core/clock'
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
import { sentIn } from '../graph-chats'
import { fromProfile } from '../graph-people'
import { fromReported, messageOf } from '../graph-reported'
import { byAddress } from '../fetch-file'
import { firstLook, isoTime } from '../graph-feed'
import { messengerFiles } from '../graph-files'
import { HubReport } from '../graph-webhook'
import { isGone, type GraphTrouble } from '../graph'
import { goneForAll, notForStrangers } from '../hiding'
import { mostRecent } from '../look'
import type {
  Answer,
  AnswerFiles,
  AppConfig,
  Credentials,
  Inbox,
  MediaFile,
  Published,
  RecentPost,
  Reply,
  UploadedMedia,
} from '../platform'
import { again } from './again'
import {
  createAttachment,
  createComment,
  createPhoto,
  getProfile,
  hideComment,
  listFeed,
  listThreads,
  remove,
  sendMessage,
} from './api'
import { findComment } from './find'
import { fromFeed } from './incoming'
import { poll, pollPost } from './poll'
import { place } from './place'
import { fromRatings } from './reviews'
import { facebookError, label, toListed, toPublishedComment } from './translate'
import { feedOf } from './webhook'

const failed = (trouble: GraphTrouble) => facebookError(trouble, 'none', now())

/** On what an answer is a comment. */
const Ref = z.object({ on: z.string().optional() })

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
    const message = toSendMessage(answer)
    const sent = await sendMessage(app, as, as.externalId, message)
    return sent.ok
      ? ok(toSent(app.webUrl, sent.value.body.message_id))
      : fail(refusedAgent(message, sent.error) ?? facebookError(sent.error, 'visible', now()))
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
