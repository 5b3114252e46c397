import { z } from 'zod'
import { second } from '@/lib/core/clock'
import { sha256 } from '@/lib/core/crypto'
import { fail, ok, type Result } from '@/lib/core/result'
import { parseJson } from '../outcome'
import type { AppConfig, PlatformError } from '../platform'
import { learningThreads, type Threads } from './heard'

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

const addressOf = (app: AppConfig): string =>
  `${(app.hosts.gateway ?? app.apiUrl).replace(/^http/, 'ws')}/?v=10&encoding=json`

/** A bot's line, by a name that tells nobody its token. */
export const lineOf = (app: AppConfig, token: string): string => `discord ${sha256(`${addressOf(app)} ${token}`)}`

/** Somebody who listens: told when news begins to come, of all of it, and of its end. */
export type Ear = {
  begin(): void
  hear(type: string, data: unknown): void
  end(result: Result<void, PlatformError>): void
}

/** A bot may identify once in so long (session_start_limit.max_concurrency of 1), and 1,000 times a day. */
const betweenSessionsMs = 5 * second
/** Discord's clock and the way there are not ours: a little more than it asks for. */
const marginMs = 500
/** How long Discord may take to say hello, and then to let a bot in. Ours: it names no bound. */
const usualPatienceMs = 20 * second

type Session = { readonly ears: Set<Ear>; readonly threads: Threads; isReady: boolean; end: Ear['end'] }

/** The lines that this process holds open, one for each bot (`Inbox.sharedLine` keeps other processes from theirs): a channel that begins to listen joins its bot's. */
const sessions = new Map<string, Session>()
const identifiedAt = new Map<string, number>()

/**
 * Lets somebody hear what a bot is told. The line is opened for the first and closed after the last. `begin` is called
 * once news comes, at once where it does already.
 * @returns what ends it for this one, without a word to its ear.
 */
export function listenWith(app: AppConfig, token: string, earFor: (threads: Threads) => Ear): () => void {
  const address = addressOf(app)
  const key = `${address} ${token}`
  const session = sessions.get(key) ?? open(key, address, token, app.timeoutMs ?? usualPatienceMs)
  const ear = earFor(session.threads)
  session.ears.add(ear)
  if (session.isReady) ear.begin()
  return () => {
    session.ears.delete(ear)
    if (session.ears.size === 0) session.end(ok(undefined))
  }
}

function open(key: string, address: string, token: string, patienceMs: number): Session {
  const socket = new WebSocket(address)
  let sequence: number | null = null
  let isAlive = true
  let heartbeat: NodeJS.Timeout | undefined
  let greeting: NodeJS.Timeout | undefined
  let waiting: NodeJS.Timeout | undefined

  const say = (op: number, d: unknown) => socket.send(JSON.stringify({ op, d }))
  const session: Session = {
    ears: new Set(),
    threads: learningThreads(),
    isReady: false,
    end(result) {
      if (sessions.get(key) !== session) return
      sessions.delete(key)
      clearInterval(heartbeat)
      clearTimeout(greeting)
      clearTimeout(waiting)
      socket.close()
      for (const ear of session.ears) ear.end(result)
    },
  }
  sessions.set(key, session)

  /** A line on which nothing comes looks like a quiet one, and nobody would open another. */
  const waitFor = (what: string): void => {
    clearTimeout(waiting)
    waiting = setTimeout(() => session.end(fail(gone(`Discord’s Gateway ${what}.`))), patienceMs)
  }
  waitFor('did not say hello')

  const beat = (): void => {
    if (!isAlive) return session.end(fail(gone('Discord’s Gateway fell silent.')))
    isAlive = false
    say(opcodes.heartbeat, sequence)
  }
  const identify = (): void => {
    identifiedAt.set(key, Date.now())
    const properties = { os: process.platform, browser: 'posthorn', device: 'posthorn' }
    say(opcodes.identify, { token, intents, properties })
    waitFor('did not let the bot in')
  }
  const greet = (hello: unknown): void => {
    clearTimeout(waiting)
    heartbeat = setInterval(beat, Hello.safeParse(hello).data?.heartbeat_interval ?? 41_250)
    const dueAt = (identifiedAt.get(key) ?? 0) + betweenSessionsMs + marginMs
    greeting = setTimeout(identify, Math.max(0, dueAt - Date.now()))
  }
  const dispatch = (type: string, data: unknown): void => {
    session.threads.learn(type, data)
    if (type === 'READY') {
      session.isReady = true
      clearTimeout(waiting)
    }
    for (const ear of session.ears)
      if (type === 'READY') ear.begin()
      else ear.hear(type, data)
  }

  socket.addEventListener('message', ({ data }) => {
    const frame = Frame.safeParse(parseJson(String(data))).data
    if (!frame || sessions.get(key) !== session) return
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
        return session.end(ok(undefined))
      // It identified too soon, or too often for a day: whoever tries again at once makes it worse.
      case opcodes.invalidSession:
        return session.end(fail(gone('Discord’s Gateway takes no session of this bot right now.')))
      case opcodes.dispatch:
        return dispatch(frame.t ?? '', frame.d)
      default:
        return undefined
    }
  })
  socket.addEventListener('close', ({ code }) =>
    session.end(fail(closings[code] ?? gone('The connection to Discord’s Gateway ended.'))),
  )
  socket.addEventListener('error', () => session.end(fail(gone('Discord’s Gateway could not be reached.'))))
  return session
}
