import { createHash } from 'node:crypto'
import { Readable, Transform } from 'node:stream'

export type ByteRange = { readonly start: number; readonly end: number }
/** A file by its key, and when its bytes began or ended to come: stores differ. */
export type Listed = { readonly key: string; readonly at: Date }
export type Stored = { readonly sizeBytes: number; readonly sha256: string }

/** Where files are kept. Both kinds keep the same promises, and the same tests run on both. */
export type Backend = {
  /** The file appears whole or not at all; what was there before stays until then. Throws `TooLarge` past `maxBytes`. */
  store(key: string, bytes: ReadableStream<Uint8Array> | Uint8Array, maxBytes: number): Promise<Stored>
  /** Opens a file, or the bytes `start` to `end` of it, both included. */
  open(key: string, range?: ByteRange): ReadableStream<Uint8Array>
  /** Undefined when there is no such file; a store that cannot be reached throws. */
  sizeOf(key: string): Promise<number | undefined>
  /** Succeeds, too, when it is gone already. */
  discard(key: string): Promise<void>
  /** The keys right in a folder, so many at a time, in the store's own order; also what a broken upload left there. */
  list(folder: string, atOnce: number): AsyncGenerator<readonly Listed[]>
  /** Gives a path of this machine's disk to what reads files itself (sharp, ffmpeg). It holds until `work` settles. */
  withFile<T>(key: string, work: (path: string) => Promise<T>): Promise<T>
  /** An address at the store itself that anyone may fetch, so long after `from`; undefined where there is none. */
  addressOf(key: string, given: { mime: string; from: Date; expiresInSeconds: number }): Promise<string | undefined>
}

/** More came than was allowed; nothing was kept. */
export class TooLarge extends Error {}

/** A key becomes a path, or part of an address: it may lead nowhere else. */
export function checkKey(key: string): string {
  if (!/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_.-]+)*$/.test(key) || key.includes('..'))
    throw new Error(`Not a storage key: ${key}`)
  return key
}

export const toNode = (bytes: ReadableStream<Uint8Array> | Uint8Array): Readable =>
  bytes instanceof Uint8Array
    ? Readable.from([bytes])
    : // Node's and the DOM's ReadableStream are the same object with two declarations.
      Readable.fromWeb(bytes as Parameters<typeof Readable.fromWeb>[0])

// As above: one object, two declarations.
export const toWeb = (stream: Readable): ReadableStream<Uint8Array> =>
  Readable.toWeb(stream) as ReadableStream<Uint8Array>

/** Counts and hashes what passes. The stream fails with `TooLarge` past `maxBytes`. */
export function meter(maxBytes: number): { readonly stream: Transform; readonly result: () => Stored } {
  const hash = createHash('sha256')
  let sizeBytes = 0
  const stream = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      sizeBytes += chunk.length
      if (sizeBytes > maxBytes) return done(new TooLarge(`more than ${maxBytes} bytes`))
      hash.update(chunk)
      done(null, chunk)
    },
  })
  return { stream, result: () => ({ sizeBytes, sha256: hash.digest('hex') }) }
}
