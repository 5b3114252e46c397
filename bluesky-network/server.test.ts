import { networkInterfaces } from 'node:os'
import net from 'node:net'
import { expect, inject, test } from 'vitest'

test('the network that the tests start can be reached from this machine only', async () => {
  const port = Number(new URL(inject('pds')).port)
  const answers = (host: string) =>
    new Promise<boolean>((resolve) => {
      const socket = net.connect({ host, port, timeout: 5_000 })
      const end = (answered: boolean) => () => {
        socket.destroy()
        resolve(answered)
      }
      socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false))
    })
  expect(await answers('127.0.0.1')).toBe(true)
  const outside = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
  for (const { address } of outside) expect(await answers(address), `${address}:${port}`).toBe(false)
})
