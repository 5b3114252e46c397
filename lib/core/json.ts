import type { Prisma } from './prisma/client'

/** A value as JSON keeps it: dates become ISO strings, what JSON cannot say is dropped. For JSON columns. */
export const toJson = (value: object): Prisma.InputJsonObject =>
  // A round trip through JSON gives JSON; the parser's type cannot say so.
  JSON.parse(JSON.stringify(value)) as Prisma.InputJsonObject

/** JSON with its keys in order: the same value always reads the same. */
export function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, ordered(inner)]),
  )
}
