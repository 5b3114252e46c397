export type Pair = { readonly label: number; readonly judged: number }
export type Measured = { readonly value: number; readonly low: number; readonly high: number; readonly count: number }

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)
const labelsOf = (pairs: readonly Pair[]): readonly number[] => [...new Set(pairs.map(({ label }) => label))]
const mean = (values: readonly number[]): number =>
  share(
    values.reduce((a, b) => a + b, 0),
    values.length,
  )

/** The mean over labels of the share that was recognised. */
export const macroRecall = (pairs: readonly Pair[]): number =>
  mean(
    labelsOf(pairs).map((label) => {
      const own = pairs.filter((pair) => pair.label === label)
      return share(own.filter(({ judged }) => judged === label).length, own.length)
    }),
  )

export function f1(pairs: readonly Pair[], label: number): number {
  const hits = pairs.filter((pair) => pair.label === label && pair.judged === label).length
  const wrong = pairs.filter((pair) => (pair.label === label) !== (pair.judged === label)).length
  return share(2 * hits, 2 * hits + wrong)
}
export const macroF1 = (pairs: readonly Pair[]): number => mean(labelsOf(pairs).map((label) => f1(pairs, label)))

/** A score with its 95 % interval, from 1,000 samples of the same size drawn with replacement, the same each time. */
export function measured(pairs: readonly Pair[], score: (pairs: readonly Pair[]) => number): Measured {
  let state = 1
  const draw = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return pairs[Math.floor((state / 2 ** 32) * pairs.length)]
  }
  const values = Array.from({ length: 1_000 }, () =>
    score(pairs.map(() => draw()).filter((pair) => pair !== undefined)),
  )
  const sorted = values.toSorted((a, b) => a - b)
  return { value: score(pairs), low: sorted[25] ?? 0, high: sorted[974] ?? 0, count: pairs.length }
}
