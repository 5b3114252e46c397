import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { randomUUID } from 'node:crypto'
import { checkKey, meter, toNode, toWeb, type Backend } from './storage-backend'

/** Files in a folder that all web and worker processes share. */
export function onDisk(folder: string): Backend {
  const fileOf = (key: string): string => path.resolve(folder, checkKey(key))
  return {
    async store(key, bytes, maxBytes) {
      const file = fileOf(key)
      // A name of its own: two uploads to one key must not write into each other.
      const part = `${file}.${randomUUID()}.part`
      await mkdir(path.dirname(file), { recursive: true })
      const { stream, result } = meter(maxBytes)
      try {
        await pipeline(toNode(bytes), stream, createWriteStream(part))
        await rename(part, file)
      } catch (error) {
        await rm(part, { force: true })
        throw error
      }
      return result()
    },
    open: (key, range) => toWeb(createReadStream(fileOf(key), range)),
    async sizeOf(key) {
      try {
        return (await stat(fileOf(key))).size
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw error
      }
    },
    discard: (key) => rm(fileOf(key), { force: true }),
    withFile: (key, work) => work(fileOf(key)),
    addressOf: () => Promise.resolve(undefined),
  }
}
