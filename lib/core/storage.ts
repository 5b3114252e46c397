import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createHash, randomUUID } from 'node:crypto'
import { env } from './env'

/** More came than was allowed; nothing was kept. */
export class TooLarge extends Error {}

const fileOf = (key: string): string => {
  if (!/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_.-]+)*$/.test(key) || key.includes('..'))
    throw new Error(`Not a storage key: ${key}`)
  return path.resolve(env().STORAGE_DIR, key)
}

/**
 * Streams bytes to a key, holding no more than a chunk in memory. The file appears whole or not at all.
 * Throws `TooLarge` past `maxBytes`.
 */
export async function store(
  key: string,
  bytes: ReadableStream<Uint8Array> | Uint8Array,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<{ sizeBytes: number; sha256: string }> {
  const file = fileOf(key)
  // A name of its own: two uploads to one key must not write into each other.
  const part = `${file}.${randomUUID()}.part`
  await mkdir(path.dirname(file), { recursive: true })
  const hash = createHash('sha256')
  let sizeBytes = 0
  const meter = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      sizeBytes += chunk.length
      if (sizeBytes > maxBytes) return done(new TooLarge(`more than ${maxBytes} bytes`))
      hash.update(chunk)
      done(null, chunk)
    },
  })
  try {
    // Node's and the DOM's ReadableStream are the same object with two declarations.
    const source =
      bytes instanceof Uint8Array
        ? Readable.from([bytes])
        : Readable.fromWeb(bytes as Parameters<typeof Readable.fromWeb>[0])
    await pipeline(source, meter, createWriteStream(part))
    await rename(part, file)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
  return { sizeBytes, sha256: hash.digest('hex') }
}

/** Opens a stored file, or the bytes `start` to `end` of it (both included). */
export const open = (key: string, range?: { start: number; end: number }): ReadableStream<Uint8Array> =>
  // As above: one object, two declarations.
  Readable.toWeb(createReadStream(fileOf(key), range)) as ReadableStream<Uint8Array>

/** The path of a stored file, for libraries that read files themselves (sharp). */
export const pathOf = (key: string): string => fileOf(key)

export const sizeOf = async (key: string): Promise<number> => (await stat(fileOf(key))).size

export const discard = (key: string): Promise<void> => rm(fileOf(key), { force: true })
