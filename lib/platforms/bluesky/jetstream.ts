import type { jsonToLex } from '@atproto/api'
import { z } from 'zod'
import { minute, now, second } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import { parseJson } from '../outcome'
import type { AppConfig, Credentials, Inbox, Incoming, PlatformError } from '../platform'
import { makers } from './api'
import { fromCommit, gonePost } from './incoming'

type Stream = NonNullable<Inbox['stream']>

const collection = 'app.bsky.feed.post'
/** Of all that is written anywhere, this tells how far we are (unix microseconds). */
const timeIn = (text: string): number => Number(/"time_us":\s*(\d+)/.exec(text)?.[1] ?? 0)

const Commit = z.object({
  did: z.string(),
  time_us: z.number(),
  commit: z.object({
    operation: z.enum(['create', 'update', 'delete']),
    collection: z.literal(collection),
    rkey: z.string(),
    record: z.unknown().optional(),
    cid: z.string().optional(),
  }),
})

/** Somebody writes somewhere all the time: so much silence is a dead line, or the imitation's. */
const idleMs = 2 * minute
/** How often it is noted where we are, when nothing concerns us. */
const markEveryMs = 10 * second
/** A line is taken up this much before where it was: Jetstream advises a few seconds (bluesky-social/jetstream). */
const rewindMs = 5 * second
/** Longer ago than this, everything written in between is more than what concerns us is worth: asking brings that. */
const mostReplayedMs = 10 * minute
/** What is taken away anywhere is gathered for so long, or so many, before it is asked whether it was ours. */
const gatherMs = second
const mostGathered = 1_000

/** Where a line begins: a little before where the last one was, or now. */
function addressOf(app: AppConfig, mark: string | undefined): string {
  const query = new URLSearchParams({ wantedCollections: collection })
  const beganMs = mark === undefined ? 0 : Number(mark) / 1_000
  if (now().getTime() - beganMs < mostReplayedMs) query.set('cursor', String(Math.round((beganMs - rewindMs) * 1_000)))
  return `${(app.hosts.jetstream ?? '').replace(/^http/, 'ws')}/subscribe?${query}`
}

/**
 * Listens to all posts there are, and hands over those that name us or answer us. What is taken away is told by its
 * key, so only of what we hold. Ends with the connection, and begins anew from its last mark.
 * Rejects when `onPage` does.
 */
export const stream: Stream = async (app, as, { mark, signal, holds, onPage }) => {
  const { jsonToLex } = await makers()
  if (signal.aborted) return ok(undefined)
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(addressOf(app, mark))
    const ends: Incoming[] = []
    let gathering: NodeJS.Timeout | undefined
    let work: Promise<void> = Promise.resolve()
    let reached = 0
    let noted = 0
    let heardAt = now().getTime()
    let isOver = false

    const then = (step: () => Promise<void>): void => {
      work = work.then(step)
      // The failure is the whole line's, and told at its end.
      work.catch(() => stop())
    }
    const tellEnds = (): void => {
      clearTimeout(gathering)
      gathering = undefined
      const gone = ends.splice(0)
      if (gone.length === 0) return
      // After the words that came before them are kept.
      then(async () => {
        const held = await holds(gone.map(({ externalId }) => externalId))
        const items = gone.filter(({ externalId }) => held.has(externalId))
        if (items.length > 0) await onPage({ items, cursor: '', more: false })
      })
    }
    const gather = (gone: Incoming): void => {
      ends.push(gone)
      if (ends.length >= mostGathered) tellEnds()
      else gathering ??= setTimeout(tellEnds, gatherMs)
    }
    const handOver = (items: readonly Incoming[]): void => {
      // No mark passes what is not told yet.
      tellEnds()
      noted = reached
      const at = String(reached)
      then(() => onPage({ items, cursor: '', more: false, mark: at }))
    }
    const end = (result: Result<void, PlatformError>): void => {
      if (isOver) return
      isOver = true
      clearInterval(watch)
      signal.removeEventListener('abort', stop)
      socket.close()
      tellEnds()
      // What has come already is handed over first.
      work.then(() => resolve(result), reject)
    }
    const stop = () => end(ok(undefined))
    const watch = setInterval(() => {
      if (now().getTime() - heardAt > idleMs) return stop()
      if (reached > noted) handOver([])
    }, markEveryMs)

    signal.addEventListener('abort', stop)
    socket.addEventListener('message', ({ data }) => {
      if (isOver) return
      const text = String(data)
      heardAt = now().getTime()
      reached = Math.max(reached, timeIn(text))
      // Nearly all of it is nobody's word to us: it is not even read.
      if (!text.includes(as.externalId) && !text.includes('"delete"')) return
      const item = understood(app, as, text, jsonToLex)
      if (item?.change === 'deleted') gather(item)
      else if (item) handOver([item])
    })
    // A line that said something was there: it is over, as lines are now and then.
    const gone = (reason: string) => (reached > 0 ? stop() : end(fail({ code: 'unavailable', reason })))
    socket.addEventListener('close', () => gone('Jetstream’s line ended.'))
    socket.addEventListener('error', () => gone('Jetstream could not be reached.'))
  })
}

function understood(app: AppConfig, as: Credentials, text: string, read: typeof jsonToLex): Incoming | undefined {
  const told = Commit.safeParse(parseJson(text))
  if (!told.success) return undefined
  const { did, time_us, commit } = told.data
  const uri = `at://${did}/${collection}/${commit.rkey}`
  const at = new Date(Math.floor(time_us / 1_000)).toISOString()
  if (commit.operation === 'delete') return gonePost(uri, at)
  if (!commit.cid) return undefined
  // As the maker's client gives it, with links that are links. Written by `parseJson` a moment ago.
  const record: unknown = read(commit.record as Parameters<typeof read>[0])
  const item = fromCommit(app, as, { did, uri, cid: commit.cid, record, at })
  return item && commit.operation === 'update' ? { ...item, change: 'edited' } : item
}
