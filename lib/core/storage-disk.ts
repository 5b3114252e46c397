import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, opendir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { randomUUID } from 'node:crypto'
import { checkKey, meter, toNode, toWeb, type Backend, type Listed } from './storage-backend'

const isAway = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

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
        if (isAway(error)) return undefined
        throw error
      }
    },
    discard: (key) => rm(fileOf(key), { force: true }),
    async *list(within, atOnce) {
      let page: Listed[] = []
      for await (const name of namesIn(fileOf(within))) {
        const file = path.join(fileOf(within), name)
        const found = await stat(file).catch((error: unknown) => {
          // Taken away since it was listed.
          if (isAway(error)) return undefined
          throw error
        })
        if (found?.isFile()) page.push({ key: `${within}/${name}`, at: found.mtime })
        if (page.length < atOnce) continue
        yield page
        page = []
      }
      if (page.length > 0) yield page
    },
    withFile: (key, work) => work(fileOf(key)),
    addressOf: () => Promise.resolve(undefined),
  }
}

/** Of a folder that nothing was ever stored in: none. */
async function* namesIn(folder: string): AsyncGenerator<string> {
  try {
    for await (const { name } of await opendir(folder)) yield name
  } catch (error) {
    if (!isAway(error)) throw error
  }
}
