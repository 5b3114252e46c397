import { PrismaPg } from '@prisma/adapter-pg'
import { env } from './env'
import { Prisma, PrismaClient } from './prisma/client'

const connect = () =>
  new PrismaClient({
    adapter: new PrismaPg({ connectionString: env().DATABASE_URL, max: Number(process.env.DATABASE_POOL ?? 10) }),
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
