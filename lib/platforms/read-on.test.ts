import { describe, expect, test } from 'vitest'
import { fail, ok } from '@/lib/core/result'
import type { PlatformError } from './platform'
import { readOn, type Entry, type Place } from './read-on'

/** A list of pages of entries, each of which has pages of its own below it. It counts calls, and fails where it is told to. */
function listOf(pages: readonly (readonly (readonly [string, ...(readonly string[])[]])[])[]) {
  const faults = new Map<string, PlatformError>()
  const calls: string[] = []
  const ask = (what: string): PlatformError | undefined => {
    calls.push(what)
    return faults.get(what)
  }
  const entryOf = ([name, ...below]: readonly [string, ...(readonly string[])[]]): Entry<string> => ({
    name,
    said: [name],
    ...(below.length === 0
      ? {}
      : {
          async below(page: string | undefined) {
            const at = Number(page ?? 0)
            const error = ask(`${name}/${at}`)
            return error ? fail(error) : ok({ said: below[at] ?? [], next: below[at + 1] && String(at + 1) })
          },
        }),
  })
  return {
    faults,
    calls,
    async list(page: string | undefined) {
      const at = Number(page ?? 0)
      const error = ask(`page ${at}`)
      return error
        ? fail(error)
        : ok({ entries: (pages[at] ?? []).map(entryOf), next: pages[at + 1] && String(at + 1) })
    },
  }
}

/** Looks until one ends. @returns what each brought, and how the last ended */
async function looks(list: ReturnType<typeof listOf>['list'], calls: number) {
  const brought: (readonly string[])[] = []
  let place: Place | undefined
  for (let look = 0; look < 20; look++) {
    const read = await readOn({ calls, from: place, list })
    if (!read.ok) return { brought, ended: read.error.code }
    brought.push(read.value.said)
    place = read.value.place
    if (!place) return { brought, ended: read.value.isEnd, isWhole: read.value.isWhole }
  }
  throw new Error('It never ends')
}

const trouble: PlatformError = { code: 'unavailable', reason: 'Down.' }
const refusal: PlatformError = { code: 'rejected', reason: 'No.' }
const deep = () =>
  listOf([
    [['a'], ['b', ['b1', 'b2'], ['b3']]],
    [['c', ['c1'], ['c2'], ['c3'], ['c4']], ['d']],
  ])
const everything = ['a', 'b', 'b1', 'b2', 'b3', 'c', 'c1', 'c2', 'c3', 'c4', 'd']

describe('a list', () => {
  test('that is read to its end in one look is known as a whole', async () => {
    const { brought, ...last } = await looks(deep().list, 100)
    expect([brought.length, brought.flat().toSorted(), last]).toEqual([1, everything, { ended: true, isWhole: true }])
  })

  test.each([2, 3, 4, 5])('is read to its end in looks of %i calls, and is no whole then', async (calls) => {
    const { brought, ...last } = await looks(deep().list, calls)
    expect([...new Set(brought.flat())].toSorted()).toEqual(everything)
    expect(brought.length).toBeGreaterThan(1)
    expect(last).toEqual({ ended: true, isWhole: false })
  })

  test('hands over what came before a failure, and fails when the same fails again', async () => {
    const { list, faults, calls } = deep()
    faults.set('c/1', trouble)
    const { brought, ended } = await looks(list, 100)
    expect([brought, ended]).toEqual([[['a', 'b', 'b1', 'b2', 'b3', 'c', 'd', 'c1']], 'unavailable'])
    expect(calls.slice(-2)).toEqual(['page 1', 'c/1'])
  })

  test('fails when nothing can be read of it', async () => {
    const { list, faults } = deep()
    faults.set('page 0', refusal)
    expect(await looks(list, 100)).toEqual({ brought: [], ended: 'rejected' })
  })

  test('is read without what the network refuses to list below one entry', async () => {
    const { list, faults } = deep()
    faults.set('b/0', refusal)
    const { brought, ...last } = await looks(list, 100)
    expect([...new Set(brought.flat())].toSorted()).toEqual(everything.filter((name) => !/^b\d/.test(name)))
    expect(last).toEqual({ ended: true, isWhole: false })
  })

  test('whose place is worth nothing any more is begun anew another time', async () => {
    const { list, faults } = deep()
    faults.set('page 1', refusal)
    const { brought, ...last } = await looks(list, 100)
    expect([brought.at(-1), last]).toEqual([[], { ended: false, isWhole: false }])
  })

  test('goes on at a page whose entry is gone', async () => {
    const { list } = deep()
    const read = await readOn({ calls: 100, from: { page: '1', under: 'gone', below: '3' }, list })
    expect(read).toMatchObject({ ok: true, value: { said: ['c', 'd', 'c1', 'c2', 'c3', 'c4'], isEnd: true } })
  })
})
