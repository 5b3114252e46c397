import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

/** The header that `markPeers` writes over. A client's own word for it never arrives. */
export const peerHeader = 'x-posthorn-peer'

const passedOnBy = 'forwarded by '

const loopback = /^(127\.|::1$|::ffff:127\.)/

let marking = false

/**
 * Notes on each request where its connection came from. Route handlers see headers only, and `x-forwarded-for` can be
 * claimed by anyone. A request that a proxy passed on is marked as such: its connection is the proxy's, not its caller's.
 */
export function markPeers(): void {
  if (marking) return
  marking = true
  subscribe('http.server.request.start', (message) => {
    // The shape is Node's: https://nodejs.org/api/diagnostics_channel.html#http
    const { request, socket } = message as { request: IncomingMessage; socket: Socket }
    const passedOn = request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined
    request.headers[peerHeader] = `${passedOn ? passedOnBy : ''}${socket.remoteAddress ?? 'unknown'}`
  })
}

/** The other end of the request's connection, from what `markPeers` has noted. */
export const peerIn = (noted: string): string => noted.replace(passedOnBy, '')

/** True when a proxy passed the request on, or its caller says so. */
export const isPassedOn = (noted: string): boolean => noted.startsWith(passedOnBy)

/** True when the request's connection was made on this very machine, and no proxy stood between. */
export const isFromThisMachine = (headers: Headers): boolean => loopback.test(headers.get(peerHeader) ?? '')
