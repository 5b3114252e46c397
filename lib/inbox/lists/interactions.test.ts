import { afterAll, beforeAll, expect, test } from 'vitest'
import { readingsOf } from '@/bench/calendar/readings'
import { must } from '@/lib/accounts/connected.fixture'
import type { Ctx } from '@/lib/workspace'
import { closeDesk, newDesk } from '../desk.fixture'
import { fill, readWhole } from '../many.fixture'
import { countInteractions, listInteractions } from './interactions'

let reader: Ctx
beforeAll(async () => {
  // Two workspaces in one table: ours is a part of it.
  for (const many of [20_000, 2_000]) {
    const desk = await newDesk()
    reader = await desk.as('owner')
    await fill(desk.workspace.id, await desk.account('facebook'), many, reader.actor.id)
  }
}, 120_000)
afterAll(() => closeDesk())

test.each([{}, { feeling: 'negative' as const }, { platform: 'facebook' }, { platform: 'x' }])(
  'pages by number and how many there are, of %o, are found without reading a table whole',
  async (filter) => {
    expect(readWhole(await readingsOf(async () => must(await countInteractions(reader, filter))))).toEqual([])
    expect(
      readWhole(await readingsOf(async () => must(await listInteractions(reader, { ...filter, skip: 500, take: 20 })))),
    ).toEqual([])
  },
)

test('the pages by number are one list, and what is counted is all of it', async () => {
  const pages = []
  for (const skip of [0, 700, 1_400]) {
    const page = []
    for (let cursor: string | undefined; page.length < 700;) {
      const { items, next } = must(await listInteractions(reader, { skip: cursor ? 0 : skip, take: 100, cursor }))
      page.push(...items.map(({ id }) => id))
      if (!next) break
      cursor = next
    }
    pages.push(page)
  }
  expect(pages.map(({ length }) => length)).toEqual([700, 700, 600])
  expect(new Set(pages.flat()).size).toBe(must(await countInteractions(reader, {})).total)
})
