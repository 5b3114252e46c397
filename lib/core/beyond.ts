import type { Failure } from './result'

/** Who goes on at a place where no list of this kind left off: at that of another list or order, or of none. */
export const noSuchPlace: Failure = {
  code: 'VALIDATION_ERROR',
  message: 'This is not where a list of this kind and order left off. Begin again without a cursor.',
  fields: { cursor: ['must be the `next` of the page before'] },
}

type Span<V> = { lt?: V; lte?: V; gt?: V; gte?: V }
type Same<K extends string, V> = { [k in K]: V }

/** How rows lie beyond a place: `desc` below it in a list from the latest, `asc` in one from the first. */
export type Way = 'asc' | 'desc'

/**
 * The rows beyond a place in a list that is ordered by one column and, among equals, by a second. The bound on the first
 * says nothing that the choice below it does not say, but an index can go to it: by the choice alone the list is read again
 * from its top for every page.
 * @param first the column and its value at that place, as `{ at }`; @param then likewise, as `{ id }`
 */
export function beyond<A extends string, B extends string, V extends Date | string>(
  first: Readonly<Record<A, V>>,
  then: Readonly<Record<B, string>>,
  way: Way,
) {
  const [[a, at]] = Object.entries(first) as [[A, V]]
  const [[b, id]] = Object.entries(then) as [[B, string]]
  const [than, orThan] = way === 'desc' ? (['lt', 'lte'] as const) : (['gt', 'gte'] as const)
  // Of an object with computed names TypeScript knows that there are some.
  return {
    [a]: { [orThan]: at },
    OR: [{ [a]: { [than]: at } }, { [a]: at, [b]: { [than]: id } }],
  } as Same<A, Span<V>> & { OR: [Same<A, Span<V>>, Same<A, V> & Same<B, Span<string>>] }
}
