import { ok, type Result } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, IncomingPage, PlatformError } from '../platform'
import { hearing, type Heard, type Stripped, type Threads } from './heard'
import { toTakenBack, type Listener } from './incoming'
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
  return {
    hear: ({ items, at }: Heard) =>
      then(async () => {
        if (at && (!cursor || isLater(at, cursor))) cursor = at
        await q.onPage({ items, cursor: cursor ?? '', more: false })
        return ok(undefined)
      }),
    /** Asked for when its turn comes: what was given just before is kept by then. */
    strip: (stripped: Stripped) =>
      then(async () => {
        for (let after: string | undefined; !q.signal.aborted;) {
          const names = await q.reactionsTo(stripped.message, after)
          after = names.at(-1)
          if (after === undefined) break
          await q.onPage({ items: toTakenBack(names, stripped, listener), cursor: cursor ?? '', more: false })
        }
        return ok(undefined)
      }),
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
    done: () => work,
  }
}

/**
 * Listens to one channel and its threads, over the line of its bot. What was said since the cursor is asked for once
 * Discord has begun to tell us news, so that nothing falls between the two; what comes twice has the same id. Ends with
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
    const end = (result: Result<void, PlatformError>): void => {
      if (isOver) return
      isOver = true
      q.signal.removeEventListener('abort', stop)
      leave()
      // What has come already is handed over first.
      order.done().then((handed) => resolve(handed.ok ? result : handed), reject)
    }
    const stop = () => end(ok(undefined))
    const ear = (threads: Threads): Ear => {
      const hear = hearing(listener, threads)
      return {
        begin: order.catchUp,
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
