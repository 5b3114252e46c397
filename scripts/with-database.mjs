/**
 * node scripts/with-database.mjs [--durable] COMMAND…
 * Runs the command with DATABASE_URL set to a fresh, migrated database, which is dropped afterwards; with --durable on
 * a server that waits for the disk at each commit, as the product's does.
 */
import { spawn } from 'node:child_process'
import { withNode } from './node.mjs'
import { scratchDatabase } from './scratch-database.mjs'
import { testSettings } from './test-settings.mjs'

const durable = process.argv[2] === '--durable'
const [command, ...args] = process.argv.slice(durable ? 3 : 2)
if (!command) {
  console.error('Say what to run: node scripts/with-database.mjs npx vitest run lib/posts')
  process.exit(2)
}
const database = await scratchDatabase({ durable })
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
