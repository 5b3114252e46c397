/**
 * npm run audit:verify [-- SLUG…]
 * Verifies the audit trail of the product in this folder, or of the database in DATABASE_URL. It may run meanwhile.
 */
import { spawn } from 'node:child_process'
import { productNode, withNode } from './node.mjs'
import { at } from './place.mjs'
import { startPostgres } from './postgres.mjs'
import { loadDotEnv, secrets } from './settings.mjs'

loadDotEnv(at('.env'))
const folder = at('.data')
const postgres = process.env.DATABASE_URL ? undefined : await startPostgres({ folder })
const env = withNode({
  ...secrets(folder),
  ...process.env,
  ...(postgres ? { DATABASE_URL: postgres.url('posthorn') } : {}),
})
const args = ['--import', 'tsx', at('scripts/audit-report.ts'), ...process.argv.slice(2)]
const report = spawn(productNode(), args, { stdio: 'inherit', cwd: at(), env })
report.once('exit', async (code) => {
  await postgres?.stop()
  process.exit(code ?? 1)
})
