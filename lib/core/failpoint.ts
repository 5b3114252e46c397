import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import { renameSync } from 'node:fs'
import path from 'node:path'

/** The boundaries of sending at which exactly-once could break. */
export type Failpoint =
  | 'publish.before_claim'
  | 'publish.after_claim'
  | 'publish.before_first_byte'
  | 'publish.after_last_byte'
  | 'publish.between_stretches'
  | 'publish.within_file'
  | 'publish.before_record'
  | 'reconcile.after_claim'
  | 'reconcile.before_record'
  | 'reply.before_claim'
  | 'reply.after_claim'
  | 'reply.before_first_byte'
  | 'reply.after_last_byte'
  | 'reply.before_record'
  | 'reply.reconcile'
  | 'reply.reconcile_before_record'
  | 'webhook.before_record'

/**
 * The torture suite's folder; unset, nothing here does anything. A file in it named `<boundary>@<subject>` stops whoever
 * comes to that boundary with that subject first: it stands still there until its process is killed from outside. The
 * file's name then ends in `.<process id>`.
 */
const folder = process.env.FAILPOINTS

/** True for one caller only, in whichever process. */
function isMeant(within: string, name: Failpoint, subject: string): boolean {
  const file = path.join(within, `${name}@${subject}`)
  try {
    renameSync(file, `${file}.${process.pid}`)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}

const standStill = () => new Promise<never>(() => {})

/** A boundary. @param subject id of what is at it: a variant, a step, an answer; with a number where it comes there often */
export const failpoint = (name: Failpoint, subject: string): Promise<never> | undefined =>
  folder !== undefined && isMeant(folder, name, subject) ? standStill() : undefined

/**
 * Makes a call to a network whose last byte is a boundary: who is stopped there has written its whole request, and does
 * nothing with the answer.
 */
export const failpointAfterSending = <T>(name: Failpoint, subject: string, call: () => Promise<T>): Promise<T> =>
  folder === undefined ? call() : listeningFor(() => isMeant(folder, name, subject), call)

/** A file on its way out, in whose middle is a boundary: who is stopped there has sent `bytes` of it or a little more. */
export const failpointAfter = (
  bytes: number,
  name: Failpoint,
  subject: string,
  file: ReadableStream<Uint8Array>,
): ReadableStream<Uint8Array> =>
  folder === undefined ? file : file.pipeThrough(stoppingAfter(bytes, () => isMeant(folder, name, subject)))

function stoppingAfter(bytes: number, isStopped: () => boolean): TransformStream<Uint8Array, Uint8Array> {
  let sent = 0
  return new TransformStream({
    async transform(chunk, out) {
      const isThere = sent < bytes && sent + chunk.byteLength >= bytes
      sent += chunk.byteLength
      out.enqueue(chunk)
      if (isThere && isStopped()) await standStill()
    },
  })
}

const callers = new AsyncLocalStorage<() => void>()

async function listeningFor<T>(isStopped: () => boolean, call: () => Promise<T>): Promise<T> {
  let stopped = false
  const answer = await callers.run(() => (stopped ||= isStopped()), call)
  return stopped ? standStill() : answer
}

// What the HTTP client says of each request, see its DiagnosticsChannel.md: made, and written to its end.
type Said = { readonly request: { readonly method: string } }

if (folder !== undefined) {
  const asking = new WeakMap<object, () => void>()
  subscribe('undici:request:create', (message) => {
    const { request } = message as Said
    const caller = callers.getStore()
    // A read changes nothing at the network.
    if (caller && request.method !== 'GET' && request.method !== 'HEAD') asking.set(request, caller)
  })
  subscribe('undici:request:bodySent', (message) => asking.get((message as Said).request)?.())
}
