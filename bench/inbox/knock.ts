import { Pool } from 'undici'
import { hmacSha256 } from '@/lib/core/crypto'

export type Knocked = {
  readonly tookMs: number
  /** How long each answer took, in milliseconds. */
  readonly answersMs: readonly number[]
}

/**
 * Posts signed reports, `atOnce` at a time, each on a connection that is kept, as a network does. They come from many
 * addresses, because a network's do. Throws when one is refused.
 */
export async function knock(
  url: string,
  bodies: readonly string[],
  { atOnce, secret }: { readonly atOnce: number; readonly secret: string },
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
  let next = 0
  const lane = async () => {
    for (let report = signed[next++]; report; report = signed[next++]) {
      const asked = performance.now()
      const answer = await pool.request({ path: pathname, method: 'POST', ...report })
      const said = await answer.body.text()
      if (answer.statusCode !== 200) throw new Error(`The door answered ${answer.statusCode}: ${said}`)
      answersMs.push(performance.now() - asked)
    }
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: atOnce }, lane))
  const tookMs = performance.now() - started
  await pool.close()
  return { tookMs, answersMs }
}
