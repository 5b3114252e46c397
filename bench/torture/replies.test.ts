import { afterAll, expect, test } from 'vitest'
import { accountKinds, makeWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { diagonal, inTurn, replyBoundaries } from './cells'
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
    'whatsapp comment',
    'whatsapp dm',
  ])
})

const inFull = [
  ['message', ['facebook', 'mastodon'], 'dm'],
  ['comment privately', ['facebook', 'instagram'], 'privately'],
] as const

/** Where some of what is answered cannot be read back: a person says what became of an answer in doubt. */
const unread: readonly string[] = ['linkedin page', 'telegram', 'whatsapp']

test('killed at some boundary, with some fault, an answer on each other network is out once', async () => {
  const tried = new Set<string>(inFull.flatMap(([, kinds]) => kinds))
  const others = accountKinds.filter((kind) => mayAnswer(kind) && !tried.has(kind))
  const cells = inTurn(others, replyBoundaries)
  const { outcomes } = await tortureReplies({ cells, oneEach: true })
  expect(unmet(outcomes)).toEqual([])
  expect(new Set(outcomes.map(({ cell }) => cell.kind))).toEqual(new Set(others))
  expect(rowOf(outcomes)).toMatchObject({ 'asked or refused': 0, unfinished: 0, duplicates: 0, 'silently lost': 0 })
  const left = outcomes.filter(({ end, cell }) => end === 'unknown' && !unread.includes(cell.kind))
  expect(left).toEqual([])
}, 600_000)

test.for(inFull)(
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
