import { z } from 'zod'
import { inMs, now } from '@/lib/core/clock'
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
  WebhookEvent,
} from '../platform'
import { listComments, listHistory, replyToComment, type Comment, type HistoryEntry, type Named } from './api'
import { findComment } from './find'
import { keysOf, selfOf, type Self } from './keys'
import { copyMs, historyMax, isAnswerable, postsAtOnce, usualHistoryDays } from './limits'
import { theirNameOf, type Reached, type TheirName } from './names'
import { ayrshareError, toPublished } from './translate'

/** Where the reading of comments is: which posts are left of this round, and when each is worth asking again (ISO). */
const Cursor = z.object({
  left: z.array(z.object({ id: z.string(), post: z.string() })).default([]),
  next: z.record(z.string(), z.string()).default({}),
})
type Cursor = z.output<typeof Cursor>

const cursorOf = (text: string | undefined): Cursor => Cursor.safeParse(parseJson(text ?? '')).data ?? Cursor.parse({})

/** What is needed to answer a comment: which post it stands under. */
const AddresseeRef = z.object({ post: z.string(), ayrshare: z.string().optional() })

type Of = { readonly network: Reached; readonly platform: TheirName; readonly label: string }
type Under = { readonly post: string; readonly ayrshare?: string }

const nameOf = ({ from, userName, username }: Comment): string =>
  from?.username ?? username ?? userName ?? from?.name ?? ''

function toIncoming(comment: Comment, { post, ayrshare }: Under, parent: string | undefined, me: Self): Incoming {
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
    // Answers stand with what they answer; X lists them beside it.
    conversation: parent ?? comment.parentId ?? comment.commentId,
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

/**
 * What was said under everything that went out through Ayrshare in the last days, by us or by others: a few posts at a
 * time, and each only when Ayrshare will have asked the network anew.
 */
async function poll(app: AppConfig, as: Credentials, cursor: string | undefined, of: Of): Answer<IncomingPage> {
  const { platform, label } = of
  let { left, next } = cursorOf(cursor)
  if (left.length === 0) {
    const lastDays = app.historyDays ?? usualHistoryDays
    const answer = await listHistory(app, keysOf(as), { platform, lastDays, limit: historyMax })
    if (!answer.ok) return fail(ayrshareError(answer.error, 'none', label, now()))
    const shown = answer.value.body.history.flatMap((entry) => {
      const post = shownAs(entry, platform)
      return post ? [{ id: entry.id, post }] : []
    })
    // What has left the period is forgotten.
    next = Object.fromEntries(shown.flatMap(({ id }) => (next[id] ? [[id, next[id]]] : [])))
    const at = now().toISOString()
    left = shown.filter(({ id }) => (next[id] ?? '') <= at)
  }
  const items: Incoming[] = []
  for (const { id, post } of left.slice(0, postsAtOnce)) {
    const page = await underPost(app, as, { id, platform, isTheirs: true }, { post, ayrshare: id }, of)
    if (!page.ok) return page
    items.push(...page.value.items)
    next[id] = page.value.nextAt
  }
  const rest = left.slice(postsAtOnce)
  const nextAt = Object.values(next).toSorted()[0]
  return ok({
    items: items.toSorted((a, b) => a.at.localeCompare(b.at)),
    cursor: JSON.stringify({ left: rest, next }),
    more: rest.length > 0,
    ...(nextAt ? { nextAt } : {}),
  })
}

async function underPost(
  app: AppConfig,
  as: Credentials,
  named: Named,
  under: Under,
  { label }: Of,
): Answer<{ readonly items: readonly Incoming[]; readonly nextAt: string }> {
  const answer = await listComments(app, keysOf(as), named)
  if (!answer.ok) {
    const error = ayrshareError(answer.error, 'none', label, now())
    // One post that Ayrshare cannot read does not keep the others from being read.
    return error.code === 'rejected' ? ok({ items: [], nextAt: inMs(copyMs).toISOString() }) : fail(error)
  }
  const { comments, nextUpdate } = answer.value.body
  const me = selfOf(as)
  const at = Date.parse(nextUpdate ?? '')
  return ok({
    items: comments.flatMap(({ replies, ...comment }) => [
      toIncoming(comment, under, undefined, me),
      ...replies.map((reply) => toIncoming(reply, under, comment.commentId, me)),
    ]),
    nextAt: (Number.isNaN(at) ? inMs(copyMs) : new Date(at)).toISOString(),
  })
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

/** A new comment, as Ayrshare reports it of Facebook and Instagram. Whose it is, is known once it is read with the others. */
function read({ raw }: WebhookEvent): readonly Incoming[] {
  const told = Told.safeParse(raw)
  // Without the network's name for the post it waits for the next reading.
  const post = told.data?.media?.id
  if (!told.success || !post) return []
  const { id, text, created, from, postId } = told.data
  const comment = { commentId: id, comment: text, created: created ?? now().toISOString(), from }
  return [toIncoming(comment, { post, ...(postId ? { ayrshare: postId } : {}) }, undefined, { id: '', username: '' })]
}

/** The post that a comment stands under, by the names that came with it. */
function postOf({ to }: Reply): Pick<Published, 'externalId' | 'ref'> {
  const { post, ayrshare } = AddresseeRef.parse(to.ref)
  return { externalId: post, ref: ayrshare ? { ayrshare } : {} }
}

/** A comment's own place: an answer to an answer stands beside it. */
const threadOf = ({ to }: Reply): string => to.conversation

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
    ...(isReported ? { read } : {}),
    ...(isAnswerable(platform)
      ? {
          reply: (app, as, answer) => reply(app, as, answer, of),
          findReply: (app, as, answer, since) =>
            findComment(app, as, { on: postOf(answer), under: threadOf(answer), text: answer.text, since }, of),
        }
      : {}),
  }
}
