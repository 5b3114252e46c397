/**
 * `npm start`: the whole set-up, from a fresh clone on a bare machine to a running product.
 * `npm start -- --no-demo` starts empty and without the sandbox networks, for real use.
 */
import { bringUp } from './bring-up.mjs'
import { keepUntilStopped } from './keep.mjs'
import { checkNode } from './old-node.mjs'
import { say, step } from './progress.mjs'

checkNode()
const demo = !process.argv.includes('--no-demo')
await keepUntilStopped(async (stopWith) => {
  console.log('\n  Posthorn\n')
  const { url, logs } = await bringUp({ demo, step, say, stopWith })
  console.log(`\n  Posthorn is at ${url}`)
  if (demo) console.log('  Sign in as demo@posthorn.local with the password posthorn-demo')
  else console.log('  Make the first account there.')
  console.log(`  Logs are in ${logs}. Stop with Ctrl-C.\n`)
})
