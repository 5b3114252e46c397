import { request } from 'node:http'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeDoors } from '@/lib/core/rate'
import { closeRealtime } from '@/lib/core/realtime'
import { discard } from '@/lib/core/storage'
import { publicUrl } from '@/lib/media/address'
import { newKey } from '../key.fixture'
import { serve } from '../serve.fixture'
import { GET as file } from './[id]/route'
import { GET as openGet, HEAD as openHead } from './public/[token]/route'
import { rangeOf } from './range'
import { GET, PUT } from './route'

let library: Awaited<ReturnType<typeof serve>>
beforeAll(async () => {
  library = await serve({ GET, PUT })
})
afterAll(async () => {
  await library.close()
  await closeQueues()
  await closeDoors()
  await closeRealtime()
  await prisma.$disconnect()
})

const both = ['media.upload', 'media.read'] as const
const as = (key: string, more: Record<string, string> = {}) => ({ authorization: `Bearer ${key}`, ...more })
const picture = async () =>
  new Uint8Array(
    await sharp({ create: { width: 64, height: 64, channels: 3, background: '#09c' } })
      .png()
      .toBuffer(),
  )

async function put(key: string, bytes: Uint8Array<ArrayBuffer>, headers: Record<string, string>) {
  const answer = await fetch(library.origin, { method: 'PUT', body: bytes, headers: as(key, headers) })
  return { status: answer.status, body: await answer.json() }
}

test('a file goes in by its bytes, and comes out whole or in part, only to its own workspace', async () => {
  const [key, stranger, reader] = [await newKey(both), await newKey(both), await newKey(['media.read'])]
  const bytes = await picture()
  const name = { 'x-file-name': encodeURIComponent('Zürich’s (1).png') }
  const kept = await put(key, bytes, name)
  expect(kept).toMatchObject({ status: 201, body: { data: { name: 'Zürich’s (1).png', width: 64 } } })
  expect(await put(reader, bytes, name)).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } })
  expect(await put(key, bytes, {})).toMatchObject({ status: 422, body: { error: { code: 'MISSING_REQUIRED_FIELD' } } })

  const one = await serve({ GET: file }, { id: kept.body.data.id })
  const whole = await fetch(one.origin, { headers: as(key) })
  expect(new Uint8Array(await whole.arrayBuffer())).toEqual(bytes)
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'content-disposition': "inline; filename*=UTF-8''Z%C3%BCrich%E2%80%99s%20%281%29.png",
  })
  const part = await fetch(one.origin, { headers: as(key, { range: 'bytes=8-15' }) })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 8-15/${bytes.length}`])
  expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.slice(8, 16))
  expect((await fetch(one.origin, { headers: as(key, { range: 'bytes=999999-' }) })).status).toBe(416)
  expect((await fetch(one.origin, { headers: as(stranger) })).status).toBe(404)
  expect((await fetch(one.origin)).status).toBe(401)
  await one.close()
})

test('a network reads a public address without a session: whole, in part, and by HEAD', async () => {
  const key = await newKey(both)
  const bytes = await picture()
  const kept = await put(key, bytes, { 'x-file-name': 'a.png' })
  const row = await prisma.media.findUniqueOrThrow({ where: { id: kept.body.data.id } })
  const address = await publicUrl({ key: row.storageKey, mime: row.mime })
  const token = address.slice(address.lastIndexOf('/') + 1)
  const one = await serve({ GET: openGet, HEAD: openHead }, { token })
  const whole = await fetch(one.origin)
  expect(new Uint8Array(await whole.arrayBuffer())).toEqual(bytes)
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-length': String(bytes.length),
    'content-disposition': "inline; filename*=UTF-8''media.png",
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
  })
  const part = await fetch(one.origin, { headers: { range: 'bytes=-4' } })
  expect([part.status, new Uint8Array(await part.arrayBuffer())]).toEqual([206, bytes.slice(-4)])
  const head = await fetch(one.origin, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(bytes.length), ''])
  await one.close()
  const other = await serve({ GET: openGet }, { token: token.replace(/^./, 'X') })
  expect((await fetch(other.origin)).status).toBe(404)
  await other.close()
})

test('a file whose bytes are gone is answered at once, with a code, to members and to networks', async () => {
  const key = await newKey(both)
  const kept = await put(key, await picture(), { 'x-file-name': 'a.png' })
  const row = await prisma.media.findUniqueOrThrow({ where: { id: kept.body.data.id } })
  await discard(row.storageKey)
  const member = await serve({ GET: file }, { id: row.id })
  const answer = await fetch(member.origin, { headers: as(key) })
  expect([answer.status, await answer.json()]).toMatchObject([
    404,
    { error: { code: 'NOT_FOUND', message: expect.stringContaining('gone from where files are kept') } },
  ])
  await member.close()
  const address = await publicUrl({ key: row.storageKey, mime: row.mime })
  const network = await serve({ GET: openGet, HEAD: openHead }, { token: address.slice(address.lastIndexOf('/') + 1) })
  expect((await fetch(network.origin)).status).toBe(404)
  expect((await fetch(network.origin, { method: 'HEAD' })).status).toBe(404)
  await network.close()
})

test('what is larger than any may be is refused by its announcement, while nothing was sent yet', async () => {
  const key = await newKey(both)
  const status = await new Promise((resolve, reject) => {
    const headers = as(key, { 'x-file-name': 'a.mp4', 'content-length': '5000000000' })
    const sending = request(library.origin, { method: 'PUT', headers }, (answer) => {
      resolve(answer.statusCode)
      sending.destroy()
    })
    sending.on('error', reject)
    sending.flushHeaders()
  })
  expect(status).toBe(422)
})

test('ranges are read as the standard says', () => {
  expect(rangeOf(null, 10)).toBe('whole')
  expect(rangeOf('bytes=0-', 10)).toEqual({ start: 0, end: 9 })
  expect(rangeOf('bytes=-3', 10)).toEqual({ start: 7, end: 9 })
  expect(rangeOf('bytes=-30', 10)).toEqual({ start: 0, end: 9 })
  expect(rangeOf('bytes=4-99', 10)).toEqual({ start: 4, end: 9 })
  expect(rangeOf('bytes=10-', 10)).toBe('outside')
  expect(rangeOf('bytes=-0', 10)).toBe('outside')
  for (const ignored of ['bytes=5-4', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=-', 'bytes=a-b'])
    expect(rangeOf(ignored, 10)).toBe('whole')
})
