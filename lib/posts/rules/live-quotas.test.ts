import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeWorld, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { day, inMs } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { closeDoors } from '@/lib/core/rate'
import { watchQuota } from '@/lib/platforms'
import { closeAll, hoursAhead } from '../desk.test-data'
import { previewImport } from '../import/import'
import { foresight } from './outlook'

let world: ConnectedWorld
beforeAll(async () => {
  world = await makeWorld(['instagram'])
})
afterAll(async () => {
  await world.close()
  await closeDoors()
  await closeAll()
})

/** Posts that wait for an hour of their own. */
async function queue(count: number, publishAt: Date): Promise<void> {
  const { db, workspaceId, actor } = world.ctx
  const rows = Array.from({ length: count }, () => ({ id: newId(), postId: newId() }))
  const shared = { workspaceId, publishAt, state: 'scheduled' as const }
  await db.post.createMany({
    data: rows.map(({ postId }) => ({
      ...shared,
      id: postId,
      authorId: actor.id,
      content: { text: 'Queued' },
      excerpt: 'Queued',
      platforms: ['instagram'],
    })),
  })
  const account = { accountId: world.accounts.instagram ?? '', platform: 'instagram' }
  await db.variant.createMany({ data: rows.map((row) => ({ ...shared, ...account, ...row })) })
}

const quotasOf = async (from: Date) =>
  must(await foresight(world.ctx, { from, to: inMs(2 * day, from) }))
    .foreseen.filter(({ kind }) => kind === 'quota')
    .map(({ message }) => message)

// Instagram’s pages say 50 in a day; the sandbox says 100 of itself.
test('a calendar goes by what a network says of its quota, and asks once a minute at most', async () => {
  await queue(60, hoursAhead(30))
  const first = await watchQuota(() => quotasOf(hoursAhead(24)))
  expect(first).toMatchObject({ value: [], calls: 1 })
  await queue(41, hoursAhead(31))
  const second = await watchQuota(() => quotasOf(hoursAhead(24)))
  expect(second).toMatchObject({
    value: [expect.stringContaining('the 101st of posts, and Instagram says that it takes 100')],
    calls: 0,
  })
})

test('a dry run goes by it as well', async () => {
  const rows = (count: number, on: string) =>
    Array.from({ length: count }, () => `${on},09:00,instagram,A film,https://a.example/p.jpg`)
  const told = async (count: number, on: string) => {
    const text = ['date,time,accounts,text,media', ...rows(count, on)].join('\n')
    const { rows: judged, foreseen } = must(await previewImport(world.ctx, { format: 'csv', text }))
    expect(judged[0]).toMatchObject({ state: 'ready' })
    return foreseen.filter(({ kind }) => kind === 'quota').map(({ message }) => message)
  }
  expect(await told(60, '2031-03-03')).toEqual([])
  expect(await told(101, '2031-03-03')).toEqual([expect.stringContaining('says that it takes 100')])
})
