import { z } from 'zod'
import { day, now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type {
  Answer,
  AppConfig,
  Credentials,
  Inbox,
  Incoming,
  IncomingPage,
  Person,
  Published,
  Reply,
} from '../platform'
import { nothingUnder } from '../look'
import { clockSkewMs } from '../read-back'
import { Place, readOn, type Entries, type Entry, type ReadSoFar } from '../read-on'
import { createComment, getPage, getPost, listComments, listNotifications, Notification, type Comment } from './api'
import { complete, placed, placeOf, Ref } from './ask-place'
import { findComment, isPage, type Listed } from './find'
import { fromComment, fromNotification, heardActions, sayingOf } from './incoming'
import { inboxCalls, inboxLagMs, inboxPaceMs, readBackLagMs, readBackPages, readBackPageSize } from './limits'
import { linkedinError, toPublishedComment } from './translate'

/** How far was read (unix ms), and what was handed over of the time before that in which something may still turn up. */
const Mark = z.object({ at: z.number(), seen: z.array(z.string()) })
type Mark = z.output<typeof Mark>
/** While one look goes on: where it does, and the mark that the next begins with. */
const Cursor = Mark.extend({ newest: Mark.optional(), place: Place.optional() })
type Cursor = z.output<typeof Cursor>
type Saying = { readonly name: string; readonly at: number; readonly item: Incoming }

const read = (cursor: string | undefined): Cursor | undefined => (cursor ? Cursor.parse(JSON.parse(cursor)) : undefined)

/** What was not handed over yet, oldest first. Lists lag, so each look begins again a while before the last one ended. */
function toPage({ said, place, isEnd }: ReadSoFar<Saying>, before: Cursor): IncomingPage {
  const since = before.at - inboxLagMs
  const seen = new Set(before.seen)
  const fresh = said.filter(({ name, at }) => at > since && !seen.has(name)).toSorted((a, b) => a.at - b.at)
  const at = Math.max((before.newest ?? before).at, ...said.map((saying) => saying.at))
  const late = said.filter((saying) => saying.at > at - inboxLagMs).map(({ name }) => name)
  const newest: Mark = { at, seen: [...new Set([...(before.newest?.seen ?? []), ...late])] }
  const cursor: Cursor = isEnd ? newest : { at: before.at, seen: before.seen, newest, place }
  return { items: fresh.map(({ item }) => item), cursor: JSON.stringify(cursor), more: place !== undefined }
}

const nothing = (cursor: string | undefined) => ok({ items: [], cursor: cursor ?? '', more: false })

/** What happened to a page. Of people LinkedIn keeps no such list. */
async function poll(app: AppConfig, as: Credentials, given: string | undefined): Answer<IncomingPage> {
  if (!isPage(as)) return nothing(given)
  const before = read(given)
  const until = now().getTime()
  // The first look goes back one day.
  const since = before ? before.at - inboxLagMs : until - day
  const mark = before ?? { at: since, seen: [] }
  const listed = await readOn({
    calls: readBackPages,
    from: mark.place,
    list: (page) =>
      entriesFrom(app, page, {
        list: (start) =>
          listNotifications(app, as, as.externalId, {
            actions: heardActions,
            since,
            // What happens in this very second by LinkedIn's clock is in it, though ours may be behind.
            until: until + inboxLagMs,
            start,
            count: readBackPageSize,
          }),
        toEntry: (told) => ({ name: told.action, said: sayingsOf(told, as, app.webUrl) }),
        // The newest come first.
        isOld: ({ lastModifiedAt }) => lastModifiedAt < since,
      }),
  })
  if (!listed.ok) return listed
  const page = toPage({ ...listed.value, said: listed.value.said.toReversed() }, mark)
  return ok({ ...page, items: await placed(app, as, page.items) })
}

function sayingsOf(told: Notification, as: Credentials, webUrl: string): readonly Saying[] {
  const item = fromNotification(told, as.externalId, webUrl)
  return item ? [{ name: `${item.externalId}:${told.action}`, at: told.lastModifiedAt, item }] : []
}

/** A list that is read by where it begins. */
async function entriesFrom<T>(
  app: AppConfig,
  page: string | undefined,
  q: {
    list(start: number): Listed<T>
    toEntry(one: T): Entry<Saying>
    isOld?(one: T): boolean
  },
): Answer<Entries<Saying>> {
  const start = Number(page ?? 0)
  const answer = await q.list(start)
  if (!answer.ok) return fail(linkedinError(answer.error, 'none', app.webUrl, now()))
  const { elements } = answer.value.body
  const isLast = elements.length < readBackPageSize || elements.some((one) => q.isOld?.(one))
  return ok({
    entries: elements.map((one) => q.toEntry(one)),
    next: isLast ? undefined : String(start + elements.length),
  })
}

/** Under a person's posts only the few apps may read that LinkedIn chose. */
const mayRead = (as: Credentials): boolean => isPage(as) || as.scopes.includes('r_member_social')

/** All that is said under one of our posts, and under what is said there. */
async function pollPost(
  app: AppConfig,
  as: Credentials,
  { externalId: post }: Published,
  given: string | undefined,
): Answer<IncomingPage> {
  if (!mayRead(as)) return nothing(given)
  const before = read(given) ?? { at: 0, seen: [] }
  const toSaying = (comment: Comment): Saying => ({
    ...sayingOf(comment),
    item: fromComment(comment, as.externalId, post, app.webUrl),
  })
  // LinkedIn does not say in which order they come: all are read.
  const commentsOn = (on: string, page: string | undefined, toEntry: (comment: Comment) => Entry<Saying>) =>
    entriesFrom(app, page, { list: (start) => listComments(app, as, on, start, readBackPageSize), toEntry })
  const found = await readOn({
    calls: inboxCalls,
    from: before.place,
    list: (page) =>
      commentsOn(post, page, (comment) => {
        const urn = comment.commentUrn ?? `urn:li:comment:(${post},${comment.id})`
        const entry = { name: comment.id, said: [toSaying(comment)] }
        if ((comment.commentsSummary?.totalFirstLevelComments ?? 0) === 0) return entry
        return {
          ...entry,
          async below(next) {
            const answers = await commentsOn(urn, next, (answer) => ({
              name: answer.id,
              said: [toSaying({ ...answer, parentComment: answer.parentComment ?? urn })],
            }))
            if (!answers.ok) return answers
            return ok({ said: answers.value.entries.flatMap(({ said }) => said), next: answers.value.next })
          },
        }
      }),
  })
  if (!found.ok)
    return found.error.code === 'rejected' && (await isGone(app, as, post)) ? ok(nothingUnder('gone', given)) : found
  const { said, isWhole } = found.value
  return ok({ ...toPage(found.value, before), ...(isWhole ? { there: said.map(({ item }) => item) } : {}) })
}

/** What LinkedIn does not show to whoever asks it refuses (403); what is not there it does not find. */
async function isGone(app: AppConfig, as: Credentials, post: string): Promise<boolean> {
  const found = await getPost(app, as, post)
  return !found.ok && found.error.kind === 'refused' && found.error.status === 404
}

async function reply(app: AppConfig, as: Credentials, { to, text }: Reply): Answer<Published> {
  const place = await placeOf(app, as, to.ref)
  // What LinkedIn does not show may be answered all the same: it judges that itself.
  if (!place.ok && place.error.code !== 'rejected') return place
  const { on, under } = place.ok ? place.value : Ref.parse(to.ref)
  const answer = await createComment(app, as, { on, under, actor: as.externalId, text })
  if (!answer.ok) return fail(linkedinError(answer.error, 'visible', app.webUrl, now()))
  const id = answer.value.headers.get('x-restli-id') ?? answer.value.body?.id
  return id
    ? ok(toPublishedComment(app.webUrl, on, id))
    : fail({ code: 'outcome_unknown', reason: 'LinkedIn accepted this and did not say where it is.' })
}

async function findReply(
  app: AppConfig,
  as: Credentials,
  { to, text }: Reply,
  since: Date,
): Answer<Published | undefined> {
  if (to.kind !== 'comment' || !mayRead(as))
    return fail({ code: 'unavailable', reason: 'LinkedIn shows an app the comments under a page’s own posts alone.' })
  const place = await placeOf(app, as, to.ref)
  return place.ok ? findComment(app, as, { ...place.value, part: { text } }, since.getTime() - clockSkewMs) : place
}

/** Pages have names that may be kept; those of people may not. */
async function identify(app: AppConfig, as: Credentials, urn: string): Answer<Person | undefined> {
  if (!urn.startsWith('urn:li:organization:')) return ok(undefined)
  const page = await getPage(app, as, urn.slice('urn:li:organization:'.length))
  if (!page.ok) return fail(linkedinError(page.error, 'none', app.webUrl, now()))
  const { localizedName, vanityName } = page.value.body
  return ok({ externalId: urn, handle: vanityName ?? localizedName, displayName: localizedName })
}

/** What is said to pages. Messages are closed to apps, and so is almost everything about a person's own posts. */
export const inbox: Inbox = {
  ways: {
    comment: ['webhook', 'poll'],
    mention: ['webhook', 'poll'],
    reaction: ['webhook', 'poll'],
    share: ['webhook', 'poll'],
  },
  answers: { comment: {}, mention: {} },
  leastPaceMs: inboxPaceMs,
  settling: { comment: { by: 'read_back', lagMs: readBackLagMs }, mention: { by: 'person' } },
  poll,
  pollPost,
  listsWhole: true,
  read(event) {
    const told = Notification.safeParse(event.raw)
    const item = told.success ? fromNotification(told.data, event.accountExternalId) : undefined
    return item ? [item] : []
  },
  identify,
  complete,
  reply,
  findReply,
}
