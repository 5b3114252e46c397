import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { env } from '@/lib/core/env'
import { bucketOf, startS3 } from '@/lib/core/s3.fixture'
import { store } from '@/lib/core/storage'
import { pdf } from './desk.fixture'
import { countPages } from './pages'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pages-'))
  Object.assign(env(), { STORAGE_DIR: folder })
})
afterAll(() => rm(folder, { recursive: true }))

async function pagesOf(bytes: Uint8Array): Promise<number | undefined> {
  await store('media/document', bytes)
  return countPages('media/document', bytes.byteLength)
}

test.each([1, 300, 301])('the %i pages of a document are counted', async (pages) => {
  expect(await pagesOf(pdf(pages))).toBe(pages)
})

/** The same from a bucket. @returns also how often it was asked for a piece. */
async function pagesFromBucket(bytes: Uint8Array) {
  const s3 = await startS3()
  Object.assign(env(), bucketOf(s3))
  try {
    const pages = await pagesOf(bytes)
    return { pages, pieces: s3.asked.filter((asked) => asked.startsWith('GET')).length }
  } finally {
    Object.assign(env(), { S3_BUCKET: undefined })
    await s3.close()
  }
}

test('the pages of a large document are counted by reading little of it', async () => {
  const { pages, pieces } = await pagesFromBucket(pdf(12, { besidesBytes: 20_000_000 }))
  expect(pages).toBe(12)
  expect(pieces).toBeLessThan(10)
})

test('what cannot be read has an unknown number', async () => {
  const whole = pdf(3)
  const locked = pdf(3, { trailer: '/Encrypt << /Filter /Standard /V 9 >> /ID [<00> <00>]' })
  for (const bytes of [whole.subarray(0, 60), Buffer.from('%PDF-1.7\nand nothing of the kind'), locked])
    expect(await pagesOf(bytes)).toBeUndefined()
})

test('a document that says nowhere near how many pages it has is not read to its end', async () => {
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(12 * 1024 * 1024, 'nothing ')])
  const { pages, pieces } = await pagesFromBucket(bytes)
  expect(pages).toBeUndefined()
  expect(pieces).toBeLessThanOrEqual(32)
})

test('a document that is not where it is kept is no document without pages', async () => {
  await expect(countPages('media/nowhere', 1_000)).rejects.toThrow('ENOENT')
})
