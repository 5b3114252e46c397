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

test('a port that somebody holds on every address, or on ::1 alone, is not free', async () => {
  expect(await isFree(await occupy(0, '0.0.0.0'))).toBe(false)
  expect(await isFree(await occupy(0, '::1'))).toBe(false)
})
