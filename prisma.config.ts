import { defineConfig } from 'prisma/config'

// The CLI would download its engine. Ours is Prisma's own WASM build of the same engine, installed from npm.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= `${import.meta.dirname}/scripts/schema-engine.mjs`

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://unset@127.0.0.1/unset' },
})
