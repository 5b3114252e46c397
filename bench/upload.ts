/**
 * How much memory the process takes while a large video goes into the library, with the settings as they are when nobody
 * set any: in one go, by pieces and over HTTP, into a folder and into a bucket, against the same bytes piped into a file by Node itself.
 */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { serve } from '@/app/api/serve.fixture'
import { makeOwner } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { env } from '@/lib/core/env'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { beginUpload, finishUpload, receivePiece, uploadMedia } from '@/lib/media'
import { head, only, ratio, shown, sizes } from './report'
import { startStore } from './upload/store'

const megabyte = 1_000_000
const pieceBytes = 8 * 1024 * 1024
const asked = sizes({ megabytes: [2_000] })
const sizeBytes = only(asked.megabytes) * megabyte
const folder = await mkdtemp(path.join(tmpdir(), 'posthorn-upload-'))
Object.assign(env(), { STORAGE_DIR: folder })

const zeros = new Uint8Array(64 * 1024)

/** `count` bytes from `from` on of a video whose beginning says what it is. */
function film(from: number, count: number): ReadableStream<Uint8Array> {
  const beginning = Buffer.from('00000018667479706d703432000000006d70343269736f6d7fffffff6d646174', 'hex')
  let sent = 0
  return new ReadableStream<Uint8Array>(
    {
      pull(out) {
        if (sent >= count) return out.close()
        // Always the same zeros: what is measured is what the library takes, not what its sender does.
        const chunk = zeros.subarray(0, Math.min(zeros.length, count - sent))
        if (from + sent === 0) {
          sent += chunk.length
          return out.enqueue(Buffer.concat([beginning, chunk.subarray(beginning.length)]))
        }
        sent += chunk.length
        return out.enqueue(chunk)
      },
    },
    { highWaterMark: 0 },
  )
}

/** The most that the process held while it worked, above what it held before, in bytes. */
async function growth(work: () => Promise<unknown>): Promise<{ bytes: number; seconds: number }> {
  const [before, started] = [process.memoryUsage().rss, performance.now()]
  let peak = before
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 10)
  await work()
  clearInterval(watch)
  return { bytes: Math.max(peak, process.memoryUsage().rss) - before, seconds: (performance.now() - started) / 1_000 }
}

const ctx = await makeOwner()
async function inOneGo(): Promise<void> {
  const kept = await uploadMedia(ctx, { name: 'film.mp4', body: film(0, sizeBytes) })
  if (!kept.ok || kept.value.sizeBytes !== sizeBytes) throw new Error('The file is not what was sent')
}
async function byPieces(): Promise<void> {
  const begun = await beginUpload(ctx, { name: 'film.mp4', sizeBytes })
  if (!begun.ok) throw new Error(begun.error.message)
  const uploadId = begun.value.id
  for (let offset = 0; offset < sizeBytes; offset += pieceBytes) {
    const body = film(offset, Math.min(pieceBytes, sizeBytes - offset))
    const came = await receivePiece(ctx, { uploadId, offset, body })
    if (!came.ok) throw new Error(came.error.message)
  }
  const kept = await finishUpload(ctx, { uploadId, evenIfKnown: true })
  if (!kept.ok || kept.value.media.sizeBytes !== sizeBytes) throw new Error('The file is not what was sent')
}

/** Over HTTP, as the route of the API hands it on. The sender is this process, too. */
async function overHttp(): Promise<void> {
  const library = await serve({
    async PUT({ body, headers }) {
      if (!body) throw new Error('The request has no body')
      const declaredBytes = Number(headers.get('content-length'))
      const kept = await uploadMedia(ctx, { name: 'film.mp4', body, declaredBytes })
      return Response.json(kept.ok ? { sizeBytes: kept.value.sizeBytes } : { why: kept.error.message })
    },
  })
  const sending = request(library.origin, { method: 'PUT', headers: { 'content-length': String(sizeBytes) } })
  const [[answer]] = await Promise.all([
    once(sending, 'response'),
    pipeline(Readable.from(film(0, sizeBytes)), sending),
  ])
  const said = await text(answer)
  if (said !== JSON.stringify({ sizeBytes })) throw new Error(`The file is not what was sent: ${said}`)
  await library.close()
}

head(`Upload: a video of ${only(asked.megabytes)} MB`)
const store = await startStore()
const bare = await growth(() =>
  pipeline(Readable.from(film(0, sizeBytes)), createWriteStream(path.join(folder, 'bare'))),
)
await rm(path.join(folder, 'bare'))
const folderOnce = await growth(inOneGo)
const folderPieces = await growth(byPieces)
const folderHttp = await growth(overHttp)
Object.assign(env(), store.settings)
const bucketOnce = await growth(inOneGo)
const measured = [
  ['Node’s own pipe into a file', bare],
  ['in one go, into a folder', folderOnce],
  ['by pieces, into a folder', folderPieces],
  ['in one go over HTTP, into a folder', folderHttp],
  ['in one go, into a bucket', bucketOnce],
] as const
console.table(
  measured.map(([of, { bytes, seconds }]) => ({
    of,
    'growth, MB': shown(bytes / megabyte),
    seconds: shown(seconds),
  })),
)
const most = Math.max(folderOnce.bytes, folderPieces.bytes, folderHttp.bytes, bucketOnce.bytes)
ratio(`most growth / size of the file`, most / sizeBytes)
store.stop()
await rm(folder, { recursive: true })
await Promise.all([closeQueues(), closeRealtime()])
await prisma.$disconnect()
process.exit(most < 100 * megabyte ? 0 : 1)
