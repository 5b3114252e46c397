import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '.'
import { networks } from './networks'
import { admin, parse } from './core/speaking.fixture'
import { linkedInPost, speakAsPage } from './linkedin/speaker.fixture'
import { speakOnBluesky } from './bluesky/speaker.fixture'
import { speakOnX } from './x/speaker.fixture'

const dir = mkdtempSync(join(tmpdir(), 'sandbox-'))

let nextPort = 4600
/** On a stretch of ports that nobody holds: other runs may be going on beside this one. */
async function startSomewhere(dataDir?: string): Promise<Sandbox> {
  while (nextPort < 4700) {
    const port = nextPort
    nextPort += networks.length + 1
    try {
      return await startSandbox({ port, ...(dataDir === undefined ? {} : { dataDir }) })
    } catch (error) {
      if (!(error instanceof Error && error.message.includes('EADDRINUSE'))) throw error
    }
  }
  throw new Error('Every port from 4600 to 4699 is taken')
}
const patience = { timeout: 60_000, interval: 50 }
afterAll(() => rmSync(dir, { recursive: true, force: true }))

test('what was posted, who may post and what waits survive a restart', async () => {
  // The same ports again: the account keeps its address and its token.
  const first = await startSomewhere(dir)
  const x = await speakOnX(first, 'northwind')
  const made = parse(await x.publish('Still here tomorrow'))
  await admin(first, 'POST', '/faults', { network: 'x', fault: 'drop_request', times: 2 })
  await x.publish('Dropped')
  await first.close()

  const second = await startSandbox({ port: Number(new URL(first.url).port), dataDir: dir })
  // Connections that fetch kept from before the restart fail once.
  await vi.waitFor(() => x.list(), patience)
  expect(await (await fetch(`${second.networks.x?.url}/northwind/status/${made.data.id}`)).text()).toContain(
    'Still here tomorrow',
  )
  await vi.waitFor(() => admin(second, 'GET', '/faults'), patience)
  expect((await admin(second, 'GET', '/faults')).faults[0].left).toBe(1)
  expect(await x.list()).toEqual(['Still here tomorrow'])
  await admin(second, 'POST', '/reset')
  expect(await admin(second, 'GET', '/effects')).toEqual([])
  await second.close()
})

test('every network has its own port after the admin’s, on loopback only, and a taken port is an error', async () => {
  const blocker = createServer()
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve))
  const address = blocker.address()
  const taken = typeof address === 'object' && address ? address.port : 0
  await expect(startSandbox({ port: taken })).rejects.toThrow('EADDRINUSE')
  blocker.close()
  const sandbox = await startSomewhere()
  const port = Number(new URL(sandbox.url).port)
  expect(Object.values(sandbox.networks).map((n) => n.url)).toEqual(
    networks.map((network) => `http://127.0.0.1:${port + network.port}`),
  )
  expect(await admin(sandbox, 'GET', '/networks')).toMatchObject(sandbox.networks)
  await sandbox.close()
})

test('the index tells the accounts, their passwords and what was posted; each network shows its readers', async () => {
  const sandbox = await startSandbox({ port: 0 })
  await (await speakAsPage(sandbox)).publish('<b>Bold</b> words')
  await (await speakOnBluesky(sandbox, 'northwind.sandbox')).publish('Good morning')
  const index = await (await fetch(sandbox.url)).text()
  expect(index).toContain('app-pass-northwind')
  expect(index).toContain('Good morning')
  expect(index).not.toContain('<b>Bold</b>')
  for (const [name, path] of [
    ['x', '/@northwind'],
    ['linkedin', '/company/northwind-coffee'],
    ['linkedin', '/@nora-winter'],
    ['bluesky', '/profile/northwind.sandbox'],
    ['bluesky', '/@northwind.sandbox'],
  ] as const) {
    const answer = await fetch(sandbox.networks[name]?.url + path)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('sandbox</title>')
  }
  await sandbox.close()
})

test('accounts can be made for tests, and a handle is given once', async () => {
  const sandbox = await startSandbox({ port: 0 })
  await admin(sandbox, 'POST', '/accounts', { network: 'bluesky', handle: 'mira.sandbox' })
  await (await speakOnBluesky(sandbox, 'mira.sandbox')).publish('I am new')
  await expect(admin(sandbox, 'POST', '/accounts', { network: 'bluesky', handle: 'mira.sandbox' })).rejects.toThrow(
    '409',
  )
  await expect(admin(sandbox, 'POST', '/accounts', { network: 'myspace', handle: 'tom' })).rejects.toThrow(
    'There is no network myspace',
  )
  await expect(admin(sandbox, 'POST', '/faults', { network: 'x', fault: 'earthquake' })).rejects.toThrow('400')
  await sandbox.close()
})

test('a page of another site may not turn the knobs, and a link that would run is shown as text', async () => {
  const sandbox = await startSandbox({ port: 0 })
  const foreign = await fetch(`${sandbox.url}/reset`, { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } })
  expect(foreign.status).toBe(403)
  const page = await speakAsPage(sandbox)
  const article = { article: { source: 'javascript:alert(1)', title: 'Click me' } }
  await page.call('POST', '/rest/posts', { ...linkedInPost(page.account, 'A card'), content: article })
  const shown = await (await fetch(`${sandbox.networks.linkedin?.url}/company/northwind-coffee`)).text()
  expect(shown).toContain('Click me')
  expect(shown).not.toContain('href="javascript:')
  await sandbox.close()
})

test('as a program it says where it listens and ends cleanly on SIGTERM, answers still owed or not', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'index.ts'), '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve) => {
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += String(chunk)
      const found = /Sandbox at (http:\S+)[\s\S]*bluesky at/.exec(said)?.[1]
      if (found !== undefined) resolve(found)
    })
  })
  const sandbox = { url, networks: await (await fetch(`${url}/networks`)).json(), close: async () => {} }
  const x = await speakOnX(sandbox, 'northwind')
  expect(await x.publish('Never answered #fault:timeout_after_accept')).toBe('silence')
  child.kill('SIGTERM')
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0)
})
