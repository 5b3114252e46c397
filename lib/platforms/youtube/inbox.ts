import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { goneForAll } from '../hiding'
import { nothingUnder } from '../look'
import { parseJson, removed, type Trouble } from '../outcome'
import type {
  Addressee,
  Answer,
  AppConfig,
  Credentials,
  Inbox,
  Incoming,
  IncomingPage,
  PlatformError,
  Published,
} from '../platform'
import { unwatched } from '../quota-left'
import type { Problem } from './api'
import { insertReply, listThreads, moderateComment, type Comment, type ThreadPage } from './comment-api'
import { getVideos } from './video-api'
import { findReplyIn } from './find-listed'
import { inboxPaceMs } from './limits'
import { begun, heardIn, isSpare, noted, readOldThreads, Round } from './old-threads'
import { asIncoming, bornAt, commentsOf, nothingHeard, sentWith, stampOf, type Heard } from './threads'
import { isRefusedFor, toPublishedComment, youtubeError } from './translate'

/** Everything up to this moment has been handed over, and these of the moment itself. */
const Mark = z.object({ at: z.string(), ids: z.array(z.string()) })
type Mark = z.output<typeof Mark>
/** `page` and `newest` while older pages of one look are still to be read; `round` where a whole channel is asked. */
const Cursor = Mark.extend({ page: z.string().optional(), newest: Mark.optional(), round: Round.optional() })
type Cursor = z.output<typeof Cursor>

const start: Mark = { at: '', ids: [] }
const cursorOf = (given: string | undefined): Cursor | undefined => Cursor.safeParse(parseJson(given ?? '')).data
const isNew = (comment: Comment, mark: Mark): boolean =>
  stampOf(comment) > mark.at || (stampOf(comment) === mark.at && !mark.ids.includes(comment.id))

/** The mark moved on over comments that were handed over. */
function movedOn(mark: Mark, comments: readonly Comment[]): Mark {
  const at = comments.map(stampOf).reduce((last, next) => (next > last ? next : last), mark.at)
  const ids = comments.filter((comment) => stampOf(comment) === at).map(({ id }) => id)
  return { at, ids: [...new Set([...(at === mark.at ? mark.ids : []), ...ids])] }
}

type Failed = (trouble: Trouble<Problem>) => PlatformError
const toError: Failed = (trouble) => youtubeError(trouble, 'none', now())

/** Pages of threads under one video that are read in one look: a hundred threads each, some with calls of their own. */
const pagesAtOnce = 5

type Where = { readonly videoId: string } | { readonly allThreadsRelatedToChannelId: string }

type Looked = {
  readonly items: readonly Incoming[]
  readonly there: readonly Incoming[]
  /** The comments that are news. */
  readonly fresh: readonly Comment[]
  readonly cursor: Cursor
  readonly more: boolean
  readonly isWhole: boolean
  /** The page of the newest threads, where nothing else was read. */
  readonly newest?: ThreadPage | undefined
}

/**
 * Threads, newest first. Under one video every page is read, because an answer in an old thread does not bring the thread
 * to the front; for the channel as a whole, one page at a time up to the first thread that is known.
 */
async function look(
  app: AppConfig,
  as: Credentials,
  where: Where,
  known: Cursor | undefined,
  { failed = toError, heard = nothingHeard }: { readonly failed?: Failed; readonly heard?: Heard } = {},
): Answer<Looked> {
  let cursor: Cursor = known ?? start
  const isFromTheTop = cursor.page === undefined
  const [items, there, fresh]: [Incoming[], Incoming[], Comment[]] = [[], [], []]
  for (let page = 1; ; page++) {
    const read = await readPage(app, as, where, cursor, { failed, heard })
    if (!read.ok) {
      // The page is forgotten there: begun anew from what was handed over before, nothing is passed over.
      const { at, ids } = cursor
      return read.error.code === 'rejected' && !isFromTheTop && page === 1
        ? ok({ items, there, fresh, cursor: { at, ids }, more: false, isWhole: false })
        : read
    }
    const { listed, reachedKnown } = read.value
    there.push(...read.value.said)
    fresh.push(...read.value.fresh)
    const news = new Set(read.value.fresh.map(({ id }) => id))
    items.push(...read.value.said.filter(({ externalId }) => news.has(externalId)))
    const newest = movedOn(cursor.newest ?? { at: cursor.at, ids: cursor.ids }, read.value.passed)
    // The first look of all is content with the newest page.
    const { nextPageToken } = listed
    const goesOn = known !== undefined && nextPageToken !== undefined && ('videoId' in where || !reachedKnown)
    cursor = goesOn ? { at: cursor.at, ids: cursor.ids, page: nextPageToken, newest } : newest
    if (goesOn && 'videoId' in where && page < pagesAtOnce) continue
    return ok({
      items,
      there,
      fresh,
      cursor,
      more: goesOn,
      isWhole: 'videoId' in where && isFromTheTop && nextPageToken === undefined,
      newest: isFromTheTop && page === 1 ? listed : undefined,
    })
  }
}

async function readPage(
  app: AppConfig,
  as: Credentials,
  where: Where,
  cursor: Cursor,
  { failed, heard }: { readonly failed: Failed; readonly heard: Heard },
) {
  const answer = await listThreads(app, as, { ...where, pageToken: cursor.page })
  if (!answer.ok) return fail(failed(answer.error))
  const listed = answer.value.body
  const isNews = (comment: Comment): boolean => isNew(comment, cursor) && !heard.asItIs(comment)
  const said: Incoming[] = []
  const passed: Comment[] = []
  for (const thread of listed.items) {
    const sent = sentWith(thread)
    // Each thread read in full costs quota: those of the whole channel only where something happened.
    const matters = 'videoId' in where || sent.some(isNews)
    const all = matters ? await commentsOf(app, as, thread) : ok(sent)
    if (!all.ok) return all
    passed.push(...all.value.filter((comment) => isNew(comment, cursor)))
    for (const comment of all.value) {
      const wasHeard = bornAt(comment) <= cursor.at || heard.asItBegan(comment)
      said.push(asIncoming(app, as, { thread, comment, wasHeard }))
    }
  }
  const reachedKnown = listed.items.some(({ snippet }) => !isNew(snippet.topLevelComment, cursor))
  return ok({ said, passed, fresh: passed.filter(isNews), listed, reachedKnown })
}

const toPage = ({ items, there, cursor, more, isWhole }: Looked): IncomingPage => ({
  items: items.toSorted((a, b) => a.at.localeCompare(b.at)),
  cursor: JSON.stringify(cursor satisfies Cursor),
  more,
  ...(isWhole ? { there } : {}),
  // What is held for review is listed to nobody who does not ask for that.
  hidings: there.map(({ externalId }) => ({ externalId, hidden: false })),
})

/** The newest threads of the channel, and once they are read a page of the older ones. */
async function poll(app: AppConfig, as: Credentials, given: string | undefined): Answer<IncomingPage> {
  const known = cursorOf(given)
  const before = known && (known.round ?? begun(known))
  const where = { allThreadsRelatedToChannelId: as.externalId }
  const looked = await look(app, as, where, known, before ? { heard: heardIn(before) } : {})
  if (!looked.ok) return looked
  const { items, there, fresh, cursor, more, newest } = looked.value
  const at = (round: Round): Looked => ({ ...looked.value, cursor: { ...cursor, round } })
  if (!before) return ok(toPage(at(begun(cursor))))
  const round = noted(before, fresh)
  if (more || !isSpare()) return ok(toPage(at(round)))
  // They keep a pace of their own: what they take makes no look at the newest ones rarer.
  const old = await unwatched(() => readOldThreads(app, as, round, newest))
  const both = { ...at(old.round), items: [...items, ...old.items], there: [...there, ...old.there] }
  return ok({ ...toPage(both), missing: old.missing })
}

/** Comments under one video, unless they are switched off under it, or it is gone. */
async function pollPost(
  app: AppConfig,
  as: Credentials,
  { externalId: videoId }: Published,
  cursor: string | undefined,
): Answer<IncomingPage> {
  const refusals: Trouble<Problem>[] = []
  const failed: Failed = (trouble) => {
    refusals.push(trouble)
    return toError(trouble)
  }
  const looked = await look(app, as, { videoId }, cursorOf(cursor), { failed })
  if (looked.ok) return ok(toPage(looked.value))
  const [refusal] = refusals
  if (!refusal) return looked
  if (isRefusedFor(refusal, 'commentsDisabled')) return ok(nothingUnder('closed', cursor))
  if (!isRefusedFor(refusal, 'videoNotFound')) return looked
  // A list of comments may be behind: the videos themselves are asked.
  const videos = await getVideos(app, as, [videoId], 'status')
  return videos.ok && videos.value.body.items.length === 0 ? ok(nothingUnder('gone', cursor)) : looked
}

const Ref = z.object({ thread: z.string(), videoId: z.string().optional() })
const threadOf = (to: Addressee) => Ref.parse(to.ref)

/** Comments under the channel's videos. The API has no mentions and no messages, and its webhook tells of videos only. */
export const inbox: Inbox = {
  ways: { comment: ['poll'] },
  answers: { comment: {} },
  leastPaceMs: inboxPaceMs,
  poll,
  pollPost,
  listsWhole: true,
  hiding: {
    kinds: ['comment'],
    effect:
      'It is held for review there: nobody but the channel sees it, nor what answers it. Its author is not told, and may still see it.',
    async hide(app, as, { externalId }, hidden) {
      const done = await moderateComment(app, as, externalId, hidden ? 'heldForReview' : 'published')
      return done.ok ? ok(undefined) : fail(youtubeError(done.error, 'none', now()))
    },
    // Only its author can delete a comment; what a channel rejects nobody sees again.
    deleting: {
      effect: goneForAll,
      async take(app, as, { externalId }) {
        const gone = await moderateComment(app, as, externalId, 'rejected')
        return removed(gone, (trouble) => youtubeError(trouble, 'none', now()))
      },
    },
  },
  async reply(app, as, { to, text }) {
    const { thread, videoId } = threadOf(to)
    const answer = await insertReply(app, as, { snippet: { parentId: thread, textOriginal: text } })
    return answer.ok
      ? ok(toPublishedComment(app.webUrl, videoId, answer.value.body.id))
      : fail(youtubeError(answer.error, 'visible', now()))
  },
  findReply: (app, as, { to, text }, since) => findReplyIn(app, as, { ...threadOf(to), text, since }),
}
