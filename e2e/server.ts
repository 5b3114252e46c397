import { rmSync } from 'node:fs'
import { buildForTests } from '../scripts/build.mjs'
import { at } from '../scripts/place.mjs'
import { freePortFrom } from '../scripts/ports.mjs'
import { startProduct } from '../scripts/product.mjs'
import { scratchDatabase } from '../scripts/scratch-database.mjs'
import { portsFrom } from './ports'

/**
 * Playwright's global set-up: the product as `npm start` runs it, on a database, ports and a folder of its own.
 * What the person has set in the environment is left out, so that journeys are the same everywhere.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  const run = process.env.POSTHORN_E2E ?? 'all'
  const folder = at(`.test/e2e/${run}`)
  const from = portsFrom(run)
  rmSync(folder, { recursive: true, force: true })
  const database = await scratchDatabase()
  const feedPort = await freePortFrom(from + 300)
  const hookPort = await freePortFrom(from + 400)
  const product = await startProduct({
    folder,
    given: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      SWEEP_EVERY_MS: '500',
      NETWORK_TIMEOUT_MS: '4000',
      TRUSTED_PROXIES: '1',
      WORKER_METRICS_PORT: String(await freePortFrom(from + 500)),
      PRIVATE_FEED_ORIGINS: `http://127.0.0.1:${feedPort}`,
      PRIVATE_WEBHOOK_ORIGINS: `http://127.0.0.1:${hookPort}`,
    },
    databaseUrl: database.url,
    demo: true,
    dist: await buildForTests(),
    ports: { web: Number(process.env.POSTHORN_E2E_PORT), sandbox: from + 200 },
    say: console.log,
    step: (_title: string, work: () => unknown) => work(),
  })
  // A journey serves a feed there.
  process.env.FEED_PORT = String(feedPort)
  // And another is told of events there.
  process.env.HOOK_PORT = String(hookPort)
  // Journeys that need a network to misbehave ask it to.
  process.env.SANDBOX_URL = product.env.SANDBOX_URL
  return async () => {
    await product.stop()
    await database.drop()
  }
}
