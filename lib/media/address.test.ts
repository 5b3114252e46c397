import { afterAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { env } from '@/lib/core/env'
import { closeQueues } from '@/lib/core/queue'
import { closeDoors } from '@/lib/core/rate'
import { closeRealtime } from '@/lib/core/realtime'
import { publicToken, readPublicToken } from './address'
import { bytesOf, desk, must, picture, streamOf } from './desk.fixture'
import { deleteMedia } from './delete'
import { mediaFiles, openPublicMedia } from './open'
import { uploadMedia } from './upload'

afterAll(async () => {
  await closeQueues()
  await closeDoors()
  await closeRealtime()
  await prisma.$disconnect()
})

const file = { key: 'media/w/one', mime: 'image/png' }
const inAnHour = () => new Date(Date.now() + 3_600_000)
const anyone = { ip: '203.0.113.7', userAgent: 'facebookexternalua' }

test('a token names its file until it expires, and no changed one names anything', () => {
  const token = publicToken(file, inAnHour())
  expect(readPublicToken(token)).toEqual(file)
  expect(token.endsWith('.png')).toBe(true)
  expect(readPublicToken(publicToken(file, new Date(Date.now() - 1_000)))).toBeUndefined()
  const [said = '', keyId = '', mac = ''] = token.split('.')
  const other = Buffer.from(Buffer.from(said, 'base64url').toString().replace('one', 'two')).toString('base64url')
  for (const forged of [
    `${other}.${keyId}.${mac}.png`,
    `${said}.${keyId}.${'A'.repeat(43)}.png`,
    `${said}.x.${mac}`,
    said,
    '',
  ])
    expect(readPublicToken(forged)).toBeUndefined()
})

test('a key put in front of the old one signs, and what the old one signed still holds', () => {
  const before = env().ENCRYPTION_KEYS
  const token = publicToken(file, inAnHour())
  env().ENCRYPTION_KEYS = [`new:${Buffer.alloc(32, 9).toString('base64')}`, ...before]
  expect(readPublicToken(token)).toEqual(file)
  expect(publicToken(file, inAnHour())).toContain('.new.')
  env().ENCRYPTION_KEYS = [`new:${Buffer.alloc(32, 9).toString('base64')}`]
  expect(readPublicToken(token)).toBeUndefined()
  env().ENCRYPTION_KEYS = before
})

test('a network gets an address at APP_URL under which anyone reads the bytes, whole or in part, until it is deleted', async () => {
  const ctx = await desk()
  const bytes = await picture().png().toBuffer()
  const { id } = must(await uploadMedia(ctx, { name: 'a.png', body: streamOf(bytes) }))
  const [sent] = must(await mediaFiles(ctx, { ids: [id] }))
  expect(sent && Buffer.from(await bytesOf(sent.open({ start: 1, end: 3 }))).toString()).toBe('PNG')
  const address = sent?.publicUrl ?? ''
  expect(address.startsWith(`${env().APP_URL}/api/media/public/`)).toBe(true)
  // A retry must send the same bytes.
  expect(must(await mediaFiles(ctx, { ids: [id] }))[0]?.publicUrl).toBe(address)
  const token = address.slice(address.lastIndexOf('/') + 1)
  const opened = must(await openPublicMedia(anyone, { token }))
  expect(opened).toMatchObject({ mime: 'image/png', sizeBytes: bytes.length, name: 'media.png' })
  expect(Buffer.from(await bytesOf(opened.open())).equals(bytes)).toBe(true)
  must(await deleteMedia(ctx, { mediaId: id }))
  expect(await openPublicMedia(anyone, { token })).toMatchObject({ error: { code: 'NOT_FOUND' } })
})
