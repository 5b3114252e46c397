import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Incoming } from '@/lib/platforms'
import { mergeItems, mergeKnown } from './merge-items'

const author = { externalId: 'u', handle: '@u', displayName: 'U' }
const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 9, minute)).toISOString()
const report = (minute: number, more: Partial<Incoming> = {}): Incoming => ({
  externalId: 'm',
  kind: 'comment',
  change: 'new',
  text: 'Where is it?',
  at: at(minute),
  author,
  own: false,
  conversation: 'post',
  media: [],
  ref: {},
  ...more,
})
const merged = (items: readonly Incoming[]) => mergeItems(items).get('m')

const Reports = fc
  .tuple(
    fc.constantFrom('comment' as const, 'reaction' as const),
    fc.array(
      fc.record({
        minute: fc.integer({ min: 0, max: 5 }),
        change: fc.constantFrom('new' as const, 'edited' as const, 'deleted' as const),
        text: fc.constantFrom('a', 'b'),
        url: fc.constantFrom({}, { url: 'https://x.test/1' }, { url: 'https://x.test/2' }),
        imported: fc.boolean(),
        place: fc.constantFrom({ unplaced: true } as const, { parent: 'p', ref: { under: 'p' } }, { parent: 'q' }, {}),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  )
  .map(([kind, all]) =>
    all.map(({ minute, change, text, url, imported, place }) =>
      // An import brings nothing but words.
      report(minute, {
        kind,
        change: imported ? 'new' : change,
        text,
        ...url,
        ...(imported ? { ref: null } : place),
      }),
    ),
  )

test('reports and imports in any order, however often, and in whatever groups they come, are the same in the end', () => {
  fc.assert(
    fc.property(Reports, fc.infiniteStream(fc.nat()), (reports, chance) => {
      const shuffled = [...reports, ...reports]
        .map((each) => ({ each, key: Number(chance.next().value) }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ each }) => each)
      expect(merged(shuffled)).toEqual(merged(reports))
      const [one, other] = [merged(shuffled.slice(0, reports.length)), merged(shuffled.slice(reports.length))]
      if (!one || !other) throw new Error('Each group holds as many reports as there are')
      expect(mergeKnown(one, other)).toEqual(merged(reports))
    }),
    { numRuns: 2_000 },
  )
})

test('an import changes nothing that the network told, and fills in where it is silent', () => {
  const heard = report(1, { url: 'https://network.test/1', media: [{ kind: 'image', url: 'https://x.test/a.png' }] })
  const brought = report(5, {
    text: 'Something else',
    author: { ...author, externalId: 'another' },
    url: 'https://elsewhere.test/1',
    rating: 4,
    ref: null,
  })
  for (const items of [
    [heard, brought],
    [brought, heard],
  ]) {
    const known = merged(items)
    expect(known).toMatchObject({ at: new Date(at(1)), textAt: new Date(at(1)), words: heard })
    expect({ ...known?.words.besides, ...known?.words }).toMatchObject({ url: heard.url, rating: 4 })
  }
})

test('a reaction is as the last report of it says, and what was taken away otherwise stays away', () => {
  const said = (kind: 'reaction' | 'comment') => [
    report(1, { kind }),
    report(2, { kind, change: 'deleted' }),
    report(3, { kind }),
  ]
  expect(merged(said('reaction'))?.deletedAt).toBeNull()
  expect(merged([...said('reaction'), report(4, { kind: 'reaction', change: 'deleted' })])?.deletedAt).toEqual(
    new Date(at(4)),
  )
  expect(merged(said('comment'))?.deletedAt).toEqual(new Date(at(2)))
})

test('what a report does not know of its place stands as the latest that knew has it, whichever comes last', () => {
  const silent = report(3, { unplaced: true, ref: { under: 'm' }, text: 'Latest' })
  const known = [report(1, { parent: 'p', ref: { under: 'p' } }), report(2, { parent: 'q', ref: { under: 'q' } })]
  for (const items of [
    [silent, ...known],
    [...known, silent],
    [...known.toReversed(), silent, silent],
  ])
    expect(merged(items)?.words).toMatchObject({ text: 'Latest', placed: { parent: 'q', ref: { under: 'q' } } })
  expect(merged([silent])?.words).toEqual(silent)
})
