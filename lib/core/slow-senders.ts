import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import { hour, second } from './clock'
import { log } from './log'

/** A body that takes longer is ended, however much comes. What was stored before may be nobody’s then: strays.ts. */
const longestBodyMs = 12 * hour

/** A line that brings less is none that anyone sends a file over. */
const usual = { windowMs: 30 * second, leastBytes: 16 * 1024, mostMs: longestBodyMs }

/**
 * Lets a body come for as long as it keeps coming. Node ends every request that is not whole after the server's
 * `requestTimeout` (five minutes), which a film over a slow line is not. From then on each `windowMs` has to bring
 * `leastBytes`, until `mostMs`, so whoever sends nothing, or next to nothing, is ended as before. Heads keep Node's own limit.
 * @returns what undoes it, for servers yet to come
 */
export function letSlowSendersFinish({ windowMs, leastBytes, mostMs } = usual): () => void {
  const patienceMs = new WeakMap<Server, number>()

  const watch = (message: unknown) => {
    // The shape is Node's: https://nodejs.org/api/diagnostics_channel.html#http
    const { request, socket, server } = message as { request: IncomingMessage; socket: Socket; server: Server }
    const patience = patienceMs.get(server) ?? server.requestTimeout
    patienceMs.set(server, patience)
    server.requestTimeout = 0
    const { 'content-length': length, 'transfer-encoding': coding } = request.headers
    if (patience === 0 || (coding === undefined && !(Number(length) > 0))) return
    let seenBytes = 0
    const begun = performance.now()
    const look = () => {
      if (request.complete) return
      // Bytes that wait for us keep the others from coming: that is not the sender's doing.
      const isComing = request.readableLength > 0 || socket.bytesRead - seenBytes >= leastBytes
      if (isComing && performance.now() - begun < mostMs) {
        begin(windowMs)
        return
      }
      log.info({ method: request.method, bytes: socket.bytesRead }, 'request ended before its body had come')
      socket.destroy()
    }
    let timer: NodeJS.Timeout
    const begin = (ms: number) => {
      seenBytes = socket.bytesRead
      timer = setTimeout(look, ms).unref()
    }
    begin(patience)
    request.once('close', () => clearTimeout(timer))
  }

  subscribe('http.server.request.start', watch)
  return () => void unsubscribe('http.server.request.start', watch)
}
