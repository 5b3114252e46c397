import type { Prisma } from './prisma/client'

/** A value as JSON keeps it: dates become ISO strings, what JSON cannot say is dropped. For JSON columns. */
export const toJson = (value: object): Prisma.InputJsonObject =>
  // A round trip through JSON gives JSON; the parser's type cannot say so.
  JSON.parse(JSON.stringify(value)) as Prisma.InputJsonObject
