import { onlineManager } from '@tanstack/react-query'
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { read } from './queries'

let server: Server | undefined
afterEach(() => {
  onlineManager.setOnline(true)
  server?.close()
})

/** The address of a server that hangs up on whoever asks, after `words`. */
async function hangsUp(words?: string): Promise<string> {
  server = createServer((request, response) => {
    if (words) response.write(words, () => request.socket.destroy())
    else request.socket.destroy()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}/`
}

test('a server that cannot be reached, or breaks off, is told in words for people, and asked again', async () => {
  const told = { message: 'Posthorn did not answer. Check your connection and try again.', status: 503 }
  await expect(read(await hangsUp())).rejects.toMatchObject(told)
  server?.close()
  await expect(read(await hangsUp('{"half":'))).rejects.toMatchObject(told)
})

test('without a connection it says that one is offline', async () => {
  onlineManager.setOnline(false)
  await expect(read(await hangsUp())).rejects.toThrow('You are offline.')
})

test('what was broken off on purpose stays that, and is nobody’s failure', async () => {
  await expect(read(await hangsUp(), AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
})
