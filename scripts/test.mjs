/**
 * `npm test`: every check, from nothing. `npm test -- --only types,unit` runs some of them.
 * All run even when one fails. The last line counts tests, and each other check as one.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { checks, groups } from './checks.mjs'
import { install, isInstalled } from './install.mjs'
import { checkNode } from './old-node.mjs'
import { at } from './place.mjs'
import { duration, say } from './progress.mjs'

checkNode()
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => process.exit(130))

const wanted = process.argv.includes('--only')
  ? (process.argv[process.argv.indexOf('--only') + 1] ?? '').split(',')
  : Object.keys(checks)
const unknown = wanted.filter((name) => !checks[name])
if (unknown.length > 0) {
  console.error(`There is no check named ${unknown.join(', ')}. There are: ${Object.keys(checks).join(', ')}.`)
  process.exit(2)
}

const total = { passed: 0, failed: 0, skipped: 0, again: [] }
const folder = at('.test/checks')
mkdirSync(folder, { recursive: true })

/** Does one check, shows its line, and what it wrote when it failed. @returns whether it went well. */
async function check(name, title, work) {
  const startedAt = Date.now()
  const {
    passed = 0,
    failed = 0,
    skipped = 0,
    again = [],
    output = '',
    note,
  } = await Promise.resolve()
    .then(work)
    .catch((error) => ({ failed: 1, output: error.output ?? error.stack }))
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
  total.again.push(...again)
  const mark = failed > 0 ? '✗' : passed === 0 && skipped > 0 ? '–' : '✓'
  say([`${mark} ${title}`, duration(Date.now() - startedAt), note].filter(Boolean).join('  '))
  const file = `${folder}/${name}.log`
  writeFileSync(file, output)
  if (failed > 0) console.log(`\n${output.trim().split('\n').slice(-120).join('\n')}\n\n  All of it is in ${file}\n`)
  return failed === 0
}

console.log('\n  Every check of Posthorn\n')
const prepared =
  (await check('install', 'install', async () =>
    isInstalled() ? { passed: 1, note: 'already there' } : (await install(), { passed: 1 }),
  )) &&
  (await check('generate', 'database client', async () => {
    // Stands on packages that are there only now.
    const { generateClient } = await import('./migrate.mjs')
    return { passed: 1, note: (await generateClient()) ? undefined : 'nothing changed' }
  }))
if (prepared)
  for (const group of groups)
    await Promise.all(
      group.map(async (lane) => {
        for (const name of lane.filter((one) => wanted.includes(one)))
          await check(name, checks[name].title, checks[name].run)
      }),
    )

const parts = [
  `${total.passed} passed`,
  `${total.failed} failed`,
  ...(total.skipped > 0 ? [`${total.skipped} skipped`] : []),
  ...(total.again.length > 0 ? [`${total.again.length} only at a second try: ${total.again.join('; ')}`] : []),
]
console.log(`\n${parts.join(', ')}`)
process.exit(total.failed > 0 ? 1 : 0)
