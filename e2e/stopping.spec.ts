import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { buildForTests } from '../scripts/build.mjs'
import { at } from '../scripts/place.mjs'
import { freePortFrom } from '../scripts/ports.mjs'
import { scratchDatabase } from '../scripts/scratch-database.mjs'
import { portsFrom } from './ports'

/** Every process that was started with this marker in its environment, by its command line. */
const runningWith = (marker: string): readonly string[] =>
  readdirSync('/proc').flatMap((pid) => {
    try {
      if (!/^\d+$/.test(pid) || !readFileSync(`/proc/${pid}/environ`, 'utf8').includes(marker)) return []
      return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')]
    } catch {
      // It ended while it was looked at, or it is another person's.
      return []
    }
  })

/** Each way in which a person, or the machine, ends `npm start`. */
const ways: Readonly<Record<string, (kill: (signal: NodeJS.Signals) => void) => Promise<void>>> = {
  'Ctrl-C': async (kill) => kill('SIGINT'),
  'Ctrl-C twice': async (kill) => {
    kill('SIGINT')
    kill('SIGINT')
  },
  'kill -9': async (kill) => kill('SIGKILL'),
}

for (const [way, end] of Object.entries(ways))
  test(`${way} leaves no process of web, worker and sandbox behind`, async () => {
    const { project } = test.info()
    test.skip(process.platform !== 'linux', 'processes are found by /proc')
    const marker = `trial-${randomUUID()}`
    const folder = mkdtempSync(path.join(tmpdir(), 'posthorn-stopping-'))
    const database = await scratchDatabase()
    const given = {
      folder,
      databaseUrl: database.url,
      dist: await buildForTests(),
      marker,
      port: await freePortFrom(portsFrom(project.name) + 600),
    }
    const product = spawn(process.execPath, [at('scripts/trial-product.mjs'), JSON.stringify(given)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      // In a group of its own, as in a terminal: the parts must not hear its signals by themselves.
      detached: true,
    })
    try {
      const started = await new Promise<{ url: string; parts: string[] }>((resolve, reject) => {
        product.stdout.on('data', (text) => String(text).startsWith('{') && resolve(JSON.parse(String(text))))
        product.once('exit', (code) => reject(new Error(`the product ended with ${code}`)))
      })
      expect(started.parts).toEqual(['sandbox', 'web', 'worker'])
      expect((await fetch(`${started.url}/api/ready`)).status).toBe(200)
      expect(runningWith(marker).length).toBeGreaterThanOrEqual(3)
      const gone = new Promise((resolve) => product.once('exit', resolve))
      await end((signal) => product.kill(signal))
      await gone
      await expect.poll(() => runningWith(marker), { timeout: 30_000 }).toEqual([])
    } finally {
      product.kill('SIGKILL')
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    }
  })
