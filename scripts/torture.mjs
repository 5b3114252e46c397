/**
 * npm run torture -- THOUSANDS
 * Sends that many thousand posts through the sandbox with faults and kills, on a fresh database, and prints the table.
 */
import { spawnSync } from 'node:child_process'
import { at } from './place.mjs'

const { status } = spawnSync(
  process.execPath,
  [at('scripts/with-database.mjs'), 'node', '--import', 'tsx', 'bench/torture/main.ts', ...process.argv.slice(2)],
  { stdio: 'inherit', cwd: at('.') },
)
process.exit(status ?? 1)
