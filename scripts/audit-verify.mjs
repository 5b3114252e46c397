/**
 * npm run audit:verify [-- [--demo] SLUG…]
 * Verifies the audit trail of the product in this folder (with --demo, of the demo), or of the database in DATABASE_URL.
 * It may run meanwhile.
 */
import { spawn } from 'node:child_process'
import { homesIn } from './demo-or-real.mjs'
import { productNode, withNode } from './node.mjs'
import { at } from './place.mjs'
import { hasDatabase, startPostgres } from './postgres.mjs'
import { loadDotEnv, secrets } from './settings.mjs'

loadDotEnv(at('.env'))
const folder = at('.data')
const isDemo = process.argv.includes('--demo')
const slugs = process.argv.slice(2).filter((word) => word !== '--demo')
const postgres = process.env.DATABASE_URL ? undefined : await startPostgres({ folder })
const home = postgres && (await homesIn(postgres.url, folder))[isDemo ? 'demo' : 'real']
if (home && !(await hasDatabase(postgres.url, home.database))) {
  console.error(
    isDemo
      ? 'There is no demo in this folder.'
      : 'Nothing but the demo is in this folder: npm run audit:verify -- --demo',
  )
  await postgres.stop()
  process.exit(1)
}
const env = withNode({
  ...secrets(home?.folder ?? folder),
  ...process.env,
  ...(home ? { DATABASE_URL: postgres.url(home.database) } : {}),
})
const report = spawn(productNode(), ['--import', 'tsx', at('scripts/audit-report.ts'), ...slugs], {
  stdio: 'inherit',
  cwd: at(),
  env,
})
report.once('exit', async (code) => {
  await postgres?.stop()
  process.exit(code ?? 1)
})
