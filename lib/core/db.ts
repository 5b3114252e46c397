import { PrismaPg } from '@prisma/adapter-pg'
import { env } from './env'
import { Prisma, PrismaClient } from './prisma/client'

/** Most statements that a connection keeps prepared: what is said again and again is planned once. */
const mostPrepared = 300
const prepared = new Map<string, string>()

/** A list of another length is another statement, so there is no end of them: those that come late are not kept. */
function nameFor({ sql }: { readonly sql: string }): string | undefined {
  const known = prepared.get(sql)
  if (known || prepared.size >= mostPrepared) return known
  const name = `p${prepared.size}`
  prepared.set(sql, name)
  return name
}

const connect = () =>
  new PrismaClient({
    adapter: new PrismaPg(
      { connectionString: env().DATABASE_URL, max: env().DATABASE_POOL },
      // The driver takes undefined for "not kept"; its type does not say so.
      { statementNameGenerator: nameFor as (query: { sql: string }) => string },
    ),
  })

// `next dev` loads modules again on each change; without this every change would leave a pool behind.
const kept = globalThis as typeof globalThis & { posthornPrisma?: PrismaClient }
let client = kept.posthornPrisma

/** The whole database, every tenant. Only `lib/workspace` and `prisma/` may import this (see .dependency-cruiser.mjs). */
export const prisma: PrismaClient = new Proxy({} as PrismaClient, {
  // Connecting on first use lets a build import this without a database.
  get: (_, property) => Reflect.get((client ??= kept.posthornPrisma = connect()), property),
})
export { Prisma }
