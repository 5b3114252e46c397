import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Ctx } from '@/lib/workspace'
import { closeDesk, newDesk } from '../desk.fixture'
import { listUnheard } from './unheard'

let desk: Awaited<ReturnType<typeof newDesk>>
let viewer: Ctx
beforeAll(async () => {
  desk = await newDesk()
  viewer = await desk.as('viewer')
})
afterAll(() => closeDesk())

type Trouble = { readonly trouble: string | null; readonly failures?: number; readonly post?: string }

/** An account whose feeds ended with these the last time they were looked at. */
async function troubled(...feeds: readonly Trouble[]): Promise<string> {
  const accountId = await desk.account('facebook')
  await prisma.inboxFeed.deleteMany({ where: { accountId } })
  await prisma.inboxFeed.createMany({
    data: feeds.map(({ trouble, failures = 1, post = '' }) => ({
      id: newId(),
      workspaceId: desk.workspace.id,
      accountId,
      postExternalId: post,
      nextAt: new Date(),
      lastPolledAt: new Date(),
      failures,
      trouble,
      lastError: trouble && `Why ${post || 'all'} is missing.`,
    })),
  })
  return accountId
}

const unheard = async (accountId: string) => must(await listUnheard(viewer, { accountIds: [accountId] }))

test('an account that its network lets nobody read is listed with why, once, and before its posts', async () => {
  const accountId = await troubled(
    { trouble: 'rejected', post: 'one' },
    { trouble: 'rejected' },
    { trouble: 'rejected', post: 'two' },
  )
  const card = { accountId, why: 'Why all is missing.', what: 'all', posts: 2, at: expect.any(String) }
  expect(await unheard(accountId)).toEqual([card])
  expect(must(await listUnheard(viewer, {}))).toContainEqual(card)
  const stranger = await (await newDesk()).as('owner')
  expect(must(await listUnheard(stranger, { accountIds: [accountId] }))).toEqual([])
})

test('where only posts are missing, that is said of them', async () => {
  const accountId = await troubled(
    { trouble: null },
    { trouble: 'rejected', post: 'one' },
    { trouble: null, post: 'two' },
  )
  expect(await unheard(accountId)).toMatchObject([{ why: 'Why one is missing.', what: 'posts', posts: 1 }])
})

test('where a part is refused and the rest is read, that is said, too', async () => {
  const accountId = await troubled({ trouble: 'rejected', failures: 0 }, { trouble: null, post: 'one' })
  expect(await unheard(accountId)).toMatchObject([{ why: 'Why all is missing.', what: 'some', posts: 0 }])
})

test('what passes by itself is told only when it lasts, and what is told elsewhere never', async () => {
  expect(await unheard(await troubled({ trouble: 'unavailable', failures: 2 }))).toEqual([])
  expect(await unheard(await troubled({ trouble: 'unavailable', failures: 3 }))).toHaveLength(1)
  for (const trouble of ['rate_limited', 'auth_expired', 'PLATFORM_AUTH_FAILED'])
    expect(await unheard(await troubled({ trouble, failures: 9 }))).toEqual([])
  const lapsed = await troubled({ trouble: 'rejected' })
  await prisma.account.update({ where: { id: lapsed }, data: { state: 'needs_reconnect' } })
  expect(await unheard(lapsed)).toEqual([])
})
