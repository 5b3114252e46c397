import { afterAll, beforeAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { env } from '@/lib/core/env'
import { bucketOf, startS3, type S3 } from '@/lib/core/s3.fixture'
import { fileTrouble } from '@/lib/workspace/installation'
import { fetchedFrom, mediaPrefix } from './media-address'

let s3: S3
beforeAll(async () => {
  s3 = await startS3({ lists: false })
  Object.assign(env(), { ...bucketOf(s3), S3_PUBLIC_ENDPOINT: s3.origin })
})
afterAll(async () => {
  await s3.close()
  await prisma.$disconnect()
})

test('a bucket whose key may not list it answers well when its public address is asked', async () => {
  expect(await fileTrouble()).toBeUndefined()
  const { setting, asked } = await fetchedFrom('https://p.example')
  expect(setting).toBe('S3_PUBLIC_ENDPOINT')
  expect(asked.startsWith(`${s3.origin}/media/`)).toBe(true)
  expect((await fetch(asked)).status).toBe(200)
})

test('what a network wants verified is the beginning of every address in the bucket', async () => {
  expect(await mediaPrefix('https://p.example')).toBe(`${s3.origin}/media/`)
})
