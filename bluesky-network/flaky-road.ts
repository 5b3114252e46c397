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

type Ambush = {
  readonly line: string
  readonly fate: Fate
  passing: number
  hasHappened: boolean
  readonly tell: () => void
}

function happened(ambush: Ambush): void {
  ambush.hasHappened = true
  ambush.tell()
}

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
    let ambush: Ambush | undefined
    for (const socket of [near, far]) {
      open.add(socket)
      socket.once('close', () => open.delete(socket))
      // A cut connection is what this is for; `close` follows.
      socket.on('error', end)
    }
    near.once('close', () => {
      // Whoever asked has died, yet what reached the server is done all the same.
      if (ambush?.fate === 'hold_answer') far.end()
      else end()
    })
    far.once('close', () => {
      // Too little of the call arrived to be answered: the next one meets its fate.
      if (ambush && !ambush.hasHappened) waiting.add(ambush)
      end()
    })
    near.on('data', (chunk) => {
      ambush ??= caught(chunk)
      if (ambush?.fate === 'lose_request') {
        happened(ambush)
        end()
      } else far.write(chunk)
    })
    far.on('data', (chunk) => {
      if (!ambush) return void near.write(chunk)
      happened(ambush)
      if (ambush.fate === 'lose_answer') end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('The road has no port')

  return {
    url: `http://127.0.0.1:${address.port}`,
    next: (method, fate, after = 0) =>
      new Promise((tell) =>
        waiting.add({ line: `POST /xrpc/${method} `, fate, passing: after, hasHappened: false, tell }),
      ),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}
