import { Upload } from 'tus-js-client'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeDoors } from '@/lib/core/rate'
import { closeRealtime } from '@/lib/core/realtime'
import { newKey } from '../../key.fixture'
import { serveBy } from '../../serve.fixture'
import { GET as file } from '../[id]/route'
import * as one from './[id]/route'
import * as all from './route'

let library: Awaited<ReturnType<typeof serveBy>>
const verbs = (route: object, method: string) => Object.entries(route).find(([verb]) => verb === method)?.[1]
beforeAll(async () => {
  library = await serveBy((method, path) => {
    const [, , , first, id] = path.split('/')
    const handler = first === 'uploads' ? verbs(id ? one : all, method) : method === 'GET' ? file : undefined
    const named = id ?? (first === 'uploads' ? undefined : first)
    return handler && { handler, params: named ? { id: named } : {} }
  })
})
afterAll(async () => {
  await library.close()
  await closeQueues()
  await closeDoors()
  await closeRealtime()
  await prisma.$disconnect()
})

const as = (key: string) => ({ authorization: `Bearer ${key}` })
const address = () => `${library.origin}/api/media/uploads`
const both = ['media.upload', 'media.read'] as const
const noise = () =>
  sharp({
    create: {
      width: 400,
      height: 400,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .png()
    .toBuffer()

/** Sends with tus’ own client, until `stopAfter` bytes have been taken. @returns the address of the upload. */
const send = (key: string, bytes: Buffer, more: { uploadUrl?: string; stopAfter?: number } = {}) =>
  new Promise<string>((resolve, reject) => {
    const upload = new Upload(bytes, {
      endpoint: address(),
      uploadUrl: more.uploadUrl ?? null,
      headers: as(key),
      metadata: { filename: 'Zürich.png', fingerprint: 'Zürich.png|1' },
      chunkSize: 50_000,
      retryDelays: null,
      onError: reject,
      onSuccess: () => resolve(upload.url ?? ''),
      onChunkComplete: (_size, taken) => {
        if (more.stopAfter !== undefined && taken >= more.stopAfter)
          void upload.abort().then(() => resolve(upload.url ?? ''))
      },
    })
    upload.start()
  })

test('tus’ own client sends a file, is stopped, goes on where it was, and the file is what was sent', async () => {
  const key = await newKey(both)
  const bytes = await noise()
  const uploadUrl = await send(key, bytes, { stopAfter: 100_000 })
  const waiting = await (await fetch(address(), { headers: as(key) })).json()
  expect(waiting.data).toMatchObject([
    { name: 'Zürich.png', fingerprint: 'Zürich.png|1', sizeBytes: bytes.length, receivedBytes: 100_000 },
  ])
  expect(await send(key, bytes, { uploadUrl })).toBe(uploadUrl)
  const done = await fetch(uploadUrl, {
    method: 'POST',
    headers: { ...as(key), 'content-type': 'application/json' },
    body: JSON.stringify({ alt: 'Noise' }),
  })
  const { data } = await done.json()
  expect(data).toMatchObject({ outcome: 'kept', media: { name: 'Zürich.png', alt: 'Noise', width: 400 } })
  const back = await fetch(`${library.origin}/api/media/${data.media.id}`, { headers: as(key) })
  expect(Buffer.from(await back.arrayBuffer()).equals(bytes)).toBe(true)
})

test('it speaks tus 1.0 only, and says where it stands', async () => {
  const key = await newKey(both)
  const tus = { ...as(key), 'tus-resumable': '1.0.0' }
  expect((await fetch(address(), { method: 'POST', headers: as(key) })).status).toBe(412)
  const begun = await fetch(address(), { method: 'POST', headers: { ...tus, 'upload-length': '10' } })
  expect([begun.status, begun.headers.get('tus-resumable')]).toEqual([201, '1.0.0'])
  const place = new URL(begun.headers.get('location') ?? '', library.origin)
  const patch = (offset: string, type = 'application/offset+octet-stream') =>
    fetch(place, { method: 'PATCH', headers: { ...tus, 'upload-offset': offset, 'content-type': type }, body: 'abc' })
  expect((await patch('0', 'text/plain')).status).toBe(415)
  const taken = await patch('0')
  expect([taken.status, taken.headers.get('upload-offset')]).toEqual([204, '3'])
  expect((await patch('0')).status).toBe(409)
  const head = await fetch(place, { method: 'HEAD', headers: tus })
  expect(['upload-offset', 'upload-length', 'cache-control'].map((name) => head.headers.get(name))).toEqual([
    '3',
    '10',
    'no-store',
  ])
  expect((await fetch(place, { method: 'DELETE', headers: tus })).status).toBe(204)
  expect((await fetch(place, { method: 'HEAD', headers: tus })).status).toBe(404)
})

test('nobody uploads without the right to, and nothing is begun without a size', async () => {
  const tus = { 'tus-resumable': '1.0.0', 'upload-length': '10' }
  const reader = await newKey(['media.read'])
  expect((await fetch(address(), { method: 'POST', headers: { ...as(reader), ...tus } })).status).toBe(403)
  expect((await fetch(address(), { method: 'POST', headers: tus })).status).toBe(401)
  const key = await newKey(both)
  expect((await fetch(address(), { method: 'POST', headers: { ...as(key), 'tus-resumable': '1.0.0' } })).status).toBe(
    422,
  )
})
