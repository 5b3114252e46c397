import { afterAll, expect, test } from 'vitest'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { prisma } from '@/lib/core/db'
import { faults, torture } from './run'
import { usualKinds } from '@/lib/accounts/connected.fixture'

afterAll(() => Promise.all([closeQueues(), closeRealtime(), prisma.$disconnect()]))

test('with every fault on every kind of account, and two workers killed at every boundary, nothing is sent twice or lost', async () => {
  const { rows } = await torture({ kinds: usualKinds, perCell: 1, deadlineMs: 240_000 })
  expect(rows).toHaveLength(usualKinds.length * faults.length)
  for (const row of rows)
    expect(row, `${row.kind}, ${row.fault}`).toMatchObject({ duplicates: 0, lost: 0, asked: 0, unfinished: 0 })
  // Only a network that lets nobody look may leave a post to a person.
  expect(rows.filter((row) => row.unknown > 0 && row.kind !== 'linkedin person')).toEqual([])
}, 300_000)
