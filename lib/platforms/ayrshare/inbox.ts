import { z } from 'zod'
import { day, hour, inMs, now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { parseJson } from '../outcome'
import type {
  Answer,
  AppConfig,
  Credentials,
  Inbox,
  Incoming,
  IncomingPage,
  Platform,
  Published,
  Reply,
  StandsUnder,
  WebhookEvent,
} from '../platform'
import {
  listComments,
  listHistory,
  listOnNetwork,
  replyToComment,
  type Comment,
  type HistoryEntry,
  type Named,
} from './api'
import { findComment } from './find'
import { keysOf, selfOf, type Self } from './keys'
import {
  answersOutlivePosts,
  copyMs,
  dateStepMs,
  historyMax,
  isAnswerable,
  isListedWhole,
  isReadWhole,
  onNetworkMax,
  postsAtOnce,
  usualHistoryDays,
  wholeMax,
} from './limits'
import { theirNameOf, type Reached, type TheirName } from './names'
import { ayrshareError, isGone, toPublished } from './translate'

/**
 * A post to be asked for its comments: by Ayrshare's id, or by the network's where it did not go through Ayrshare.
 * `isSeen`: its network lists it. `isPast`: nobody lists it any more, for its age or because it is gone.
 */
const Shown = z.object({
  id: z.string(),
  post: z.string(),
  isElsewhere: z.boolean().default(false),
  isSeen: z.boolean().default(false),
  isPast: z.boolean().default(false),
})
type Shown = z.output<typeof Shown>

/**
 * Where the reading of comments is: which posts are left of this round, when each is worth asking again (ISO), and since
 * when those that Ayrshare does not find any more are lost (ISO).
 */
const Cursor = z.object({
  left: z.array(Shown).default([]),
  next: z.record(z.string(), z.string()).default({}),
  lost: z.record(z.string(), Shown.extend({ since: z.string() })).default({}),
})
type Cursor = z.output<typeof Cursor>

const cursorOf = (text: string | undefined): Cursor => Cursor.safeParse(parseJson(text ?? '')).data ?? Cursor.parse({})

/** What is needed to answer a comment: which post it stands under. */
const AddresseeRef = z.object({ post: z.string(), ayrshare: z.string().optional() })

type Of = { readonly network: Reached; readonly platform: TheirName; readonly label: string }
type Under = { readonly post: string; readonly ayrshare?: string }

const nameOf = ({ from, userName, username }: Comment): string =>
  from?.username ?? username ?? userName ?? from?.name ?? ''

/** A comment of the thread `thread`, which is named after its first, and below `parent` where the list says so. */
function toIncoming(
  comment: Comment,
  { post, ayrshare }: Under,
  { thread, parent }: { readonly thread: string; readonly parent?: string },
  me: Self,
): Incoming {
  const handle = nameOf(comment)
  const id = comment.from?.id
  return {
    externalId: comment.commentId,
    kind: 'comment',
    change: 'new',
    text: comment.comment,
    at: new Date(comment.created).toISOString(),
    author: {
      externalId: id ?? handle,
      handle: handle ? `@${handle}` : '',
      displayName: comment.from?.name ?? handle,
    },
    own: id !== undefined ? id === me.id : handle !== '' && handle === me.username,
    conversation: thread,
    parent: parent ?? comment.parentId ?? post,
    post,
    ...(comment.commentUrl ? { url: comment.commentUrl } : {}),
    media: [],
    ref: { post, ...(ayrshare ? { ayrshare } : {}) },
  }
}

/** A post of the history as its network names it; undefined while it is not there. */
const shownAs = ({ postIds }: HistoryEntry, platform: TheirName): string | undefined =>
  postIds.find((one) => one.platform === platform && one.status === 'success')?.id

/** Everything of the last days: what went out through Ayrshare, by us or by others, and what was posted elsewhere. */
async function shownOf(app: AppConfig, as: Credentials, { platform, label }: Of): Answer<Listed> {
  const lastDays = app.historyDays ?? usualHistoryDays
  const answer = await listHistory(app, keysOf(as), { platform, lastDays, limit: historyMax })
  if (!answer.ok) return fail(ayrshareError(answer.error, 'none', label, now()))
  const sent = answer.value.body.history.flatMap((entry): Shown[] => {
    const post = shownAs(entry, platform)
    return post ? [{ id: entry.id, post, isElsewhere: false, isSeen: false, isPast: false }] : []
  })
  if (!isReadWhole(platform)) return ok({ shown: sent, isAll: false })
  const all = await listOnNetwork(app, keysOf(as), { platform, limit: onNetworkMax })
  if (!all.ok) {
    const error = ayrshareError(all.error, 'none', label, now())
    // Smaller plans have no such list, nor has every network: what went through Ayrshare is read all the same.
    return error.code === 'auth_expired' || error.code === 'rate_limited'
      ? fail(error)
      : ok({ shown: sent, isAll: false })
  }
  const { body, headers } = all.value
  // By Ayrshare's clock, as the days of its history are.
  const since = (Date.parse(headers.get('date') ?? '') || now().getTime()) - lastDays * day
  const known = new Set(sent.map(({ post }) => post))
  const elsewhere = body.posts
    .filter(({ id, created }) => !known.has(id) && !(Date.parse(created ?? '') < since))
    .map(({ id }): Shown => ({ id, post: id, isElsewhere: true, isSeen: true, isPast: false }))
  const seen = new Set(body.posts.map(({ id }) => id))
  return ok({ shown: [...sent.map((one) => ({ ...one, isSeen: seen.has(one.post) })), ...elsewhere], isAll: true })
}
type Listed = {
  readonly shown: readonly Shown[]
  /** What did not go through Ayrshare is among it. */
  readonly isAll: boolean
}

/** Posts that were deleted through Ayrshare, of which it says so. */
async function deletedOf(app: AppConfig, as: Credentials, { platform, label }: Of): Answer<readonly StandsUnder[]> {
  if (answersOutlivePosts(platform)) return ok([])
  const lastDays = app.historyDays ?? usualHistoryDays
  const answer = await listHistory(app, keysOf(as), { platform, lastDays, limit: historyMax, status: 'deleted' })
  if (!answer.ok) {
    const error = ayrshareError(answer.error, 'none', label, now())
    // A plan that does not tell of it keeps nothing else from being read.
    return error.code === 'rejected' ? ok([]) : fail(error)
  }
  return ok(answer.value.body.history.flatMap((entry) => goneAt(shownAs(entry, platform))))
}

const goneAt = (post: string | undefined): readonly StandsUnder[] =>
  post === undefined ? [] : [{ post, there: [], whole: false, asOf: now().toISOString(), end: 'gone' }]

/** That a post is gone is believed when Ayrshare finds it neither now nor so long after it first did not. */
const sureAfterMs = hour

/** What was said under all that: a few posts at a time, and each only when Ayrshare will have asked the network anew. */
async function poll(app: AppConfig, as: Credentials, cursor: string | undefined, of: Of): Answer<IncomingPage> {
  const { platform } = of
  let { left, next, lost } = cursorOf(cursor)
  const found: StandsUnder[] = []
  if (left.length === 0) {
    const answer = await shownOf(app, as, of)
    if (!answer.ok) return answer
    const deleted = await deletedOf(app, as, of)
    if (!deleted.ok) return deleted
    found.push(...deleted.value)
    const all = [...answer.value.shown, ...pastOf(answer.value, { next, lost }, of)]
    // What has left the period is forgotten.
    next = ofThese(all, next)
    lost = ofThese(all, lost)
    const at = now().toISOString()
    left = all.filter(({ id }) => (next[id] ?? '') <= at)
  }
  for (const shown of left.slice(0, postsAtOnce)) {
    const { id, post, isElsewhere, isPast } = shown
    const under = isElsewhere ? { post } : { post, ayrshare: id }
    const page = await underPost(app, as, { id, platform, isTheirs: !isElsewhere }, under, of)
    if (!page.ok) return page
    if (page.value.stands) found.push(page.value.stands)
    const since = page.value.isLost && !shown.isSeen ? (lost[id]?.since ?? now().toISOString()) : undefined
    const sureAt = since === undefined ? undefined : inMs(sureAfterMs, new Date(since))
    const isGoneForSure = sureAt !== undefined && sureAt <= now()
    if (isGoneForSure) found.push(...goneAt(post))
    if (since === undefined) delete lost[id]
    else lost[id] = { ...shown, since }
    if (sureAt === undefined || isGoneForSure) {
      if (isPast) delete next[id]
      else next[id] = sureAt ? inMs(day).toISOString() : page.value.nextAt
    } else next[id] = sureAt.toISOString()
  }
  const rest = left.slice(postsAtOnce)
  const nextAt = Object.values(next).toSorted()[0]
  return ok({
    items: [],
    under: found,
    cursor: JSON.stringify({ left: rest, next, lost } satisfies Cursor),
    more: rest.length > 0,
    ...(nextAt ? { nextAt } : {}),
  })
}

const ofThese = <T>(posts: readonly Shown[], by: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(posts.flatMap(({ id }) => (by[id] === undefined ? [] : [[id, by[id]]])))

/**
 * Posts that were asked before, and that no list has any more: for their age, or because they are gone, which only asking
 * for them tells. By which name they went is known of those alone that did not go through Ayrshare; it says itself of the
 * others which were deleted.
 */
function pastOf(
  { shown, isAll }: Listed,
  { next, lost }: Pick<Cursor, 'next' | 'lost'>,
  { platform }: Of,
): readonly Shown[] {
  if (!isAll || answersOutlivePosts(platform)) return []
  const known = new Set(shown.map(({ id }) => id))
  return Object.keys(next)
    .filter((id) => !known.has(id))
    .map((id) => ({ ...(lost[id] ?? { id, post: id, isElsewhere: true }), isSeen: false, isPast: true }))
}

async function underPost(
  app: AppConfig,
  as: Credentials,
  named: Named,
  under: Under,
  { label, platform }: Of,
): Answer<{ readonly stands?: StandsUnder; readonly isLost?: boolean; readonly nextAt: string }> {
  const answer = await listComments(app, keysOf(as), named)
  if (!answer.ok) {
    const error = ayrshareError(answer.error, 'none', label, now())
    // One post that Ayrshare cannot read does not keep the others from being read.
    const isLost = isGone(answer.error) && !answersOutlivePosts(platform)
    return error.code === 'rejected' ? ok({ isLost, nextAt: inMs(copyMs).toISOString() }) : fail(error)
  }
  const { comments, nextUpdate, lastUpdated } = answer.value.body
  const me = selfOf(as)
  const at = Date.parse(nextUpdate ?? '')
  const topOf = topsOf(comments)
  const there = comments.flatMap(({ replies, ...comment }) => [
    toIncoming(comment, under, { thread: topOf(comment) }, me),
    ...replies.map((reply) => toIncoming(reply, under, { thread: topOf(comment), parent: comment.commentId }, me)),
  ])
  // Both by Ayrshare's clock.
  const ageMs = Date.parse(answer.value.headers.get('date') ?? '') - Date.parse(lastUpdated ?? '') + dateStepMs
  return ok({
    stands: {
      post: under.post,
      there: there.toSorted((a, b) => a.at.localeCompare(b.at)),
      whole: isListedWhole(platform) && there.length < wholeMax,
      asOf: inMs(-(Number.isNaN(ageMs) ? copyMs : Math.max(0, ageMs))).toISOString(),
    },
    nextAt: (Number.isNaN(at) ? inMs(copyMs) : new Date(at)).toISOString(),
  })
}

/** X lists answers beside what they answer, and names the post as what its own comments answer. */
function topsOf(comments: readonly Comment[]) {
  const byName = new Map(comments.map((comment) => [comment.commentId, comment]))
  return (comment: Comment): string => {
    const path = new Set<Comment>()
    for (let one: Comment | undefined = comment; one && !path.has(one); one = byName.get(one.parentId ?? ''))
      path.add(one)
    return [...path].at(-1)?.commentId ?? comment.commentId
  }
}

const Told = z.looseObject({
  action: z.literal('comments'),
  /** Ayrshare's name for the post. */
  postId: z.string().optional(),
  id: z.coerce.string(),
  text: z.string().default(''),
  created: z.string().optional(),
  from: z
    .object({ id: z.coerce.string().optional(), name: z.string().optional(), username: z.string().optional() })
    .optional(),
  media: z.looseObject({ id: z.coerce.string().optional() }).optional(),
})

/** A new comment, as Ayrshare reports it of Facebook and Instagram. What it answers, only the list of all says. */
function read({ raw }: WebhookEvent): readonly Incoming[] {
  const told = Told.safeParse(raw)
  // Without the network's name for the post it waits for the next reading.
  const post = told.data?.media?.id
  if (!told.success || !post) return []
  const { id, text, created, from, postId } = told.data
  const comment = { commentId: id, comment: text, created: created ?? now().toISOString(), from }
  const under = { post, ...(postId ? { ayrshare: postId } : {}) }
  const { parent: _unknown, ...item } = toIncoming(comment, under, { thread: id }, { id: '', username: '' })
  return [{ ...item, bare: true, unplaced: true }]
}

const isBy = ({ id, username }: Self, { author }: Incoming): boolean =>
  author.externalId !== '' && [id, username].includes(author.externalId)

/** Words of others wait for nothing. One of ours answers somebody, which only the list says. */
const isWhole = (as: Credentials, told: Incoming): boolean => !isBy(selfOf(as), told)

/**
 * One of ours as the list has it: until Ayrshare's copy does, it is left to the next look, as it would stand for good in a
 * conversation of its own.
 */
async function complete(app: AppConfig, as: Credentials, told: Incoming, of: Of): Answer<Incoming | undefined> {
  const { post, ayrshare } = AddresseeRef.parse(told.ref)
  const under = { post, ...(ayrshare ? { ayrshare } : {}) }
  const named = { id: ayrshare ?? post, platform: of.platform, isTheirs: ayrshare !== undefined }
  const page = await underPost(app, as, named, under, of)
  return page.ok ? ok(page.value.stands?.there.find(({ externalId }) => externalId === told.externalId)) : page
}

/** The post that a comment stands under, by the names that came with it. */
function postOf({ to }: Reply): Pick<Published, 'externalId' | 'ref'> {
  const { post, ayrshare } = AddresseeRef.parse(to.ref)
  return { externalId: post, ref: ayrshare ? { ayrshare } : {} }
}

/** What it stands under. One that was reported before it was read names no thread but itself. */
const placeOf = ({ to }: Reply) => ({ comment: to.externalId, thread: to.conversation })

async function reply(app: AppConfig, as: Credentials, answer: Reply, { platform, label }: Of): Answer<Published> {
  const to: Named = { id: answer.to.externalId, platform, isTheirs: false }
  const sent = await replyToComment(app, keysOf(as), to, answer.text)
  if (!sent.ok) return fail(ayrshareError(sent.error, 'visible', label, now()))
  const { commentId, ayrshareId } = sent.value
  return ok(toPublished(commentId, '', { isComment: true, ...(ayrshareId ? { ayrshare: ayrshareId } : {}) }))
}

/** Comments, and no other kind: private messages are an extra of Ayrshare's larger plans. */
export function inboxOf(network: Platform & { readonly name: Reached }): Inbox {
  const platform = theirNameOf(network.name)
  const of: Of = { network: network.name, platform, label: network.label }
  const isReported = platform === 'facebook' || platform === 'instagram'
  return {
    ways: { comment: isReported ? ['webhook', 'poll'] : ['poll'] },
    answers: isAnswerable(platform) ? { comment: {} } : {},
    poll: (app, as, cursor) => poll(app, as, cursor, of),
    ...(isReported ? { read, isWhole, complete: (app, as, told) => complete(app, as, told, of) } : {}),
    ...(isAnswerable(platform)
      ? {
          reply: (app, as, answer) => reply(app, as, answer, of),
          findReply: (app, as, answer, since) =>
            findComment(app, as, { on: postOf(answer), under: placeOf(answer), text: answer.text, since }, of),
        }
      : {}),
  }
}
