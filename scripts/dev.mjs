/** `npm run dev`: like `npm start`, but web and worker run from the sources and reload as they change. */
import { bringUp } from './bring-up.mjs'
import { keepUntilStopped } from './keep.mjs'
import { checkNode } from './old-node.mjs'
import { say, step } from './progress.mjs'

checkNode()
await keepUntilStopped(async (stopWith) => {
  console.log('\n  Posthorn, for those who build it\n')
  const { url, logs } = await bringUp({ dev: true, demo: !process.argv.includes('--no-demo'), step, say, stopWith })
  console.log(`\n  Posthorn is at ${url}, signed in to as demo@posthorn.local / posthorn-demo`)
  console.log(`  Logs are in ${logs}. Stop with Ctrl-C.\n`)
})
