import { z } from 'zod'
import { day, hour, inMs, now } from '@/lib/core/clock'
import { sha256 } from '@/lib/core/crypto'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Incoming, PlatformError } from '../platform'
import { heardLeft } from '../quota-left'
import { listThreads, type Comment, type Thread, type ThreadPage } from './comment-api'
import { sparePerHour } from './limits'
import { asIncoming, bornAt, commentsOf, isCut, sentWith, stampOf, type Heard } from './threads'
import { youtubeError } from './translate'

/**
 * Where going round and round through all threads of a channel stands: an answer does not bring its thread to the front,
 * so that each thread must be looked at now and then.
 */
export const Round = z.object({
  /** What was written or changed before it is no news; `next` the same for the round to come (ISO 8601 in UTC). */
  since: z.string(),
  next: z.string(),
  /** The latest stamp that was read, so that no clock but YouTube's is asked. */
  newest: z.string(),
  /** The page to read. Absent for the first. */
  page: z.string().optional(),
  /** Of this page the last thread that was read. */
  upTo: z.string().optional(),
  /** Marks of what was handed over and may be read again. */
  told: z.array(z.string()),
  /** Marks of how many answers stood in a thread, of which not all came along: in this round, and in the one before. */
  counts: z.array(z.string()),
  countsBefore: z.array(z.string()),
  /** When these marks were begun (by our clock). */
  countsFrom: z.string(),
  /** How often in a row they could not be read. */
  failures: z.number().default(0),
})
export type Round = z.output<typeof Round>

/** So many marks of a kind are kept. What has none is handed over, or read in full, once more: nothing is passed over. */
const mostMarks = 2_000
/** So many threads are read in full in one look, beside the page on which they stand. */
const threadsAtOnce = 10
/** What was held for review is listed late, with the stamp of when it was written. */
const lateMs = day
/** An answer may change, or come in the place of another: what a count told is believed for so long. */
const countsHoldMs = day
/** So many failures in a row pass without a word. */
const patience = 2

const short = (text: string): string => sha256(text).slice(0, 12)
/** A comment as it stood at a moment. */
const markOf = ({ id }: { readonly id: string }, at: string): string => `${short(id)} ${Date.parse(at).toString(36)}`
const isOfAtLeast = (mark: string, at: string): boolean =>
  at === '' || Number.parseInt(mark.split(' ')[1] ?? '', 36) >= Date.parse(at)

/** The first round: nothing is news that is older than what the account's feed has reached by now. */
export const begun = ({ at, ids }: { readonly at: string; readonly ids: readonly string[] }): Round => ({
  since: at,
  next: at,
  newest: at,
  told: ids.map((id) => markOf({ id }, at)),
  counts: [],
  countsBefore: [],
  countsFrom: now().toISOString(),
  failures: 0,
})

/** What was handed over, of all that may be read again. */
export function heardIn({ since, told }: Round): Heard {
  const marks = new Set(told)
  const wasTold = (comment: Comment, at: string): boolean => at < since || marks.has(markOf(comment, at))
  return {
    asItIs: (comment) => wasTold(comment, stampOf(comment)),
    // Where not all could be marked it may have been: first words that were told twice, each time others, would be chance.
    asItBegan: (comment) => told.length >= mostMarks || wasTold(comment, bornAt(comment)),
  }
}

/** The round with comments that were read and handed over, here or with the newest threads. */
export function noted(round: Round, comments: readonly Comment[]): Round {
  const told = comments.flatMap((comment) =>
    [bornAt(comment), stampOf(comment)].filter((at) => at >= round.since).map((at) => markOf(comment, at)),
  )
  return {
    ...round,
    newest: comments.map(stampOf).reduce(later, round.newest),
    told: together(round.told, told),
  }
}

const together = (marks: readonly string[], more: readonly string[]): string[] =>
  [...new Set([...marks, ...more])].slice(0, mostMarks)

const later = (a: string, b: string): string => (a > b ? a : b)

/** Whether units are left over: the newest threads come first, until midnight. */
export function isSpare(): boolean {
  const left = heardLeft()
  return !left || left.calls >= (sparePerHour * (left.resetAt.getTime() - now().getTime())) / hour
}

export type OldThreads = {
  /** What is news of it. */
  readonly items: readonly Incoming[]
  /** All that was read. */
  readonly there: readonly Incoming[]
  readonly round: Round
  /** Why they cannot be read, where that does not pass by itself. */
  readonly missing: readonly string[]
}

/**
 * Reads one page of the channel's threads, or as much of it as one look bears, and moves the round on; it begins anew
 * after the last page, and where its page was forgotten. Never fails: what could not be read is read the next time.
 * @param newest the first page, where it was read a moment ago
 */
export async function readOldThreads(
  app: AppConfig,
  as: Credentials,
  round: Round,
  newest: ThreadPage | undefined,
): Promise<OldThreads> {
  const page = newest && round.page === undefined ? ok(newest) : await readPage(app, as, round.page)
  if (!page.ok) {
    const isForgotten = page.error.code === 'rejected' && round.page !== undefined
    return isForgotten
      ? { items: [], there: [], round: { ...round, page: undefined, upTo: undefined }, missing: [] }
      : { items: [], there: [], ...withFailure(round, page.error) }
  }
  const { items: threads, nextPageToken } = page.value
  const { items, there, reached, isWhole, error } = await readThreads(app, as, round, threads)
  if (error) return { items, there, ...withFailure(reached, error) }
  const goesOn = { ...reached, failures: 0 }
  if (!isWhole) return { items, there, round: goesOn, missing: [] }
  const next = { ...goesOn, page: nextPageToken, upTo: undefined }
  return { items, there, round: nextPageToken === undefined ? anew(next) : next, missing: [] }
}

async function readPage(app: AppConfig, as: Credentials, pageToken: string | undefined): Answer<ThreadPage> {
  const answer = await listThreads(app, as, { allThreadsRelatedToChannelId: as.externalId, pageToken })
  return answer.ok ? ok(answer.value.body) : fail(youtubeError(answer.error, 'none', now()))
}

/**
 * Which of the answers come along with a thread YouTube does not say. So a thread of which not all came is read in full
 * unless as many stand in it as the last time, and nothing that came along is news.
 */
async function readThreads(app: AppConfig, as: Credentials, round: Round, threads: readonly Thread[]) {
  const heard = heardIn(round)
  const isNews = (comment: Comment): boolean => !heard.asItIs(comment)
  const known = new Set([...round.counts, ...round.countsBefore])
  const [read, counts, there, items]: [Comment[], string[], Incoming[], Incoming[]] = [[], [], [], []]
  let [left, upTo] = [threadsAtOnce, round.upTo]
  const soFar = (isWhole: boolean, error?: PlatformError) => ({
    items,
    there,
    reached: { ...noted(round, read), counts: together(round.counts, counts), upTo },
    isWhole,
    error,
  })
  for (const thread of threads.slice(threads.findIndex(({ id }) => id === upTo) + 1)) {
    const sent = sentWith(thread)
    const count = short(`${thread.id} ${thread.snippet.totalReplyCount}`)
    const isToBeRead = isCut(thread) && (!known.has(count) || sent.some(isNews))
    if (isToBeRead && left === 0) return soFar(false)
    if (isToBeRead) left -= 1
    const answer = isToBeRead ? await commentsOf(app, as, thread) : ok(sent)
    if (!answer.ok && answer.error.code !== 'rejected') return soFar(false, answer.error)
    // A thread that is refused was taken away meanwhile, as a rule: what came along of it stands.
    const comments = answer.ok ? answer.value : sent
    for (const comment of comments) {
      // An edit is told as one: what looks at its video alone may have told of it before.
      const item = asIncoming(app, as, { thread, comment, wasHeard: true })
      there.push(item)
      if (isNews(comment)) items.push(item)
    }
    read.push(...comments)
    if (answer.ok && isCut(thread)) counts.push(count)
    upTo = thread.id
  }
  return soFar(true)
}

function anew({ next, newest, told, counts, countsFrom }: Round): Round {
  const isOver = now().getTime() - Date.parse(countsFrom) >= countsHoldMs
  return {
    since: next,
    next: newest === '' ? next : later(next, inMs(-lateMs, new Date(newest)).toISOString()),
    newest,
    told: told.filter((mark) => isOfAtLeast(mark, next)),
    counts: [],
    countsBefore: isOver ? [] : counts,
    countsFrom: isOver ? now().toISOString() : countsFrom,
    failures: 0,
  }
}

/** That the newest threads could be read is worth more than that these could not. */
function withFailure(round: Round, error: PlatformError): Pick<OldThreads, 'round' | 'missing'> {
  const failures = round.failures + 1
  const isLasting = failures > patience && 'reason' in error
  return {
    round: { ...round, failures },
    missing: isLasting ? [`Old comment threads of the channel could not be read. ${error.reason}`] : [],
  }
}
