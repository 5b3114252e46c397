import { afterAll, expect, test } from 'vitest'
import { postingKinds, usualKinds, wayOf } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { allFaults, diagonal, faults, inTurn, matrix, postBoundaries } from './cells'
import { torturePosts } from './posts'
import { rowOf, tally, unmet } from './tally'

afterAll(() => Promise.all([closeQueues(), closeRealtime(), prisma.$disconnect()]))

const faultless = { 'asked or refused': 0, unfinished: 0, duplicates: 0, 'silently lost': 0 }

test('the whole matrix has every kind of account, every fault and every boundary', () => {
  const cells = matrix(postingKinds, postBoundaries)
  expect(new Set(cells.map(({ kind }) => kind))).toEqual(new Set(postingKinds))
  expect(new Set(cells.map(({ fault }) => fault))).toEqual(new Set(allFaults))
  expect(new Set(cells.map(({ boundary }) => boundary))).toEqual(new Set(postBoundaries))
  expect(cells.length).toBeGreaterThan(1_000)
})

test('killed at every boundary, with every fault, however an outcome is settled, nothing is sent twice or lost', async () => {
  const others = postingKinds.filter((kind) => !usualKinds.some((usual) => usual === kind))
  // The usual ones meet every fault, and each other kind of account one.
  const cells = [...diagonal(usualKinds, postBoundaries), ...inTurn(others, postBoundaries)]
  const { outcomes, deaths } = await torturePosts({ cells })
  // A case in which no worker died where it should would prove nothing.
  expect(unmet(outcomes)).toEqual([])
  expect(deaths).toBeGreaterThan(0)
  expect(rowOf(outcomes)).toMatchObject(faultless)
  expect(new Set(outcomes.map(({ cell }) => cell.kind))).toEqual(new Set(postingKinds))
  expect(Object.keys(tally(outcomes, ({ boundary }) => boundary))).toHaveLength(postBoundaries.length)
  expect(Object.keys(tally(outcomes, ({ fault }) => fault))).toHaveLength(allFaults.length)
  // What is published was taken by the network once at least, and that is when faults happen.
  const quiet = outcomes.filter(({ end, fired, cell }) => end === 'published' && !fired && faults[cell.fault] !== '')
  expect(quiet).toEqual([])
  // Only a network that lets nobody look may leave a post to a person.
  const left = outcomes.filter(({ end, cell }) => end === 'unknown' && wayOf(cell.kind).settles)
  expect(left).toEqual([])
}, 600_000)
