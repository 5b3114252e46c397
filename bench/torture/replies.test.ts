import { afterAll, expect, test } from 'vitest'
import { accountKinds } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { mayAnswer } from './hear'
import { tortureReplies } from './replies'
import { faults } from './run'

afterAll(() => Promise.all([closeQueues(), closeRealtime(), prisma.$disconnect()]))

test('every network that answers is tried in full by npm run torture', () => {
  const kinds = accountKinds.filter(mayAnswer)
  for (const kind of ['facebook', 'instagram', 'mastodon', 'discord bot']) expect(kinds).toContain(kind)
  expect(kinds).not.toContain('linkedin person')
})

test('with every fault, and two workers killed at every boundary, no answer is given twice or lost', async () => {
  const { rows } = await tortureReplies({
    kinds: ['facebook', 'mastodon'],
    messageKinds: ['dm'],
    perCell: 1,
    deadlineMs: 300_000,
  })
  expect(rows).toHaveLength(2 * faults.length)
  for (const row of rows)
    expect(row, `${row.kind}, ${row.fault}`).toMatchObject({
      duplicates: 0,
      lost: 0,
      asked: 0,
      unknown: 0,
      unfinished: 0,
    })
}, 360_000)
