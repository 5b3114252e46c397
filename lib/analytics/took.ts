import type { Took } from './schema'

/** The value below which `share` (0 to 1) of the sorted values lie: the nearest rank. */
const rank = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null

export function tookOf(timesMs: readonly number[]): Took {
  const sorted = timesMs.toSorted((a, b) => a - b)
  return { medianMs: rank(sorted, 0.5), p90Ms: rank(sorted, 0.9), n: sorted.length }
}
