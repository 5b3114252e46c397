/**
 * `npm run test:bluesky`: the product against Bluesky's own servers, on this machine. Installs them the first time.
 * What follows goes to Vitest: `npm run test:bluesky -- faults`.
 */
import { spawn } from 'node:child_process'
import { installNetwork, isNetworkInstalled } from './bluesky-network.mjs'
import { install, isInstalled } from './install.mjs'
import { productNode, withNode } from './node.mjs'
import { checkNode } from './old-node.mjs'
import { at } from './place.mjs'
import { step } from './progress.mjs'

checkNode()
if (!isInstalled()) await step('install', () => install())
// Stands on packages that are there only now.
const { generateClient } = await import('./migrate.mjs')
await generateClient()
if (!isNetworkInstalled())
  await step('install the Bluesky network', installNetwork, { hint: 'half a gigabyte, once; a minute or two' })

const args = ['run', '--config', at('bluesky-network/vitest.config.ts'), ...process.argv.slice(2)]
const child = spawn(productNode(), [at('node_modules/vitest/vitest.mjs'), ...args], {
  cwd: at(),
  env: withNode(process.env),
  stdio: 'inherit',
})
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name))
child.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
