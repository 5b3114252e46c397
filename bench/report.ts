import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'

/** Reads `--name 1,2,3` flags; what is not given has its full size. Throws on a flag or a number it does not know. */
export function sizes<Name extends string>(full: Readonly<Record<Name, readonly number[]>>): Record<Name, number[]> {
  const names = Object.keys(full)
  const { values } = parseArgs({
    options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
  })
  const read = (name: string, otherwise: readonly number[]): number[] => {
    const given = values[name]
    const numbers = typeof given === 'string' ? given.split(',').map(Number) : [...otherwise]
    if (numbers.length === 0 || numbers.some((n) => !(n > 0))) throw new Error(`--${name} takes numbers above 0`)
    return numbers
  }
  return Object.fromEntries(
    Object.entries<readonly number[]>(full).map(([name, otherwise]) => [name, read(name, otherwise)]),
    // The entries of a record keep its names.
  ) as Record<Name, number[]>
}

/** Whether a flag that takes no value was given; asked before `sizes`, which knows only those that do. */
export function isGiven(name: string): boolean {
  const at = process.argv.indexOf(`--${name}`)
  if (at >= 0) process.argv.splice(at, 1)
  return at >= 0
}

/** The first of the numbers given for a flag that takes one. */
export const only = ([first]: readonly number[]): number => {
  if (first === undefined) throw new Error('A number is missing')
  return first
}

/** The value below which `share` (0 to 1) of the values lie: the nearest rank. Throws when there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (found === undefined) throw new Error('Nothing was measured')
  return found
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

/** Three digits are what such a measurement is worth. */
export const shown = (value: number): number => Number(value.toPrecision(3))

/** Says where it was measured: a figure without its machine and its load is worth nothing. */
export function head(title: string): void {
  const [first] = cpus()
  const load = loadavg()[0] ?? 0
  console.log(`\n${title}`)
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${first?.model.trim() ?? 'unknown'}, Node ${process.versions.node}, load ${load.toFixed(1)} before the run${load > cpus().length / 2 ? ' (under load)' : ''}\n`,
  )
}

/** The line that a promise is about. */
export const ratio = (of: string, value: number): void => console.log(`ratio: ${of} = ${shown(value)}`)
