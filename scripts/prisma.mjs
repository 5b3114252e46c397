/**
 * Prisma's command line, under the product's Node and without downloading an engine (see schema-engine.mjs).
 * `npm run prisma -- migrate dev --name what_changed` works on the database of DATABASE_URL, or else on the one of
 * the tests, never on the product's own.
 */
import { spawn } from 'node:child_process'
import { writeAdapters } from './adapters.mjs'
import { at } from './place.mjs'
import { productNode, withNode } from './node.mjs'

if (process.argv[2] === 'generate') writeAdapters()
const needsDatabase = ['migrate', 'db', 'studio'].includes(process.argv[2] ?? '')
const { scratchDatabase } = await import('./scratch-database.mjs')
const scratch = needsDatabase && !process.env.DATABASE_URL ? await scratchDatabase() : undefined
const env = withNode({
  ...process.env,
  ...(scratch ? { DATABASE_URL: scratch.url } : {}),
  PRISMA_SCHEMA_ENGINE_BINARY: at('scripts/schema-engine.mjs'),
})
const cli = spawn(productNode(), [at('node_modules/prisma/build/index.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env,
})
cli.once('exit', async (code) => {
  await scratch?.drop()
  process.exit(code ?? 1)
})
