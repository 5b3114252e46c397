import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { goneForAll, nothingUnder } from '../inbox'
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
import { getVideos, insertReply, listThreads, moderateComment, type Comment, type Problem, type Thread } from './api'
import { findReplyIn } from './find-listed'
import { inboxPaceMs } from './limits'
import { commentsOf, stampOf } from './threads'
import { isRefusedFor, toIncoming, toPublishedComment, youtubeError } from './translate'

/** Everything up to this moment has been handed over, and these of the moment itself. */
const Mark = z.object({ at: z.string(), ids: z.array(z.string()) })
type Mark = z.output<typeof Mark>
/** `page` and `newest` while older pages of one look are still to be read. */
const Cursor = Mark.extend({ page: z.string().optional(), newest: Mark.optional() })
type Cursor = z.output<typeof Cursor>

const start: Mark = { at: '', ids: [] }
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

/**
 * Threads, newest first. Under one video every page is read, because an answer in an old thread does not bring the thread
 * to the front; for the channel as a whole, one page at a time up to the first thread that is known.
 */
async function look(
  app: AppConfig,
  as: Credentials,
  where: Where,
  given: string | undefined,
  failed: Failed,
): Answer<IncomingPage> {
  const known = Cursor.safeParse(parseJson(given ?? ''))
  let cursor: Cursor = known.data ?? start
  const isFromTheTop = cursor.page === undefined
  const [items, there]: [Incoming[], Incoming[]] = [[], []]
  for (let page = 1; ; page++) {
    const read = await readPage(app, as, where, cursor, failed)
    if (!read.ok) {
      // The page is forgotten there: begun anew from what was handed over before, nothing is passed over.
      const { at, ids } = cursor
      return read.error.code === 'rejected' && !isFromTheTop && page === 1
        ? ok({ items: [], cursor: JSON.stringify({ at, ids } satisfies Cursor), more: false })
        : read
    }
    const { said, fresh, nextPageToken, reachedKnown } = read.value
    there.push(...said)
    const news = new Set(fresh.map(({ id }) => id))
    items.push(...said.filter(({ externalId }) => news.has(externalId)))
    const newest = movedOn(cursor.newest ?? { at: cursor.at, ids: cursor.ids }, fresh)
    // The first look of all is content with the newest page.
    const goesOn = known.success && nextPageToken !== undefined && ('videoId' in where || !reachedKnown)
    cursor = goesOn ? { at: cursor.at, ids: cursor.ids, page: nextPageToken, newest } : newest
    if (goesOn && 'videoId' in where && page < pagesAtOnce) continue
    const isWhole = 'videoId' in where && isFromTheTop && nextPageToken === undefined
    return ok({
      items: items.toSorted((a, b) => a.at.localeCompare(b.at)),
      cursor: JSON.stringify(cursor),
      more: goesOn,
      ...(isWhole ? { there } : {}),
      // What is held for review is listed to nobody who does not ask for that.
      hidings: there.map(({ externalId }) => ({ externalId, hidden: false })),
    })
  }
}

async function readPage(app: AppConfig, as: Credentials, where: Where, cursor: Cursor, failed: Failed) {
  const answer = await listThreads(app, as, { ...where, pageToken: cursor.page })
  if (!answer.ok) return fail(failed(answer.error))
  const { items: threads, nextPageToken } = answer.value.body
  const said: Incoming[] = []
  const fresh: Comment[] = []
  for (const thread of threads) {
    const sent = [thread.snippet.topLevelComment, ...(thread.replies?.comments ?? [])]
    // Each thread read in full costs quota: those of the whole channel only where something happened.
    const matters = 'videoId' in where || sent.some((comment) => isNew(comment, cursor))
    const all = matters ? await commentsOf(app, as, thread) : ok(sent)
    if (!all.ok) return all
    fresh.push(...all.value.filter((comment) => isNew(comment, cursor)))
    said.push(...all.value.map((comment) => incoming(app, as, thread, comment, cursor)))
  }
  const reachedKnown = threads.some(({ snippet }) => !isNew(snippet.topLevelComment, cursor))
  return ok({ said, fresh, nextPageToken, reachedKnown })
}

function incoming(app: AppConfig, as: Credentials, thread: Thread, comment: Comment, mark: Mark): Incoming {
  const { videoId } = thread.snippet
  const said = toIncoming(comment, { webUrl: app.webUrl, me: as.externalId, thread: thread.id, videoId })
  // An edit of something that was never handed over is new to us.
  const at = new Date(comment.snippet.publishedAt).toISOString()
  return said.change === 'edited' && at > mark.at ? { ...said, change: 'new', at } : said
}

/** Comments under one video, unless they are switched off under it, or it is gone. */
async function pollPost(
  app: AppConfig,
  as: Credentials,
  { externalId: videoId }: Published,
  cursor: string | undefined,
): Answer<IncomingPage> {
  const refusals: Trouble<Problem>[] = []
  const page = await look(app, as, { videoId }, cursor, (trouble) => {
    refusals.push(trouble)
    return toError(trouble)
  })
  const [refusal] = refusals
  if (page.ok || !refusal) return page
  if (isRefusedFor(refusal, 'commentsDisabled')) return ok(nothingUnder('closed', cursor))
  if (!isRefusedFor(refusal, 'videoNotFound')) return page
  // A list of comments may be behind: the videos themselves are asked.
  const videos = await getVideos(app, as, [videoId], 'status')
  return videos.ok && videos.value.body.items.length === 0 ? ok(nothingUnder('gone', cursor)) : page
}

const Ref = z.object({ thread: z.string(), videoId: z.string().optional() })
const threadOf = (to: Addressee) => Ref.parse(to.ref)

/** Comments under the channel's videos. The API has no mentions and no messages, and its webhook tells of videos only. */
export const inbox: Inbox = {
  ways: { comment: ['poll'] },
  answers: { comment: {} },
  leastPaceMs: inboxPaceMs,
  poll: (app, as, cursor) => look(app, as, { allThreadsRelatedToChannelId: as.externalId }, cursor, toError),
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
