import { ok, type Result } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Incoming, IncomingPage, PlatformError } from '../platform'
import { hearing, type Heard, type Stripped, type Threads } from './heard'
import { toTakenBack, type Listener } from './incoming'
import { findMissed } from './missed'
import { listenWith, type Ear } from './session'
import { isLater } from './translate'

type Listening = {
  readonly cursor: string | undefined
  readonly signal: AbortSignal
  reactionsTo(message: string, after: string | undefined): Promise<readonly string[]>
  onPage(page: IncomingPage): Promise<void>
}

/** Hands over one thing after the other, in the order in which they came. `broke` is called when `onPage` threw or catching up was refused: nothing follows. */
function inOrder(
  q: Listening,
  listener: Listener,
  catchUp: (cursor: string | undefined) => Answer<IncomingPage>,
  broke: () => void,
) {
  let cursor = q.cursor
  let work: Promise<Result<void, PlatformError>> = Promise.resolve(ok(undefined))
  const then = (step: () => Answer<void>): void => {
    work = work.then(async (before) => {
      if (!before.ok) return before
      const result = await step()
      if (!result.ok) broke()
      return result
    })
    // Why is had from `done`.
    work.catch(broke)
  }
  let looking: Promise<void> | undefined
  const handOver = (items: readonly Incoming[], at?: string): void =>
    then(async () => {
      if (at && (!cursor || isLater(at, cursor))) cursor = at
      await q.onPage({ items, cursor: cursor ?? '', more: false })
      return ok(undefined)
    })
  return {
    hear: ({ items, at }: Heard) => handOver(items, at),
    /** Asked for when its turn comes: what was given just before is kept by then. */
    strip(stripped: Stripped): void {
      const takeOff = async () => {
        for (let after: string | undefined; !q.signal.aborted;) {
          const names = await q.reactionsTo(stripped.message, after)
          after = names.at(-1)
          if (after === undefined) break
          await q.onPage({ items: toTakenBack(names, stripped, listener), cursor: cursor ?? '', more: false })
        }
        return ok(undefined)
      }
      then(takeOff)
      // What is being looked for may have been seen before, and be kept only after.
      void looking?.then(() => then(takeOff))
    },
    catchUp: () =>
      then(async () => {
        for (let more = true; more && !q.signal.aborted;) {
          const page = await catchUp(cursor)
          if (!page.ok) return page
          ;({ cursor, more } = page.value)
          await q.onPage(page.value)
        }
        return ok(undefined)
      }),
    /** Begins when its turn comes, and takes its time: what comes meanwhile does not wait for it. */
    look: (find: (onFound: (items: readonly Incoming[]) => void) => Promise<void>) =>
      then(async () => {
        const broken = (error: unknown) => then(() => Promise.reject(error))
        looking = find(handOver)
          .catch(broken)
          .finally(() => (looking = undefined))
        return ok(undefined)
      }),
    async done() {
      await work
      await looking
      return work
    },
  }
}

/**
 * Listens to one channel and its threads, over the line of its bot. What was said since the cursor is asked for once
 * Discord has begun to tell us news, so that nothing falls between the two; what comes twice has the same id. Then it is
 * looked which reactions were missed: for each line that begins, which none takes up where the one before ended. Ends with
 * the line: the caller begins anew with the last cursor. Rejects when `onPage` does.
 */
export function stream(
  app: AppConfig,
  as: Credentials,
  listener: Listener,
  q: Listening,
  catchUp: (cursor: string | undefined) => Answer<IncomingPage>,
): Answer<void> {
  if (q.signal.aborted) return Promise.resolve(ok(undefined))
  return new Promise((resolve, reject) => {
    const order = inOrder(q, listener, catchUp, () => stop())
    let isOver = false
    const over = new AbortController()
    const end = (result: Result<void, PlatformError>): void => {
      if (isOver) return
      isOver = true
      over.abort()
      q.signal.removeEventListener('abort', stop)
      leave()
      // What has come already is handed over first.
      order.done().then((handed) => resolve(handed.ok ? result : handed), reject)
    }
    const stop = () => end(ok(undefined))
    const ear = (threads: Threads): Ear => {
      const hear = hearing(listener, threads)
      return {
        begin() {
          order.catchUp()
          order.look((onFound) =>
            findMissed(app, as, listener, { signal: over.signal, reactionsTo: q.reactionsTo, onFound }),
          )
        },
        hear(type, data) {
          const heard = hear(type, data)
          if (!heard) return
          if ('items' in heard) order.hear(heard)
          else order.strip(heard)
        },
        end,
      }
    }
    q.signal.addEventListener('abort', stop)
    const leave = listenWith(app, as.accessToken, ear)
  })
}
