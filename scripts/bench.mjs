/**
 * npm run bench -- NAME [--flag N …]
 * Runs one of the measurements of docs/benchmarks.md, on a fresh database of its own; without a name, lists them.
 */
import { spawnSync } from 'node:child_process'
import { at } from './place.mjs'
import { withNode } from './node.mjs'

/** `database`: `durable` waits for the disk at each commit, as the product's does. */
const benches = {
  publish: { script: 'bench/publish.ts', database: 'durable', flags: '--posts 2000 --rounds 3' },
  lateness: { script: 'bench/lateness.ts', database: 'durable', flags: '--posts 1000,10000' },
  calendar: { script: 'bench/calendar.ts', database: 'quick', flags: '--posts 1000,100000,1000000 --calls 200' },
  'calendar-page': {
    script: 'bench/calendar-page.ts',
    database: 'quick',
    flags: '--posts 1000,100000,1000000 --visits 20',
  },
  'inbox-list': {
    script: 'bench/inbox-list.ts',
    database: 'quick',
    flags: '--conversations 10000,100000,1000000 --calls 200',
  },
  'inbox-door': {
    script: 'bench/inbox-door.ts',
    database: 'durable',
    flags: '--events 5000 --atOnce 64 --rounds 3 --perSecond 25 --seconds 20 (--handler: without Next)',
  },
  flood: { script: 'bench/flood.ts', database: 'quick', flags: '--events 50000 --seed 7' },
  'inbox-page': {
    script: 'bench/inbox-page.ts',
    database: 'quick',
    flags: '--conversations 100000 --rows 6000',
  },
  language: { script: 'bench/language.ts', flags: '--texts 50000 --rounds 5' },
  'language-quality': { script: 'bench/language-quality.ts', flags: '' },
  upload: { script: 'bench/upload.ts', database: 'quick', flags: '--megabytes 2000' },
  'cold-start': { script: 'bench/cold-start.mjs', flags: '--port 5290' },
  memory: { script: 'bench/memory.mjs', flags: '--port 5270 --idle 60' },
}

const [name, ...flags] = process.argv.slice(2)
const bench = Object.hasOwn(benches, name ?? '') ? benches[name] : undefined
if (!bench) {
  if (name) console.error(`There is no measurement called ${name}.`)
  console.log('npm run bench -- NAME, with sizes by flags (these are the full ones):')
  for (const [known, { flags: full }] of Object.entries(benches)) console.log(`  ${known.padEnd(18)}${full}`)
  process.exit(name ? 2 : 0)
}
const script = ['node', '--import', 'tsx', bench.script, ...flags]
const { status } = bench.database
  ? spawnSync(
      process.execPath,
      [at('scripts/with-database.mjs'), ...(bench.database === 'durable' ? ['--durable'] : []), ...script],
      { stdio: 'inherit', cwd: at('.') },
    )
  : spawnSync(script[0], script.slice(1), { stdio: 'inherit', cwd: at('.'), env: withNode(process.env) })
process.exit(status ?? 1)
