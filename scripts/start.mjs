/**
 * `npm start`: the whole set-up, from a fresh clone on a bare machine to a running product.
 * `npm start -- --no-demo` starts empty and without the sandbox networks, for real use.
 */
import { bringUp } from './bring-up.mjs'
import { keepUntilStopped } from './keep.mjs'
import { ensureFfmpeg } from './ffmpeg.mjs'
import { checkNode } from './old-node.mjs'
import { say, step } from './progress.mjs'

checkNode()
const withoutFfmpeg =
  'There is no ffmpeg, and apt could not install it: videos are passed through as they are (Debian: apt-get install ffmpeg).'

const demo = !process.argv.includes('--no-demo')
await keepUntilStopped(async (stopWith) => {
  console.log('\n  Posthorn\n')
  const { url, logs } = await bringUp({ demo, step, say, stopWith })
  console.log(`\n  Posthorn is at ${url}`)
  if (demo) console.log('  Sign in as demo@posthorn.local with the password posthorn-demo')
  else console.log('  Make the first account there.')
  console.log(`  Logs are in ${logs}. Stop with Ctrl-C.\n`)
  // Not waited for: everything but work on videos goes without it.
  void ensureFfmpeg().then((there) => there || say(withoutFfmpeg))
})
