import { spawn, type ChildProcess } from 'node:child_process'
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { query } from './postgres.mjs'
import { commandLineOf, until } from './processes.mjs'
import { supervise } from './supervise.mjs'

const folder = mkdtempSync(path.join(tmpdir(), 'posthorn-supervise-'))
const parents: ChildProcess[] = []

afterAll(async () => {
  for (const parent of parents) parent.kill('SIGKILL')
  await until(() => everythingIn(folder).length === 0, 20_000)
  rmSync(folder, { recursive: true, force: true })
})

/** Processes of ours that were started with this folder in their command line. */
const everythingIn = (place: string): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && commandLineOf(pid)?.includes(place))

/** What still runs after twenty seconds to go. */
async function leftOver(): Promise<(string | undefined)[]> {
  await until(() => everythingIn(folder).length === 0, 20_000)
  return everythingIn(folder).map(commandLineOf)
}

const script = path.join(folder, 'stand-in.mjs')
writeFileSync(script, 'setInterval(() => {}, 1000)')

type Started = { url: string; data: string; adopted: boolean; pid: number }

/** Starts the stand-in for `npm start` and waits until it says what runs. */
async function begin(place = folder): Promise<{ parent: ChildProcess; started: Started }> {
  const parent = spawn(
    process.execPath,
    [path.join(import.meta.dirname, 'trial-parent.mjs'), JSON.stringify({ folder: place, script })],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  parents.push(parent)
  const started = await new Promise<Started>((resolve, reject) => {
    parent.stdout?.on('data', (text) => String(text).startsWith('{') && resolve(JSON.parse(String(text))))
    parent.once('exit', (code) => reject(new Error(`the stand-in ended with ${code}`)))
  })
  return { parent, started }
}

const gone = (pid: number | undefined) => until(() => commandLineOf(pid ?? 0) === undefined, 20_000)

test('kill -9 of the start script leaves nothing running and loses no data; the next start finds them', async () => {
  const first = await begin()
  await query(first.started.url, 'create table kept as select 42 as answer')
  first.parent.kill('SIGKILL')
  await gone(first.parent.pid)
  expect(await leftOver()).toEqual([])

  const second = await begin()
  expect(second.started.adopted).toBe(false)
  expect((await query(second.started.url, 'select answer from kept')).rows).toEqual([{ answer: 42 }])
  second.parent.kill('SIGTERM')
  await gone(second.parent.pid)
  expect(await leftOver()).toEqual([])
})

test('a start right after a kill -9, and one after the keeper was killed too, both come up', async () => {
  const first = await begin()
  first.parent.kill('SIGKILL')
  const second = await begin()
  const keeper = JSON.parse(readFileSync(path.join(folder, 'postgres-keeper.json'), 'utf8')).pid
  process.kill(keeper, 'SIGKILL')
  second.parent.kill('SIGKILL')
  await gone(second.parent.pid)

  const third = await begin()
  expect(third.started.adopted).toBe(true)
  expect((await query(third.started.url, 'select 1 as one')).rows).toEqual([{ one: 1 }])
  third.parent.kill('SIGTERM')
  await gone(third.parent.pid)
  expect(await leftOver()).toEqual([])
})

test('a part that dies is started again, later each time, and a line says so', async () => {
  const lines: string[] = []
  const dying = path.join(folder, 'dying.mjs')
  writeFileSync(dying, 'process.exit(7)')
  const part = supervise({
    name: 'worker',
    node: process.execPath,
    args: [dying],
    env: process.env,
    cwd: folder,
    logFile: path.join(folder, 'dying.log'),
    say: (text: string) => lines.push(text),
    firstWaitMs: 5,
  })
  expect(await until(() => part.deaths() >= 3, 20_000)).toBe(true)
  await part.stop()
  expect(lines[0]).toContain('The worker stopped (code 7) and is started again in 1 s.')
  expect(existsSync(path.join(folder, 'dying.log'))).toBe(true)
})

test('a part whose program cannot be run right now is started when it can', async () => {
  const lines: string[] = []
  const node = path.join(folder, 'being-installed')
  copyFileSync('/bin/true', node)
  // As an installation that is still writing it.
  const writing = openSync(node, 'r+')
  const part = supervise({
    name: 'worker',
    node,
    args: [],
    env: process.env,
    cwd: folder,
    logFile: path.join(folder, 'being-installed.log'),
    say: (text: string) => lines.push(text),
    firstWaitMs: 5,
  })
  expect(lines[0]).toContain('ETXTBSY')
  closeSync(writing)
  expect(await until(() => lines.some((line) => line.includes('(code 0)')), 20_000)).toBe(true)
  await part.stop()
})

test('stopping a part lets it finish what is under way', async () => {
  const finishing = path.join(folder, 'finishing.mjs')
  const proof = path.join(folder, 'finished')
  writeFileSync(
    finishing,
    `import { writeFileSync } from 'node:fs'
     process.on('SIGTERM', () => setTimeout(() => { writeFileSync(${JSON.stringify(proof)}, 'yes'); process.exit(0) }, 200))
     console.log('ready')
     setInterval(() => {}, 1000)`,
  )
  const logFile = path.join(folder, 'finishing.log')
  const part = supervise({
    name: 'worker',
    node: process.execPath,
    args: [finishing],
    env: process.env,
    cwd: folder,
    logFile,
    say: () => {},
  })
  expect(await until(() => readFileSync(logFile, 'utf8').includes('ready'), 10_000)).toBe(true)
  await part.stop()
  expect(readFileSync(proof, 'utf8')).toBe('yes')
})
