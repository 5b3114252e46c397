import { afterAll, expect, test } from 'vitest'
import { accountKinds, makeWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { diagonal, replyBoundaries } from './cells'
import { hasPrivateAnswers, hearEverybody, mayAnswer } from './hear'
import { hearAnswerReports } from './hear-reports'
import { tortureReplies } from './replies'
import { rowOf, tally, unmet } from './tally'

afterAll(() => Promise.all([closeQueues(), closeRealtime(), prisma.$disconnect()]))

test('every network that answers is tried in full by npm run torture', () => {
  const kinds = accountKinds.filter(mayAnswer)
  for (const kind of ['facebook', 'instagram', 'mastodon', 'discord bot', 'telegram', 'whatsapp', 'x'])
    expect(kinds).toContain(kind)
  // Nothing is heard there.
  for (const kind of ['linkedin person', 'discord webhook']) expect(kinds).not.toContain(kind)
  expect(kinds.filter(hasPrivateAnswers)).toEqual(['facebook', 'instagram'])
})

test('a message is heard where a network only reports, and where it is asked but every other minute', async () => {
  const kinds = ['x', 'telegram', 'whatsapp']
  const world = await makeWorld(kinds)
  const stopHearing = await hearAnswerReports(world)
  const said = await hearEverybody(world, kinds, ['comment', 'mention', 'dm'])
  await stopHearing()
  await world.close()
  expect(said.map(({ kind, messageKind }) => `${kind} ${messageKind}`)).toEqual([
    'x comment',
    'x mention',
    'x dm',
    'telegram dm',
    'whatsapp dm',
  ])
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
