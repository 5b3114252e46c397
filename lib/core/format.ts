import { tz } from '@date-fns/tz'
import { format } from 'date-fns/format'

/** A moment on a wall clock: `when(at, 'Europe/Zurich', 'd MMM yyyy, HH:mm')`. Patterns are date-fns'. */
export const when = (at: Date, timeZone: string, pattern = 'd MMM yyyy, HH:mm'): string =>
  format(at, pattern, { in: tz(timeZone) })

/** Milliseconds as people say them: 850 ms, 12.4 s, 3 min, 5 h, 2 d. */
export function duration(ms: number): string {
  const size = Math.abs(ms)
  if (size < 1_000) return `${Math.round(ms)} ms`
  if (size < 60_000) return `${(ms / 1_000).toFixed(1)} s`
  if (size < 3_600_000) return `${Math.round(ms / 60_000)} min`
  if (size < 86_400_000) return `${Math.round(ms / 3_600_000)} h`
  return `${Math.round(ms / 86_400_000)} d`
}

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** Names as people say them: “A”, “A and B”, “A, B and C”. Each once. */
export const listed = (names: Iterable<string>): string => list.format(new Set(names))

/** Bytes as people say them, in powers of 1000. */
export function bytes(size: number): string {
  const units = ['B', 'kB', 'MB', 'GB'] as const
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, size)) / 3)))
  return `${(size / 1000 ** power).toFixed(power === 0 || size / 1000 ** power >= 100 ? 0 : 1)} ${units[power]}`
}

/** Millionths of a US dollar as people say them, `$0.20`, `$0.015`: no part of a cent is rounded away. */
export const dollars = (micros: number): string =>
  `$${(micros / 1_000_000).toFixed(Number.isInteger(micros / 10_000) ? 2 : 3)}`

/** A label as it goes on within a sentence: “App password” is “app password”, “API key” and “X” stay. */
export const midSentence = (label: string): string =>
  label.replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase())
