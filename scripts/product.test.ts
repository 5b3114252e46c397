import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startProduct } from './product.mjs'
import { placeToListen } from './settings.mjs'

const folders: string[] = []
const stops: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const stop of stops) await stop()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A checkout of its own, with what `npm start -- --only worker` does in it. */
function checkout() {
  const folder = mkdtempSync(path.join(tmpdir(), 'posthorn-checkout-'))
  folders.push(folder)
  const start = async (given: Record<string, string> = {}) => {
    const product = await startProduct({
      folder,
      given: { PATH: process.env.PATH, HOME: process.env.HOME, ...given },
      databaseUrl: process.env.DATABASE_URL,
      demo: false,
      only: 'worker',
      ports: { web: 3000, sandbox: 4100 },
      say: () => {},
      step: (_title: string, work: () => unknown) => work(),
    })
    stops.push(product.stop)
    return product
  }
  const secrets = (): Record<string, string> => JSON.parse(readFileSync(path.join(folder, 'secrets.json'), 'utf8'))
  return { folder, start, secrets }
}

test('a second checkout on a database is told that its keys are not those of the first; with them it works along', async () => {
  const [first, second] = [checkout(), checkout()]
  const worker = await first.start()
  expect(worker.parts.map(({ name }) => name)).toEqual(['worker'])
  expect((await fetch(worker.metricsUrl)).ok).toBe(true)

  await expect(second.start()).rejects.toThrow(/set up with other ENCRYPTION_KEYS: its data are sealed with the key k/)
  expect(second.secrets().ENCRYPTION_KEYS?.split(':')[0]).not.toBe(first.secrets().ENCRYPTION_KEYS?.split(':')[0])

  await expect(second.start(first.secrets())).rejects.toThrow('The files of this database are elsewhere')
  const along = await second.start({ ...first.secrets(), STORAGE_DIR: path.join(first.folder, 'storage') })
  expect((await fetch(along.metricsUrl)).ok).toBe(true)
  expect(along.metricsUrl).not.toBe(worker.metricsUrl)
  // Four starts of a whole worker, one after the other.
}, 400_000)

test.each([
  [{ PORT: 'abc' }, 'PORT must be a whole number from 1 to 65535.'],
  [{ PORT: '0' }, 'PORT must be a whole number from 1 to 65535.'],
  [{ SANDBOX_PORT: '70000' }, 'SANDBOX_PORT must be a whole number from 1 to 65000.'],
  [{ HOST: '203.0.113.7' }, 'HOST must be an address of this machine, like 127.0.0.1, or 0.0.0.0 for all of them.'],
])('%o is refused before anything is started', async (given, why) => {
  await expect(placeToListen(given)).rejects.toThrow(why)
})

test('without any setting the product listens on this machine only', async () => {
  expect(await placeToListen({})).toEqual({ host: '127.0.0.1', ports: { web: 3000, sandbox: 4100 } })
})
