import net from 'node:net'

/**
 * What becomes of one call on its way.
 * `lose_request`: the connection is cut before the server hears of it. `lose_answer`: the server does it, and the
 * connection is cut before its answer. `hold_answer`: the server does it, and its answer never comes.
 */
export type Fate = 'lose_request' | 'lose_answer' | 'hold_answer'

export type Road = {
  readonly url: string
  /**
   * Decides the fate of one call to an XRPC `method`, after letting `after` of them pass.
   * @returns a promise of the moment it happened.
   */
  next(method: string, fate: Fate, after?: number): Promise<void>
  close(): Promise<void>
}

type Ambush = { readonly line: string; readonly fate: Fate; passing: number; happened(): void }

/** A TCP road to a server on this machine that goes wrong when it is told to. */
export async function startRoad(to: string): Promise<Road> {
  const { hostname, port } = new URL(to)
  const waiting = new Set<Ambush>()
  const open = new Set<net.Socket>()

  const caught = (chunk: Buffer | string): Ambush | undefined => {
    for (const ambush of waiting) {
      if (!chunk.includes(ambush.line)) continue
      if (ambush.passing-- > 0) return undefined
      waiting.delete(ambush)
      return ambush
    }
    return undefined
  }

  const server = net.createServer((near) => {
    const far = net.connect(Number(port), hostname)
    const end = () => {
      near.destroy()
      far.destroy()
    }
    for (const socket of [near, far]) {
      open.add(socket)
      socket.once('close', () => {
        open.delete(socket)
        end()
      })
      // A cut connection is what this is for; `close` follows.
      socket.on('error', end)
    }
    let ambush: Ambush | undefined
    near.on('data', (chunk) => {
      ambush ??= caught(chunk)
      if (ambush?.fate === 'lose_request') {
        ambush.happened()
        end()
      } else far.write(chunk)
    })
    far.on('data', (chunk) => {
      if (!ambush) return void near.write(chunk)
      ambush.happened()
      if (ambush.fate === 'lose_answer') end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('The road has no port')

  return {
    url: `http://127.0.0.1:${address.port}`,
    next: (method, fate, after = 0) =>
      new Promise((happened) => waiting.add({ line: `POST /xrpc/${method} `, fate, passing: after, happened })),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}
