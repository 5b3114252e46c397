import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Inbox, Incoming, IncomingPage, Published, Reply } from '../platform'
import { nothingUnder } from '../look'
import type { Trouble } from '../outcome'
import { comment, getInfo, getThread, isWhole, listInbox, Listing, thingsOf, type Problem, type Thing } from './api'
import { conclude, everySince } from './find'
import { readBackPages } from './limits'
import { matchesComment, outcomeOf, redditError, toPublished } from './translate'

/** `/r/coffee/comments/POST/title/COMMENT/`: the post that a comment stands under. */
const postIn = (path: string | undefined): string | undefined => {
  const id = /\/comments\/(\w+)/.exec(path ?? '')?.[1]
  return id && `t3_${id}`
}

function kindOf(thing: Thing): Incoming['kind'] {
  if (thing.name.startsWith('t4_')) return 'dm'
  return thing.type === 'username_mention' ? 'mention' : 'comment'
}

function toIncoming(thing: Thing, as: Pick<Credentials, 'externalId'>, webUrl: string): Incoming {
  const kind = kindOf(thing)
  const path = thing.context ?? thing.permalink
  const post = kind === 'dm' ? undefined : (thing.link_id ?? postIn(path))
  // Everybody who left Reddit is called so: that is nobody's name.
  const author = thing.author === '[deleted]' ? undefined : thing.author
  const isEdited = typeof thing.edited === 'number'
  return {
    externalId: thing.name,
    kind,
    change: isEdited ? 'edited' : 'new',
    text: thing.body ?? '',
    at: new Date((isEdited ? Number(thing.edited) : thing.created_utc) * 1000).toISOString(),
    author: author
      ? { externalId: author, handle: `u/${author}`, displayName: author }
      : { externalId: '', handle: '', displayName: '[deleted]' },
    own: author?.toLowerCase() === as.externalId.toLowerCase(),
    conversation: kind === 'dm' ? (thing.first_message_name ?? thing.name) : (post ?? thing.name),
    ...(thing.parent_id ? { parent: thing.parent_id } : {}),
    ...(post ? { post } : {}),
    ...(path ? { url: `${webUrl}${path}` } : {}),
    media: [],
    ref: thing.name,
  }
}

/**
 * How far was read: the newest second, and what was seen in it, because Reddit's times are whole seconds. A name alone
 * would not do: Reddit lists nothing after a message that was deleted.
 */
const Cursor = z.object({ at: z.number(), seen: z.array(z.string()) })
type Cursor = z.output<typeof Cursor>

function readCursor(cursor: string | undefined): Cursor | undefined {
  if (!cursor) return undefined
  const [at, ...seen] = cursor.split(' ')
  return Cursor.safeParse({ at: Number(at), seen }).data
}

function cursorAfter(things: readonly Thing[], before: Cursor | undefined): string {
  const at = Math.max(before?.at ?? 0, ...things.map(({ created_utc }) => created_utc))
  const seen = things.filter(({ created_utc }) => created_utc === at).map(({ name }) => name)
  return [String(at), ...new Set([...(before?.at === at ? before.seen : []), ...seen])].join(' ')
}

const isNew = (thing: Thing, before: Cursor | undefined): boolean =>
  !before || thing.created_utc > before.at || (thing.created_utc === before.at && !before.seen.includes(thing.name))

/** `things`: what came later behind what came earlier, as far as whole seconds do not tell. */
function toPage(app: AppConfig, as: Credentials, things: readonly Thing[], before: Cursor | undefined): IncomingPage {
  const fresh = things.filter((thing) => isNew(thing, before)).toSorted((a, b) => a.created_utc - b.created_utc)
  return {
    items: fresh.map((thing) => toIncoming(thing, as, app.webUrl)),
    cursor: cursorAfter(fresh, before),
    more: false,
  }
}

/** Replies, mentions and messages stand in one list, newest first: it is read back to where the last reading ended. */
async function poll(app: AppConfig, as: Credentials, cursor: string | undefined): Answer<IncomingPage> {
  const before = readCursor(cursor)
  const found: Thing[] = []
  let after: string | undefined
  for (let page = 0; page < readBackPages; page++) {
    const answer = await listInbox(app, as, after)
    if (!answer.ok) return fail(redditError(answer.error, 'none', now()))
    const things = thingsOf(answer.value.body)
    found.push(...things)
    after = answer.value.body.data.after ?? undefined
    if (!before || !after || things.some(({ created_utc }) => created_utc < before.at)) break
  }
  return ok(toPage(app, as, found.toReversed(), before))
}

/** A tree of comments, newest first, as a list, oldest first. `replies` is an empty text where there are none. */
const flatten = (things: readonly Thing[]): Thing[] =>
  things.toReversed().flatMap((thing) => {
    const below = Listing.safeParse(thing.replies)
    return [thing, ...(below.success ? flatten(thingsOf(below.data)) : [])]
  })

async function pollPost(
  app: AppConfig,
  as: Credentials,
  post: Published,
  cursor: string | undefined,
): Answer<IncomingPage> {
  const answer = await getThread(app, as, post.externalId.replace(/^t3_/, ''))
  if (!answer.ok)
    return (await isGone(app, as, post, answer.error))
      ? ok(nothingUnder('gone', cursor))
      : fail(redditError(answer.error, 'none', now()))
  const { body } = answer.value
  const things = flatten(thingsOf(body)).filter((thing) => !isEmptied(thing))
  const page = toPage(app, as, things, readCursor(cursor))
  return ok(isWhole(body) ? { ...page, there: things.map((thing) => toIncoming(thing, as, app.webUrl)) } : page)
}

/**
 * Whether nobody is shown a post any more. One that its author deleted usually stays to be read, with what was said under
 * it, which can still be answered: that is as if it were there.
 */
async function isGone(
  app: AppConfig,
  as: Credentials,
  { externalId: name }: Published,
  trouble: Trouble<Problem>,
): Promise<boolean> {
  if (trouble.kind !== 'refused' || trouble.status !== 404) return false
  const info = await getInfo(app, as, [name])
  return info.ok && thingsOf(info.value.body).length === 0
}

/** Taken away by its author or by a moderator: where others answered it, its place is kept. */
const isEmptied = ({ author, body }: Thing): boolean =>
  (author ?? '[deleted]') === '[deleted]' && (body === '[deleted]' || body === '[removed]')

async function reply(app: AppConfig, as: Credentials, { to, text }: Reply): Answer<Published> {
  const answer = await comment(app, as, to.externalId, text)
  if (!answer.ok) return fail(redditError(answer.error, 'visible', now()))
  const made = outcomeOf(answer.value.body.json, now())
  if (!made.ok) return made
  const { name, permalink } = made.value
  return name
    ? ok(toPublished(app.webUrl, name, permalink))
    : fail({ code: 'outcome_unknown', reason: 'Reddit took the answer without saying where it is.' })
}

/** Reddit offers no webhooks: everything is asked for. Nobody is told who voted. */
export const inbox: Inbox = {
  ways: { comment: ['poll'], mention: ['poll'], dm: ['poll'] },
  answers: { comment: {}, mention: {}, dm: {} },
  poll,
  pollPost,
  listsWhole: true,
  reply,
  async findReply(app, as, { to, text }, since) {
    const what = to.kind === 'dm' ? 'messages' : 'comments'
    return conclude(app, await everySince(app, as, what, since), (thing) => matchesComment(thing, to.externalId, text))
  },
}
