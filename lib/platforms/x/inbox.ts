import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type {
  Answer,
  AnswerFiles,
  AppConfig,
  Credentials,
  Inbox,
  Incoming,
  IncomingPage,
  Part,
  Reply,
} from '../platform'
import { unwatched } from '../quota-left'
import { again } from './again'
import { createPost, hideReply, listMentions } from './api'
import { fetchFile } from './files'
import { findPublished } from './find'
import { fromEvent, fromPost } from './incoming'
import { answerMessage, findMessage, messagesSince, type MessageMark } from './messages'
import { hidingScope } from './oauth'
import { toCreatePost, toPublished, xError } from './translate'

/** As beside a post: four pictures, or one GIF, or one video. */
const media: AnswerFiles = { kinds: ['image', 'gif', 'video'], max: 4 }
const rule = 'X lets an app answer a post only when that post names or quotes the account.'

/**
 * `since` is the newest mention that was read to the end; `page` and `newest` are there while older ones, which X gives
 * last, are still to be read. `messages` is how far messages were read.
 */
type Cursor = {
  readonly since?: string
  readonly newest?: string
  readonly page?: string
  readonly messages?: MessageMark
}

// Written by `poll` alone.
const read = (cursor: string | undefined): Cursor => (cursor ? (JSON.parse(cursor) as Cursor) : {})

async function poll(app: AppConfig, as: Credentials, given: string | undefined): Answer<IncomingPage> {
  const { since, newest, page, messages } = read(given)
  const answer = await listMentions(app, as, as.externalId, {
    ...(since ? { sinceId: since } : {}),
    ...(page ? { nextToken: page } : {}),
  })
  if (!answer.ok) {
    const error = xError(answer.error, 'none', now())
    // The page is forgotten there: begun anew from the last mention that all before were read of, none is passed over.
    const { page: _stale, newest: _unread, ...anew } = read(given)
    return page !== undefined && error.code === 'rejected'
      ? ok({ items: [], cursor: JSON.stringify(anew satisfies Cursor), more: false })
      : fail(error)
  }
  const { data = [], includes, meta } = answer.value.body
  const latest = newest ?? data[0]?.id ?? since
  // At the very beginning only the newest page is wanted.
  const next = given === undefined ? undefined : meta?.next_token
  const cursor: Cursor = next
    ? { ...(since ? { since } : {}), ...(latest ? { newest: latest } : {}), page: next }
    : latest
      ? { since: latest }
      : {}
  const items = data.toReversed().map((post) => fromPost(app, as, post, includes))
  const toPage = (mark: MessageMark | undefined, said: readonly Incoming[] = []): IncomingPage => ({
    items: [...items, ...said],
    cursor: JSON.stringify(mark ? { ...cursor, messages: mark } : cursor),
    more: next !== undefined,
  })
  if (next) return ok(toPage(messages))
  // X counts messages by a quota of their own, far smaller than that of mentions.
  const said = await unwatched(() => messagesSince(app, as, messages))
  if (said.ok) return ok(toPage(said.value.mark, said.value.items))
  // What was said in public does not wait for messages, which go on from where they were.
  return items.length > 0 ? ok(toPage(messages)) : said
}

/** An answer is a post of ours below theirs. X takes no key of ours: what became of it is read back. */
const partOf = (app: AppConfig, { to, text, media = [], key }: Reply): Part => {
  const parent = toPublished(app.webUrl, to.externalId)
  return { kind: 'reply', text, media, key, replyTo: { root: toPublished(app.webUrl, to.conversation), parent } }
}

/** Likes and reposts come by report alone: to ask costs a call for each post, and X charges each person that it names. */
export const inbox: Inbox = {
  ways: {
    comment: ['webhook', 'poll'],
    mention: ['webhook', 'poll'],
    dm: ['poll'],
    reaction: ['webhook'],
    share: ['webhook'],
  },
  answers: { comment: { rule, media }, mention: { rule, media }, dm: {} },
  answersArePosts: true,
  poll,
  again,
  hiding: {
    kinds: ['comment'],
    effect:
      'It moves behind a click there (“View hidden replies”), where everybody still finds it. Its author is not told. X hides only in conversations that the account began, and charges about $0.005 each time.',
    scope: hidingScope,
    async hide(app, as, { externalId }, hidden) {
      const done = await hideReply(app, as, externalId, hidden)
      return done.ok ? ok(undefined) : fail(xError(done.error, 'none', now()))
    },
  },
  read: fromEvent,
  fetchFile,
  async reply(app, as, given) {
    if (given.to.kind === 'dm') return answerMessage(app, as, given)
    const answer = await createPost(app, as, toCreatePost(partOf(app, given)))
    return answer.ok
      ? ok(toPublished(app.webUrl, answer.value.body.data.id))
      : fail(xError(answer.error, 'visible', now()))
  },
  findReply: (app, as, given, since) =>
    given.to.kind === 'dm' ? findMessage(app, as, given, since) : findPublished(app, as, partOf(app, given), since),
}
