import { afterAll, beforeAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import type { Ctx } from './context'
import { newWorkspace } from './testing'
import { together } from './together'

let one: Ctx
let other: Ctx
beforeAll(async () => {
  one = (await newWorkspace()).owner
  other = (await newWorkspace()).owner
})
afterAll(() => prisma.$disconnect())

/** A gate that a batch waits at. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { open: () => open(), opened }
}

test('what comes while others are at the database goes together, in order, and each gets its own answer', async () => {
  const batches: number[][] = []
  const { open, opened } = gate()
  const double = together(async (_, items: readonly number[]) => {
    batches.push([...items])
    if (batches.length === 1) await opened
    return items.map((n) => n * 2)
  })
  const first = double(one, 1)
  await expect.poll(() => batches).toEqual([[1]])
  const rest = [2, 3, 4].map((n) => double(one, n))
  open()
  expect(await Promise.all([first, ...rest])).toEqual([2, 4, 6, 8])
  expect(batches).toEqual([[1], [2, 3, 4]])
  expect(await double(one, 5)).toBe(10)
})

test('workspaces never share a batch', async () => {
  const batches: string[][] = []
  const seen = together(async (ctx, items: readonly string[]) => {
    batches.push([ctx.workspaceId, ...items])
    return items
  })
  await Promise.all([seen(one, 'a'), seen(other, 'b'), seen(one, 'c')])
  expect(batches.toSorted()).toEqual(
    [
      [one.workspaceId, 'a', 'c'],
      [other.workspaceId, 'b'],
    ].toSorted(),
  )
})

test('one that cannot be done takes none of the others with it', async () => {
  const tried: number[][] = []
  const whole = together(async (_, items: readonly number[]) => {
    tried.push([...items])
    if (items.includes(2)) throw new Error('two is poison')
    return items
  })
  const results = await Promise.allSettled([1, 2, 3].map((n) => whole(one, n)))
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(tried).toEqual([[1, 2, 3], [1], [2], [3]])
})
