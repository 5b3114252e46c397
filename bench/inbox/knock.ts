import { setTimeout as after } from 'node:timers/promises'
import { Pool } from 'undici'
import { hmacSha256 } from '@/lib/core/crypto'

export type Knocked = {
  readonly tookMs: number
  /** How long each answer took, in milliseconds. */
  readonly answersMs: readonly number[]
}

/**
 * Posts signed reports over `atOnce` connections that are kept, as a network does: the next as soon as one is answered,
 * or `perSecond` of them whether or not those before were answered. They come from many addresses, because a network's
 * do. Throws when one is refused.
 */
export async function knock(
  url: string,
  bodies: readonly string[],
  { atOnce, secret, perSecond }: { readonly atOnce: number; readonly secret: string; readonly perSecond?: number },
): Promise<Knocked> {
  const { origin, pathname } = new URL(url)
  const pool = new Pool(origin, { connections: atOnce, pipelining: 1 })
  // Signed beforehand: that is the network's work.
  const signed = bodies.map((body, n) => ({
    body,
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': `203.0.113.${n % 250}`,
      'x-hub-signature-256': `sha256=${hmacSha256(secret, body).toString('hex')}`,
    },
  }))
  const answersMs: number[] = []
  const tell = async (report: (typeof signed)[number]) => {
    const asked = performance.now()
    const answer = await pool.request({ path: pathname, method: 'POST', ...report })
    const said = await answer.body.text()
    if (answer.statusCode !== 200) throw new Error(`The door answered ${answer.statusCode}: ${said}`)
    answersMs.push(performance.now() - asked)
  }
  let next = 0
  const lane = async () => {
    for (let report = signed[next++]; report; report = signed[next++]) await tell(report)
  }
  const inTurn = async (report: (typeof signed)[number], n: number) => {
    await after((n * 1_000) / (perSecond ?? 1))
    await tell(report)
  }
  const started = performance.now()
  await Promise.all(perSecond === undefined ? Array.from({ length: atOnce }, lane) : signed.map(inTurn))
  const tookMs = performance.now() - started
  await pool.close()
  return { tookMs, answersMs }
}
