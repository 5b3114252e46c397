/**
 * npm run torture -- TIMES [--short] [--replies] [--minutes 10] [--kinds "x,bluesky"]
 * Sends posts through the sandbox with every fault and a kill at every boundary, so many times, on a fresh database, and
 * prints what came of them. `--short`: each kind of account with each fault once, at one boundary or another.
 * `--minutes`: no further case is begun after so long; a bit of everything comes first. Ctrl-C ends it
 * and prints what came of it so far.
 */
import { spawnSync } from 'node:child_process'
import { at } from './place.mjs'

// The one who prints is told as well.
process.on('SIGINT', () => undefined)
const { status } = spawnSync(
  process.execPath,
  [at('scripts/with-database.mjs'), 'node', '--import', 'tsx', 'bench/torture/main.ts', ...process.argv.slice(2)],
  { stdio: 'inherit', cwd: at('.') },
)
process.exit(status ?? 1)
