import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { startSandbox, type Sandbox } from '..'
import { admin } from '../core/speaking.fixture'
import { Blobs } from '../core/blobs'
import { Hooks } from '../core/hooks'
import type { World } from '../core/network'
import { Posts } from '../core/posts'
import { emptyNetworkState, emptyState, type State } from '../core/state'
import { Tokens } from '../core/tokens'
import { networks } from '../networks'
import { plan, scenarioNames, scenarios } from './plan'
import { Scenes } from './scenes'

const dir = mkdtempSync(join(tmpdir(), 'scenario-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const inHour = (steps: ReturnType<typeof plan>, from: number, to: number) =>
  steps.filter(({ atMs }) => atMs >= from * 3_600_000 && atMs < to * 3_600_000).length

test('the same seed is the same day, another seed another one', () => {
  for (const name of scenarioNames) {
    expect(plan(name, 'one')).toEqual(plan(name, 'one'))
    expect(plan(name, 'one')).not.toEqual(plan(name, 'two'))
  }
})

test('each scenario has its rhythm: a day with two humps, a launch that fades, a wave that swells first', () => {
  // Sums over many days, so that chance does not decide.
  const over = (name: (typeof scenarioNames)[number], from: number, to: number) =>
    Array.from({ length: 20 }, (_, n) => inHour(plan(name, String(n)), from, to)).reduce((a, b) => a + b)
  expect(over('quiet_day', 10, 12)).toBeGreaterThan(over('quiet_day', 16, 18) * 2)
  expect(over('launch', 0, 1)).toBeGreaterThan(over('launch', 2, 3) * 2)
  expect(over('complaint_wave', 1, 2)).toBeGreaterThan(over('complaint_wave', 0, 1))
  expect(over('complaint_wave', 1, 2)).toBeGreaterThan(over('complaint_wave', 4, 5) * 2)
})

test('nothing comes before its scenario’s end is over, in order, and most of a wave complains', () => {
  for (const name of scenarioNames) {
    const steps = plan(name, 'order')
    expect(steps.map(({ atMs }) => atMs)).toEqual(steps.map(({ atMs }) => atMs).toSorted((a, b) => a - b))
    expect(steps.at(-1)?.atMs).toBeLessThan(scenarios[name].hours * 3_600_000)
  }
  const wave = plan('complaint_wave', 'mood')
  expect(wave.filter(({ mood }) => mood === 'outage').length).toBeGreaterThan(wave.length / 2)
})

/** What was said to Northwind’s page by others. */
function said(sandbox: Sandbox): Promise<readonly { id: string; text: string }[]> {
  return admin(sandbox, 'GET', '/effects?network=facebook')
}

test('readers speak as the clock goes, and go on after a restart where they were', async () => {
  const first = await startSandbox({ port: 0, dataDir: dir })
  await admin(first, 'POST', '/scenarios', {
    name: 'complaint_wave',
    seed: 'restart',
    accounts: ['northwindcoffee'],
  })
  await admin(first, 'POST', '/clock', { advanceMs: 3_600_000 })
  const planned = plan('complaint_wave', 'restart')
  const due = inHour(planned, 0, 1)
  await vi.waitFor(async () => {
    const { scenes } = await admin(first, 'GET', '/scenarios')
    expect(scenes[0].done).toBeGreaterThanOrEqual(due)
  })
  const before = await said(first)
  expect(before.length).toBeGreaterThan(0)
  await first.close()

  const second = await startSandbox({ port: 0, dataDir: dir })
  await admin(second, 'POST', '/clock', { advanceMs: 3_600_000 })
  const later = inHour(planned, 0, 2)
  await vi.waitFor(async () => {
    const { scenes } = await admin(second, 'GET', '/scenarios')
    expect(scenes[0].done).toBeGreaterThanOrEqual(later)
    expect(scenes[0].failedSteps).toBe(0)
  })
  const after = await said(second)
  expect(after.length).toBeGreaterThan(before.length)
  expect(new Set(after.map(({ id }) => id)).size).toBe(after.length)
  await admin(second, 'DELETE', '/scenarios')
  expect((await admin(second, 'GET', '/scenarios')).scenes).toEqual([])
  await second.close()
})

test('a step that comes to nothing is said and counted, and the scene goes on', () => {
  const [network] = networks.filter(({ name }) => name === 'facebook')
  if (!network) throw new Error('There is no Facebook')
  const state: State = emptyState()
  const own = emptyNetworkState()
  const world: World = {
    state: own,
    settings: state.settings,
    tokens: new Tokens(own),
    posts: new Posts(own.posts),
    blobs: new Blobs(undefined),
    hooks: new Hooks(Date.now),
    now: () => Date.now() + state.clockOffsetMs,
    serial: () => (state.serial += 1),
    url: () => '',
  }
  network.seed(world)
  const open = network.open(world)
  // Every third reader is not heard, and every fifth breaks something.
  let spoken = 0
  const speak: typeof open.speak = (words) => {
    spoken += 1
    if (spoken % 5 === 0) throw new Error('Broken')
    return spoken % 3 === 0 ? undefined : open.speak(words)
  }
  const running = new Map([['facebook', { network, world, open: { ...open, speak } }]])
  const scenes = new Scenes({ running, state: () => state, now: world.now, save: () => {} })
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => said.mockRestore())

  const { id } = scenes.start({ name: 'launch', seed: 'fails', speed: 1, accounts: ['northwindcoffee'] })
  state.clockOffsetMs += 24 * 3_600_000
  scenes.tick()
  const [scene] = scenes.list()
  const failed = Array.from({ length: spoken }, (_, at) => at + 1).filter((n) => n % 5 === 0 || n % 3 === 0).length
  expect(scene).toMatchObject({ done: scene?.of, failedSteps: failed })
  expect(failed).toBeGreaterThan(0)
  expect(own.posts.length).toBeGreaterThan(0)
  expect(said).toHaveBeenCalledTimes(failed)
  expect(said).toHaveBeenCalledWith(
    expect.stringMatching(new RegExp(`^Scene launch \\(${id}\\): step \\d+ failed, a \\w+ of .+\\.$`)),
    expect.objectContaining({ message: expect.stringMatching(/^Nothing came of a \w+ on facebook$|^Broken$/) }),
  )
})

test('a scenario that does not exist is refused with the names of those that do', async () => {
  const sandbox = await startSandbox({ port: 0 })
  const answer = await fetch(`${sandbox.url}/scenarios`, { method: 'POST', body: JSON.stringify({ name: 'riot' }) })
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('complaint_wave')])
  await sandbox.close()
})
