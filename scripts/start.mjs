/**
 * `npm start`: the whole set-up, from a fresh clone on a bare machine to a running product.
 * `npm start -- --no-demo` starts empty and without the sandbox networks, for real use, on a database of its own.
 * `npm start -- --only web` and `--only worker` run one part, on a database that several share.
 */
import { bringUp } from './bring-up.mjs'
import { keepUntilStopped } from './keep.mjs'
import { ensureFfmpeg } from './ffmpeg.mjs'
import { checkNode } from './old-node.mjs'
import { say, step } from './progress.mjs'

checkNode()
const withoutFfmpeg =
  'There is no ffmpeg, and apt could not install it: videos are passed through as they are, with the place where they were recorded (Debian: apt-get install ffmpeg).'

const asked = process.argv.indexOf('--only')
const only = asked === -1 ? undefined : process.argv[asked + 1]
if (asked !== -1 && only !== 'web' && only !== 'worker') {
  console.error('  Say which part to run: npm start -- --only web, or --only worker.')
  process.exit(2)
}
const demo = !only && !process.argv.includes('--no-demo')
await keepUntilStopped(async (stopWith) => {
  console.log('\n  Posthorn\n')
  const { url, metricsUrl, logs } = await bringUp({ only, demo, step, say, stopWith })
  if (url) console.log(`\n  Posthorn is at ${url}`)
  else console.log(`\n  The worker is at work. Its metrics are at ${metricsUrl}`)
  if (demo) console.log('  Sign in as demo@posthorn.local with the password posthorn-demo')
  else if (url)
    console.log(
      process.env.SIGN_UP === 'open'
        ? '  Make the first account there; anyone else can make one, too (SIGN_UP).'
        : '  Make the first account there; others join by invitation (SIGN_UP).',
    )
  if (url && !demo && !process.env.SMTP_URL)
    console.log(
      '  It sends no mail: set SMTP_URL and MAIL_FROM in .env (docs/settings.md). Links of invitations are shown until then.',
    )
  console.log(`  Logs are in ${logs}. Stop with Ctrl-C.\n`)
  // Not waited for: everything but work on videos goes without it.
  void ensureFfmpeg().then((there) => there || say(withoutFfmpeg))
})
