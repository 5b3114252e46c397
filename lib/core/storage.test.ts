import { createHash } from 'node:crypto'
import { access, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { env } from './env'
import { discard, open, pathOf, sizeOf, store, TooLarge } from './storage'

const folder = await mkdtemp(path.join(tmpdir(), 'storage-'))
env().STORAGE_DIR = folder
afterAll(() => rm(folder, { recursive: true }))

const megabyte = 1024 * 1024
const text = async (stream: ReadableStream<Uint8Array>) => new Response(stream).text()
const exists = (key: string) =>
  access(pathOf(key)).then(
    () => true,
    () => false,
  )

/** As many megabytes as asked for, each made when it is wanted. `look` is called before each. */
function flood(megabytes: number, look: () => void = () => {}): ReadableStream<Uint8Array> {
  let sent = 0
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        look()
        if (sent++ === megabytes) return controller.close()
        return controller.enqueue(new Uint8Array(megabyte).fill(sent))
      },
    },
    { highWaterMark: 0 },
  )
}

test('what is stored is read back, whole or in part, with its size and hash', async () => {
  const kept = await store('media/one', new TextEncoder().encode('hello world'))
  expect(kept).toEqual({ sizeBytes: 11, sha256: createHash('sha256').update('hello world').digest('hex') })
  expect(await text(open('media/one'))).toBe('hello world')
  expect(await text(open('media/one', { start: 6, end: 10 }))).toBe('world')
  expect(await sizeOf('media/one')).toBe(11)
})

test('a file of nothing is a file', async () => {
  expect((await store('media/empty', new Uint8Array())).sizeBytes).toBe(0)
  expect(await text(open('media/empty'))).toBe('')
})

test('more than is allowed keeps nothing, and reads little beyond the limit', async () => {
  let asked = 0
  await expect(
    store(
      'media/big',
      flood(1_000, () => asked++),
      3 * megabyte,
    ),
  ).rejects.toThrow(TooLarge)
  expect(await exists('media/big')).toBe(false)
  expect(await readdir(path.join(folder, 'media'))).not.toContainEqual(expect.stringMatching(/^big/))
  expect(asked).toBeLessThan(10)
})

test('exactly what is allowed is kept', async () => {
  expect((await store('media/exact', flood(3), 3 * megabyte)).sizeBytes).toBe(3 * megabyte)
})

test('a sender that breaks off leaves nothing, and what was there before stays', async () => {
  await store('media/kept', new TextEncoder().encode('before'))
  let sent = 0
  const broken = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent++ > 3) controller.error(new Error('the connection was cut'))
      else controller.enqueue(new Uint8Array(1_000))
    },
  })
  await expect(store('media/kept', broken)).rejects.toThrow('the connection was cut')
  expect(await text(open('media/kept'))).toBe('before')
  expect((await readdir(path.join(folder, 'media'))).filter((name) => name.endsWith('.part'))).toEqual([])
})

test('two uploads to one key at once leave one of them whole', async () => {
  const [a, b] = ['a', 'b'].map((letter) => letter.repeat(megabyte))
  await Promise.all([a, b].map((body) => store('media/both', new TextEncoder().encode(body))))
  expect([a, b]).toContain(await text(open('media/both')))
})

test('300 MB pass through without being held: memory grows by less than 100 MB', async () => {
  const before = process.memoryUsage().rss
  let peak = before
  const { sizeBytes } = await store(
    'media/film',
    flood(300, () => (peak = Math.max(peak, process.memoryUsage().rss))),
  )
  expect(sizeBytes).toBe(300 * megabyte)
  expect((peak - before) / megabyte).toBeLessThan(100)
})

test.each(['../outside', 'media/../../outside', '/etc/passwd', 'media//x', '', 'media/x\0y'])('%j is no key', (key) => {
  expect(() => pathOf(key)).toThrow('Not a storage key')
})

test('what is discarded is gone, and may be discarded again', async () => {
  await store('media/gone', new Uint8Array(1))
  await discard('media/gone')
  await discard('media/gone')
  expect(await exists('media/gone')).toBe(false)
})
