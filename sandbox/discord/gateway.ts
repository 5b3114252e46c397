import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import type { World } from '../core/network'
import { isBotToken } from './caller'
import { channelOf, guild, threads } from './server'
import { channelView, meView, threadView } from './views'

/** Tells every listener what happened. */
export type Tell = (type: string, data: object) => void

const heartbeatMs = 41_250
const messageContent = 1 << 15
const opcodes = { dispatch: 0, heartbeat: 1, identify: 2, invalidSession: 9, hello: 10, acknowledged: 11 }

const Frame = z.object({ op: z.number(), d: z.unknown() })
const Identify = z.object({ token: z.string(), intents: z.number().int() })

/** discord.com/developers/docs/events/gateway#rate-limiting: one in five seconds, and so many a day. */
const starts = { max: 1000, windowMs: 86_400_000, everyMs: 5_000 }

type Session = { readonly socket: WebSocket; readonly intents: number; sequence: number }

/** Discord's Gateway, as far as messages and reactions go: hello, identify, heartbeats, events in JSON. */
export function openGateway(world: World): {
  tell: Tell
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** How many sessions of a bot may begin and how many began, as `GET /gateway/bot` says it. */
  startLimit(): object
} {
  let began: readonly number[] = []
  const server = new WebSocketServer({ noServer: true })
  const sessions = new Set<Session>()
  const say = (socket: WebSocket, op: number, d: unknown, more: object = {}) =>
    socket.send(JSON.stringify({ op, d, s: null, t: null, ...more }))
  const dispatch = (session: Session, t: string, d: unknown) =>
    say(session.socket, opcodes.dispatch, d, { t, s: (session.sequence += 1) })

  function identify(socket: WebSocket, asked: unknown): void {
    const { token = '', intents = 0 } = Identify.safeParse(asked).data ?? {}
    if (!isBotToken(world, token)) return socket.close(4004, 'Authentication failed.')
    const at = world.now()
    began = began.filter((each) => each > at - starts.windowMs)
    const isTooSoon = began.length >= starts.max || at - (began.at(-1) ?? 0) < starts.everyMs
    if (world.settings.rateLimits && isTooSoon) return say(socket, opcodes.invalidSession, false)
    began = [...began, at]
    const session: Session = { socket, intents, sequence: 0 }
    sessions.add(session)
    socket.once('close', () => sessions.delete(session))
    dispatch(session, 'READY', {
      v: 10,
      user: meView(),
      guilds: [{ id: guild.id, unavailable: true }],
      session_id: crypto.randomUUID(),
      resume_gateway_url: world.url().replace(/^http/, 'ws'),
      application: { id: guild.id, flags: 0 },
    })
    const channels = world.state.accounts.filter(({ id }) => channelOf(world, id))
    dispatch(session, 'GUILD_CREATE', {
      id: guild.id,
      name: guild.name,
      channels: channels.map(channelView),
      threads: threads(world).map((thread) => threadView(world, thread)),
    })
  }

  function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    server.handleUpgrade(request, stream, head, (socket) => {
      say(socket, opcodes.hello, { heartbeat_interval: heartbeatMs })
      socket.on('message', (data) => {
        const frame = Frame.safeParse(parse(String(data))).data
        if (!frame) return socket.close(4002, 'Error while decoding payload.')
        if (frame.op === opcodes.heartbeat) return say(socket, opcodes.acknowledged, null)
        if (frame.op === opcodes.identify) return identify(socket, frame.d)
        return undefined
      })
    })
  }

  return {
    upgrade,
    startLimit: () => ({
      total: starts.max,
      remaining: starts.max - began.length,
      reset_after: starts.windowMs,
      max_concurrency: 1,
    }),
    tell(type, data) {
      const isMessage = type === 'MESSAGE_CREATE' || type === 'MESSAGE_UPDATE'
      for (const session of sessions) {
        // Without the intent Discord sends the event, and leaves out what was said.
        const hides = isMessage && (session.intents & messageContent) === 0
        dispatch(session, type, { guild_id: guild.id, ...data, ...(hides ? { content: '', attachments: [] } : {}) })
      }
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
