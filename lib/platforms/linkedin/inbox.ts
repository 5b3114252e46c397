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
import { clockSkewMs } from '../read-back'
import { createComment, getPage, listNotifications, Notification } from './api'
import { everyComment, everySince, findComment, isPage } from './find'
import { fromComment, fromNotification, heardActions, sayingOf, type AnswerTo } from './incoming'
import { inboxLagMs, inboxPaceMs, readBackLagMs, readBackPageSize } from './limits'
import { linkedinError, toPublishedComment } from './translate'

const Ref = z.object({ on: z.string(), under: z.string().optional() }) satisfies z.ZodType<AnswerTo>

/** How far was read (unix ms), and what was handed over of the time before that in which something may still turn up. */
const Cursor = z.object({ at: z.number(), seen: z.array(z.string()) })
type Cursor = z.output<typeof Cursor>
type Saying = { readonly name: string; readonly at: number; readonly item: Incoming }

const read = (cursor: string | undefined): Cursor | undefined => (cursor ? Cursor.parse(JSON.parse(cursor)) : undefined)

/** What was not handed over yet, oldest first. Lists lag, so each look begins again a while before the last one ended. */
function toPage(sayings: readonly Saying[], before: Cursor | undefined): IncomingPage {
  const since = (before?.at ?? 0) - inboxLagMs
  const seen = new Set(before?.seen)
  const fresh = sayings.filter(({ name, at }) => at > since && !seen.has(name)).toSorted((a, b) => a.at - b.at)
  const at = Math.max(before?.at ?? 0, ...sayings.map((saying) => saying.at))
  const cursor: Cursor = {
    at,
    seen: sayings.filter((saying) => saying.at > at - inboxLagMs).map(({ name }) => name),
  }
  return { items: fresh.map(({ item }) => item), cursor: JSON.stringify(cursor), more: false }
}

const nothing = (cursor: string | undefined) => ok({ items: [], cursor: cursor ?? '', more: false })

/** What happened to a page. Of people LinkedIn keeps no such list. */
async function poll(app: AppConfig, as: Credentials, given: string | undefined): Answer<IncomingPage> {
  if (!isPage(as)) return nothing(given)
  const before = read(given)
  const until = now().getTime()
  // The first look goes back one day.
  const since = before ? before.at - inboxLagMs : until - day
  const listed = await everySince(
    app,
    since,
    (start) =>
      listNotifications(app, as, as.externalId, {
        actions: heardActions,
        since,
        // What happens in this very second by LinkedIn's clock is in it, though ours may be behind.
        until: until + inboxLagMs,
        start,
        count: readBackPageSize,
      }),
    ({ lastModifiedAt }) => lastModifiedAt,
  )
  if (!listed.ok) return listed
  // The newest come first.
  const sayings = listed.value.toReversed().flatMap((told): Saying[] => {
    const item = fromNotification(told, as.externalId, app.webUrl)
    return item ? [{ name: `${item.externalId}:${told.action}`, at: told.lastModifiedAt, item }] : []
  })
  return ok(toPage(sayings, before ?? { at: since, seen: [] }))
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
  const top = await everyComment(app, as, post)
  if (!top.ok) return top
  const all = [...top.value]
  for (const comment of top.value) {
    if ((comment.commentsSummary?.totalFirstLevelComments ?? 0) === 0) continue
    const urn = comment.commentUrn ?? `urn:li:comment:(${post},${comment.id})`
    const answers = await everyComment(app, as, urn)
    if (!answers.ok) return answers
    all.push(...answers.value.map((answer) => ({ ...answer, parentComment: answer.parentComment ?? urn })))
  }
  const sayings = all.map((comment): Saying => {
    return { ...sayingOf(comment), item: fromComment(comment, as.externalId, post, app.webUrl) }
  })
  const page = toPage(sayings, read(given) ?? { at: 0, seen: [] })
  return ok({ ...page, there: sayings.map(({ item }) => item) })
}

async function reply(app: AppConfig, as: Credentials, { to, text }: Reply): Answer<Published> {
  const { on, under } = Ref.parse(to.ref)
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
  return findComment(app, as, { ...Ref.parse(to.ref), part: { text } }, since.getTime() - clockSkewMs)
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
  reply,
  findReply,
}
