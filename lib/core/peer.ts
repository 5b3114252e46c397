import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

/** The header that `markPeers` writes over. A client's own word for it never arrives. */
const peerHeader = 'x-posthorn-peer'

const loopback = /^(127\.|::1$|::ffff:127\.)/

let marking = false

/**
 * Notes on each request where its connection came from. Route handlers see headers only, and `x-forwarded-for` can be
 * claimed by anyone. A request that a proxy passed on is marked `forwarded`: its connection says nothing of its caller.
 */
export function markPeers(): void {
  if (marking) return
  marking = true
  subscribe('http.server.request.start', (message) => {
    // The shape is Node's: https://nodejs.org/api/diagnostics_channel.html#http
    const { request, socket } = message as { request: IncomingMessage; socket: Socket }
    const passedOn = request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined
    request.headers[peerHeader] = passedOn ? 'forwarded' : (socket.remoteAddress ?? 'unknown')
  })
}

/** True when the request's connection was made on this very machine, and no proxy stood between. */
export const isFromThisMachine = (headers: Headers): boolean => loopback.test(headers.get(peerHeader) ?? '')
