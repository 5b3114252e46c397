import { createCipheriv } from 'node:crypto'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { discard, store } from '@/lib/core/storage'
import { fileTrouble, keyTrouble, misplaced } from './installation'
import { readiness } from './readiness'

beforeEach(() => prisma.encryptionKey.deleteMany())
afterAll(async () => {
  await closeQueues()
  await prisma.$disconnect()
})

/** The canary of an installation whose key of this name is another. */
function canaryOf(id: string): string {
  const iv = Buffer.alloc(12, 1)
  const cipher = createCipheriv('aes-256-gcm', Buffer.alloc(32, 99), iv).setAAD(Buffer.from(`${id}|canary`))
  const data = Buffer.concat([cipher.update('Posthorn', 'utf8'), cipher.final()])
  return [id, iv.toString('base64url'), cipher.getAuthTag().toString('base64url'), data.toString('base64url')].join('.')
}
const setUpWith = (id: string, daysAgo: number) =>
  prisma.encryptionKey.create({
    data: { id, canarySealed: canaryOf(id), firstUsedAt: new Date(Date.now() - daysAgo * 86_400_000) },
  })
const noted = async () => (await prisma.encryptionKey.findMany()).map(({ id }) => id)

test('a fresh database belongs to the keys of the first process, of many that start at once', async () => {
  expect(await Promise.all(Array.from({ length: 5 }, keyTrouble))).toEqual(Array(5).fill(undefined))
  expect(await noted()).toEqual(['test'])
  expect(await misplaced()).toBeUndefined()
})

test('a key of the same name that is another key is noticed before anything is sealed with it', async () => {
  await setUpWith('test', 0)
  const why = 'This database was set up with other ENCRYPTION_KEYS: the key test here is not the key test'
  expect(await keyTrouble()).toContain(why)
  expect(await misplaced()).toContain(why)
  expect((await readiness()).keys).toMatchObject({ ok: false, why: expect.stringContaining(why) })
})

test('keys of another name are noticed as well, and do not take the database over', async () => {
  await setUpWith('theirs', 0)
  expect(await keyTrouble()).toContain('sealed with the key theirs, which is not among those here (test)')
  expect(await noted()).toEqual(['theirs'])
})

test('an old key that was retired is not missed', async () => {
  await keyTrouble()
  await setUpWith('retired', 30)
  expect(await keyTrouble()).toBeUndefined()
})

test('a folder without the files of the database is noticed, until it is said that they are lost', async () => {
  expect(await Promise.all(Array.from({ length: 5 }, fileTrouble))).toEqual(Array(5).fill(undefined))
  const marks = await prisma.fileStore.findMany()
  expect(marks).toHaveLength(1)
  const mark = `installation/${marks[0]?.id}`
  await discard(mark)
  expect(await fileTrouble()).toContain(`its mark ${mark} is not in this process’s STORAGE_DIR`)
  await store(mark, new Uint8Array())
  expect(await fileTrouble()).toBeUndefined()
})
