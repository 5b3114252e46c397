import { afterAll, expect, test } from 'vitest'
import { accountKinds } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { diagonal, replyBoundaries } from './cells'
import { hasPrivateAnswers, mayAnswer } from './hear'
import { tortureReplies } from './replies'
import { rowOf, tally, unmet } from './tally'

afterAll(() => Promise.all([closeQueues(), closeRealtime(), prisma.$disconnect()]))

test('every network that answers is tried in full by npm run torture', () => {
  const kinds = accountKinds.filter(mayAnswer)
  for (const kind of ['facebook', 'instagram', 'mastodon', 'discord bot']) expect(kinds).toContain(kind)
  expect(kinds).not.toContain('linkedin person')
  expect(kinds.filter(hasPrivateAnswers)).toEqual(['facebook', 'instagram'])
})

test.for([
  ['message', ['facebook', 'mastodon'], 'dm'],
  ['comment privately', ['facebook', 'instagram'], 'privately'],
] as const)(
  'killed at every boundary, with every fault, no %s is answered twice or not at all',
  { timeout: 600_000 },
  async ([, kinds, messageKind]) => {
    const cells = diagonal(kinds, replyBoundaries)
    const { outcomes } = await tortureReplies({ cells, messageKinds: [messageKind] })
    expect(unmet(outcomes)).toEqual([])
    expect(Object.keys(tally(outcomes, ({ boundary }) => boundary))).toHaveLength(replyBoundaries.length)
    expect(rowOf(outcomes)).toMatchObject({
      published: outcomes.length,
      'asked or refused': 0,
      unfinished: 0,
      duplicates: 0,
      'silently lost': 0,
    })
  },
)
