/**
 * node scripts/with-database.mjs COMMAND…
 * Runs the command with DATABASE_URL set to a fresh, migrated database, which is dropped afterwards.
 */
import { spawn } from 'node:child_process'
import { withNode } from './node.mjs'
import { scratchDatabase } from './scratch-database.mjs'
import { testSettings } from './test-settings.mjs'

const [command, ...args] = process.argv.slice(2)
if (!command) {
  console.error('Say what to run: node scripts/with-database.mjs npx vitest run lib/posts')
  process.exit(2)
}
const database = await scratchDatabase()
const child = spawn(command, args, {
  stdio: 'inherit',
  env: withNode({ ...testSettings(), ...process.env, DATABASE_URL: database.url }),
})
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name))
const code = await new Promise((resolve) => {
  child.once('error', (error) => {
    console.error(`${command}: ${error.message}`)
    resolve(127)
  })
  child.once('exit', (status, signal) => resolve(status ?? (signal ? 1 : 0)))
})
await database.drop()
process.exit(code)
