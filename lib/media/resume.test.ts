import { afterAll, beforeEach, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import type { Ctx } from '@/lib/workspace'
import { makeCtx } from '@/lib/workspace/context'
import { asSystem } from '@/lib/workspace/system'
import { bytesOf, desk, filesIn, must, picture, streamOf, video } from './desk.fixture'
import { createFolder } from './folders'
import { listMedia } from './library'
import { openMedia } from './open'
import {
  beginUpload,
  finishUpload,
  forgetUpload,
  listUploads,
  readUpload,
  receivePiece,
  staleUploads,
  stopUpload,
} from './resume'
import { uploadMedia } from './upload'

let ctx: Ctx
beforeEach(async () => {
  ctx = await desk()
})
afterAll(async () => {
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

const begin = async (bytes: Uint8Array, name = 'a.png') =>
  must(await beginUpload(ctx, { name, sizeBytes: bytes.length })).id
const send = (uploadId: string, offset: number, bytes: Uint8Array) =>
  receivePiece(ctx, { uploadId, offset, body: streamOf(bytes) })
const noise = () => picture(300, 200).png({ compressionLevel: 0 }).toBuffer()

test('a file that comes in pieces is the file that was sent, and nothing of the pieces stays', async () => {
  const bytes = await noise()
  const id = await begin(bytes)
  for (let at = 0; at < bytes.length; at += 50_000) must(await send(id, at, bytes.subarray(at, at + 50_000)))
  const { folderId } = must(await createFolder(ctx, { name: 'Spring' }))
  const done = must(await finishUpload(ctx, { uploadId: id, alt: 'Red', folderId, tags: ['Spring', 'spring '] }))
  expect(done).toMatchObject({ outcome: 'kept', media: { id, alt: 'Red', folderId, tags: ['spring'], width: 300 } })
  expect(Buffer.from(await bytesOf(must(await openMedia(ctx, { mediaId: id })).open())).equals(bytes)).toBe(true)
  expect(await filesIn('uploads', ctx)).toEqual([])
  expect(must(await listUploads(ctx, {}))).toEqual([])
})

test('what came before the sender was cut off is kept, and gone on from', async () => {
  const bytes = await noise()
  const id = await begin(bytes)
  let sent = 0
  const broken = new ReadableStream<Uint8Array>({
    pull(out) {
      if (sent >= 40_000) return out.error(new Error('the connection was cut'))
      out.enqueue(bytes.subarray(sent, (sent += 10_000)))
    },
  })
  must(await receivePiece(ctx, { uploadId: id, offset: 0, body: broken }))
  const { receivedBytes } = must(await readUpload(ctx, { uploadId: id }))
  expect(receivedBytes).toBe(40_000)
  expect(await finishUpload(ctx, { uploadId: id })).toMatchObject({
    error: { code: 'CONFLICT', message: expect.stringContaining('40.0 kB of') },
  })
  must(await send(id, receivedBytes, bytes.subarray(receivedBytes)))
  must(await finishUpload(ctx, { uploadId: id }))
  expect(Buffer.from(await bytesOf(must(await openMedia(ctx, { mediaId: id })).open())).equals(bytes)).toBe(true)
})

test('two senders of the same piece do not spoil it: one of them is told where the upload stands', async () => {
  const bytes = await noise()
  const id = await begin(bytes)
  const both = await Promise.all([send(id, 0, bytes.subarray(0, 9_000)), send(id, 0, bytes.subarray(0, 9_000))])
  expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true])
  expect(both.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'CONFLICT' } })
  must(await send(id, 9_000, bytes.subarray(9_000)))
  must(await finishUpload(ctx, { uploadId: id }))
  expect(Buffer.from(await bytesOf(must(await openMedia(ctx, { mediaId: id })).open())).equals(bytes)).toBe(true)
  expect(await filesIn('uploads', ctx)).toEqual([])
})

test('finishing twice, also at the same moment, gives one file', async () => {
  const bytes = await noise()
  const id = await begin(bytes)
  must(await send(id, 0, bytes))
  const all = await Promise.all([finishUpload(ctx, { uploadId: id }), finishUpload(ctx, { uploadId: id })])
  for (const one of [...all, await finishUpload(ctx, { uploadId: id })])
    expect(one).toMatchObject({ value: { media: { id } } })
  expect(must(await listMedia(ctx, {})).items).toHaveLength(1)
  expect(await filesIn('media', ctx)).toHaveLength(2)
})

test('a known file is offered instead of being kept twice, unless that is wanted', async () => {
  const bytes = await picture()
    .jpeg()
    .withExif({ IFD3: { GPSLatitude: '47/1 22/1 0/1', GPSLatitudeRef: 'N' } })
    .toBuffer()
  const known = must(await uploadMedia(ctx, { name: 'first.jpg', body: streamOf(bytes) }))
  const id = await begin(bytes, 'again.jpg')
  must(await send(id, 0, bytes))
  expect(must(await finishUpload(ctx, { uploadId: id }))).toMatchObject({
    outcome: 'known',
    media: { id: known.id, name: 'first.jpg' },
  })
  expect(must(await listMedia(ctx, {})).items).toHaveLength(1)
  expect(must(await finishUpload(ctx, { uploadId: id, evenIfKnown: true }))).toMatchObject({
    outcome: 'kept',
    media: { id, name: 'again.jpg' },
  })
  expect(
    must(await listMedia(ctx, { duplicates: true }))
      .items.map((one) => one.id)
      .toSorted(),
  ).toEqual([known.id, id].toSorted())
})

test('what is neither picture nor video is refused with its first bytes, and kept nowhere', async () => {
  const html = new TextEncoder().encode('<!doctype html><script>alert(1)</script>'.repeat(500))
  const id = must(await beginUpload(ctx, { name: 'a.png', sizeBytes: 100_000_000 })).id
  expect(await send(id, 0, html)).toMatchObject({
    error: { code: 'VALIDATION_ERROR', message: expect.stringContaining('neither a picture nor a video') },
  })
  expect(await readUpload(ctx, { uploadId: id })).toMatchObject({ error: { code: 'NOT_FOUND' } })
  expect(await filesIn('uploads', ctx)).toEqual([])
})

test('more than was announced, or than is taken at all, is refused', async () => {
  const id = must(await beginUpload(ctx, { name: 'a.png', sizeBytes: 100 })).id
  expect(await send(id, 0, new Uint8Array(200))).toMatchObject({ error: { code: 'VALIDATION_ERROR' } })
  expect(await filesIn('uploads', ctx)).toEqual([])
  expect(await beginUpload(ctx, { name: 'a.mp4', sizeBytes: 5_000_000_000 })).toMatchObject({
    error: { message: expect.stringContaining('files up to 4.2 GB are taken') },
  })
})

test('a piece that says that it is more than was announced is refused before a byte of it is read', async () => {
  const id = must(await beginUpload(ctx, { name: 'a.png', sizeBytes: 100 })).id
  let pulled = false
  const body = new ReadableStream<Uint8Array>({ pull: () => void (pulled = true) }, { highWaterMark: 0 })
  expect(await receivePiece(ctx, { uploadId: id, offset: 0, declaredBytes: 101, body })).toMatchObject({
    error: { code: 'VALIDATION_ERROR', message: expect.stringContaining('More came than was announced') },
  })
  expect([pulled, await filesIn('uploads', ctx)]).toEqual([false, []])
})

test('an upload is its sender’s own: neither colleagues nor strangers see it or go on with it', async () => {
  const bytes = await video()
  const id = await begin(bytes, 'a.mp4')
  const mine = ctx
  const workspace = await prisma.workspace.findUniqueOrThrow({ where: { id: mine.workspaceId } })
  const colleague = makeCtx(
    workspace,
    { kind: 'member', id: 'other', userId: 'v', sessionId: 's', name: 'Bo' },
    'owner',
  )
  for (const other of [colleague, await desk()]) {
    ctx = other
    expect(await send(id, 0, bytes)).toMatchObject({ error: { code: 'NOT_FOUND' } })
    expect(await finishUpload(ctx, { uploadId: id })).toMatchObject({ error: { code: 'NOT_FOUND' } })
    expect(await stopUpload(ctx, { uploadId: id })).toMatchObject({ error: { code: 'NOT_FOUND' } })
    expect(must(await listUploads(ctx, {}))).toEqual([])
  }
  expect(must(await listUploads(mine, {}))).toHaveLength(1)
  expect(await beginUpload(await desk('viewer'), { name: 'a', sizeBytes: 1 })).toMatchObject({
    error: { code: 'FORBIDDEN' },
  })
})

test('a stopped upload leaves nothing', async () => {
  const bytes = await noise()
  const id = await begin(bytes)
  must(await send(id, 0, bytes.subarray(0, 5_000)))
  must(await stopUpload(ctx, { uploadId: id }))
  expect(await filesIn('uploads', ctx)).toEqual([])
})

test('one that nobody goes on with for a week is found, and forgotten with its bytes; a younger one is not', async () => {
  const bytes = await noise()
  const [old, young] = [await begin(bytes), await begin(bytes)]
  for (const id of [old, young]) must(await send(id, 0, bytes.subarray(0, 5_000)))
  await prisma.mediaUpload.update({ where: { id: old }, data: { touchedAt: new Date(Date.now() - 8 * 86_400_000) } })
  const { where } = staleUploads.find(new Date(), 10)
  expect((await prisma.mediaUpload.findMany({ where })).map(({ id }) => id)).toEqual([old])
  const system = await asSystem(ctx.workspaceId, 'test')
  if (!system) throw new Error('no workspace')
  expect(must(await forgetUpload(system, { uploadId: young }))).toEqual({ forgotten: false })
  expect(must(await forgetUpload(system, { uploadId: old }))).toEqual({ forgotten: true })
  expect(await filesIn('uploads', ctx)).toHaveLength(1)
})

test('however many are begun at once, no more than a hundred of one person wait for their end', async () => {
  const { workspaceId, actor } = ctx
  await prisma.mediaUpload.createMany({
    data: Array.from({ length: 98 }, () => ({
      id: newId(),
      workspaceId,
      name: 'a.png',
      fingerprint: '',
      sizeBytes: 100n,
      createdById: actor.id,
    })),
  })
  const begun = await Promise.all([1, 2, 3, 4, 5].map(() => beginUpload(ctx, { name: 'a.png', sizeBytes: 100 })))
  expect(begun.map((each) => (each.ok ? 'begun' : each.error.code)).toSorted()).toEqual([
    'CONFLICT',
    'CONFLICT',
    'CONFLICT',
    'begun',
    'begun',
  ])
})
