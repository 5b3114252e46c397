import { z } from 'zod'
import { fail, ok, type Result } from '@/lib/core/result'
import { parseJson } from '../outcome'
import type { Answer, AppConfig, Credentials, IncomingPage, PlatformError } from '../platform'
import { hearing, type Heard } from './heard'
import type { Listener } from './incoming'
import { isLater } from './translate'

/** discord.com/developers/docs/events/gateway#list-of-intents: servers, their messages and reactions, and what messages say. */
const intents = (1 << 0) | (1 << 9) | (1 << 10) | (1 << 15)

const opcodes = { dispatch: 0, heartbeat: 1, identify: 2, reconnect: 7, invalidSession: 9, hello: 10, acknowledged: 11 }

const Frame = z.object({ op: z.number(), d: z.unknown().optional(), s: z.number().nullish(), t: z.string().nullish() })
const Hello = z.object({ heartbeat_interval: z.number().positive() })

/** discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes. */
const closings: Readonly<Record<number, PlatformError>> = {
  4004: { code: 'auth_expired', reason: 'Discord no longer accepts this bot token. Reconnect the channel.' },
  4014: {
    code: 'rejected',
    reason: 'The bot may not read messages. Switch on “Message Content Intent” for it in the Discord developer portal.',
  },
}
const gone = (reason: string): PlatformError => ({ code: 'unavailable', reason })

type Listening = {
  readonly cursor: string | undefined
  readonly signal: AbortSignal
  onPage(page: IncomingPage): Promise<void>
}

const addressOf = (app: AppConfig): string =>
  `${(app.hosts.gateway ?? app.apiUrl).replace(/^http/, 'ws')}/?v=10&encoding=json`

/** Hands over one thing after the other, in the order in which they came. `broke` is called when `onPage` threw: nothing follows. */
function inOrder(q: Listening, catchUp: (cursor: string | undefined) => Answer<IncomingPage>, broke: () => void) {
  let cursor = q.cursor
  let work: Promise<Result<void, PlatformError>> = Promise.resolve(ok(undefined))
  const then = (step: () => Answer<void>): void => {
    work = work.then((before) => (before.ok ? step() : before))
    // The error itself is had from `done`.
    work.catch(broke)
  }
  return {
    hear: ({ item, at }: Heard) =>
      then(async () => {
        if (at && (!cursor || isLater(at, cursor))) cursor = at
        await q.onPage({ items: [item], cursor: cursor ?? '', more: false })
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
 * Listens to one channel and its threads. What was said since the cursor is asked for once Discord has begun to tell us
 * news, so that nothing falls between the two; what comes twice has the same id. Ends with the connection: the caller
 * begins anew with the last cursor. Rejects when `onPage` does.
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
    const socket = new WebSocket(addressOf(app))
    const hear = hearing(listener)
    const order = inOrder(q, catchUp, () => stop())
    let sequence: number | null = null
    let isAlive = true
    let heartbeat: NodeJS.Timeout | undefined
    let isOver = false

    const end = (result: Result<void, PlatformError>): void => {
      if (isOver) return
      isOver = true
      clearInterval(heartbeat)
      q.signal.removeEventListener('abort', stop)
      socket.close()
      // What has come already is handed over first.
      order.done().then((handed) => resolve(handed.ok ? result : handed), reject)
    }
    const stop = () => end(ok(undefined))
    const say = (op: number, d: unknown) => socket.send(JSON.stringify({ op, d }))
    const beat = (): void => {
      if (!isAlive) return end(fail(gone('Discord’s Gateway fell silent.')))
      isAlive = false
      say(opcodes.heartbeat, sequence)
    }
    const greet = (hello: unknown): void => {
      heartbeat = setInterval(beat, Hello.safeParse(hello).data?.heartbeat_interval ?? 41_250)
      const properties = { os: process.platform, browser: 'posthorn', device: 'posthorn' }
      say(opcodes.identify, { token: as.accessToken, intents, properties })
    }
    const dispatch = (type: string, data: unknown): void => {
      if (type === 'READY') return order.catchUp()
      const heard = hear(type, data)
      return heard && order.hear(heard)
    }

    q.signal.addEventListener('abort', stop)
    socket.addEventListener('message', ({ data }) => {
      const frame = Frame.safeParse(parseJson(String(data))).data
      if (!frame || isOver) return
      sequence = frame.s ?? sequence
      switch (frame.op) {
        case opcodes.hello:
          return greet(frame.d)
        case opcodes.heartbeat:
          return say(opcodes.heartbeat, sequence)
        case opcodes.acknowledged:
          isAlive = true
          return undefined
        case opcodes.reconnect:
        case opcodes.invalidSession:
          return stop()
        case opcodes.dispatch:
          return dispatch(frame.t ?? '', frame.d)
        default:
          return undefined
      }
    })
    socket.addEventListener('close', ({ code }) =>
      end(fail(closings[code] ?? gone('The connection to Discord’s Gateway ended.'))),
    )
    socket.addEventListener('error', () => end(fail(gone('Discord’s Gateway could not be reached.'))))
  })
}
