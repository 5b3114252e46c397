/** For supervise.test.ts: keeps what it is told to keep running and holds a Postgres, until it is killed. */
import { startPostgres } from './postgres.mjs'
import { supervise } from './supervise.mjs'

const { folder, script } = JSON.parse(process.argv[2])
const postgres = await startPostgres({ folder, graceMs: 200 })
const part = supervise({
  name: 'stand-in',
  node: process.execPath,
  args: [script],
  env: process.env,
  cwd: folder,
  logFile: `${folder}/stand-in.log`,
  say: (text) => console.log(text),
  firstWaitMs: 20,
})
console.log(
  JSON.stringify({ url: postgres.url('postgres'), data: postgres.data, adopted: postgres.adopted, pid: part.pid() }),
)
process.on('SIGTERM', async () => {
  await part.stop()
  await postgres.stop()
  process.exit(0)
})
setInterval(() => {}, 1 << 30)
