import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import type { Incoming } from '@/lib/platforms'
import { closeDesk, newDesk } from '../desk.fixture'
import { receive } from './receive'

let desk: Awaited<ReturnType<typeof newDesk>>
beforeAll(async () => {
  desk = await newDesk()
})
afterAll(() => closeDesk())

const said = (externalId: string, more: Partial<Incoming> = {}): Incoming => ({
  externalId,
  kind: 'comment',
  change: 'new',
  text: 'Where is my order?',
  at: '2026-11-01T09:00:00.000Z',
  author: { externalId: `u-${externalId}`, handle: '@rosa', displayName: 'Rosa' },
  own: false,
  conversation: externalId,
  media: [],
  ref: {},
  ...more,
})
const take = async (items: readonly unknown[]) => {
  const accountId = await desk.account()
  const done = must(await receive(desk.system, { accountId, items: [...items], via: 'poll' }))
  return { accountId, ...done }
}

test('what is longer than we keep is cut, no character in two, and keeps nothing else out', async () => {
  const family = '👩‍👩‍👧‍👦'
  const name = 'Ḧ'.repeat(301)
  const file = { kind: 'image' as const, url: 'https://network.test/a.png', alt: family.repeat(500) }
  const { accountId, fresh } = await take([
    said('long', {
      text: family.repeat(7_000),
      author: {
        externalId: 'u-long',
        handle: name,
        displayName: name,
        avatarUrl: `https://x.test/${'a'.repeat(2_000)}`,
      },
      url: `https://x.test/${'a'.repeat(2_000)}`,
      reaction: family.repeat(20),
      media: Array.from({ length: 41 }, () => file),
    }),
    said('next'),
  ])
  expect(fresh).toBe(2)
  const row = await prisma.message.findFirstOrThrow({ where: { accountId, externalId: 'long' } })
  const most = (units: number) => family.repeat(Math.floor(units / family.length))
  expect(row).toMatchObject({ text: most(70_000), url: null, reaction: most(100), authorAvatar: null })
  expect(row.authorName).toBe(name.slice(0, 300).replace(/H$/, ''))
  expect(row.media).toHaveLength(40)
  expect(row.media).toContainEqual({ ...file, alt: most(5_000) })
})

test('one that nobody can make sense of is passed over, and the others come in', async () => {
  const noName = said('x'.repeat(401))
  const { accountId, fresh } = await take([said('before'), noName, { externalId: 'broken' }, said('after')])
  expect(fresh).toBe(2)
  const rows = await prisma.message.findMany({ where: { accountId }, orderBy: { externalId: 'asc' } })
  expect(rows.map(({ externalId }) => externalId)).toEqual(['after', 'before'])
})

test('more than one transaction takes comes in whole', async () => {
  const { fresh } = await take(Array.from({ length: 501 }, (_, n) => said(`m-${n}`, { conversation: 'one' })))
  expect(fresh).toBe(501)
})
