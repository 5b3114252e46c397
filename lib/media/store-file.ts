import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { store, type Stored } from '@/lib/core/storage'

/** Streams a file of this disk into the store. */
export const storeFile = (key: string, file: string): Promise<Stored> =>
  // Node's and the DOM's ReadableStream are the same object with two declarations.
  store(key, Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>)
