import { createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { freePortFrom, isFree } from './ports.mjs'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** Listens where nobody does yet. */
const occupy = (port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    servers.push(server)
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      if (address && typeof address === 'object') resolve(address.port)
    })
  })

test('a port that is taken is told, and the next free one is used', async () => {
  const taken = await occupy(0, '127.0.0.1')
  const told: number[] = []
  const port = await freePortFrom(taken, { onTaken: (number: number) => told.push(number) })
  expect(port).toBeGreaterThan(taken)
  expect(told[0]).toBe(taken)
  expect(await isFree(port)).toBe(true)
})

/** Whether fetch asks nothing there, whoever listens. */
const isRefused = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => false,
    ({ cause }: TypeError) => cause instanceof Error && cause.message === 'bad port',
  )

test('a port that browsers and fetch refuse is passed over, and why is told', async () => {
  const told: [number, string][] = []
  for (const refused of [1_719, 1_723, 2_049, 3_659, 4_045, 4_190, 5_060, 6_000, 6_566, 6_665, 6_679, 6_697, 10_080]) {
    expect(await isRefused(refused)).toBe(true)
    const port = await freePortFrom(refused, { onTaken: (...one: [number, string]) => told.push(one) })
    expect(await isRefused(port)).toBe(false)
    expect(told).toContainEqual([refused, 'is refused by browsers'])
  }
})

test('a port that somebody holds on every address, or on ::1 alone, is not free', async () => {
  expect(await isFree(await occupy(0, '0.0.0.0'))).toBe(false)
  expect(await isFree(await occupy(0, '::1'))).toBe(false)
})
