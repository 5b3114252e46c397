import { setTimeout as pause } from 'node:timers/promises'
import { duration } from './progress.mjs'

/** A product that takes longer than this to answer is broken, not busy (ms). */
const usuallyWithinMs = 180_000
/** Between two tries with a product that does not even take the connection (ms). */
const pauseMs = 500

/**
 * Says where each network's app reports to: what a person writes into the developer's pages of a real one. A network
 * asks the address a question and waits for seconds only; from sources on a busy machine the first answer takes longer.
 * So it is told again while the product is alive, for three minutes.
 *
 * @param {{ sandbox: { sandboxUrl: string, networks: Record<string, unknown> }, env: Record<string, string | undefined>,
 *   origin: string, isAlive: () => boolean, say: (text: string) => void, withinMs?: number }} q
 */
export async function hookUp({ sandbox, env, origin, isAlive, say, withinMs = usuallyWithinMs }) {
  for (const name of Object.keys(sandbox.networks)) {
    const startedAt = Date.now()
    for (;;) {
      const answer = await told(sandbox, env, origin, name)
      // 501: a network without such a page.
      if (answer.ok || answer.status === 501) break
      const why = await answer.text()
      // 504: the question was not answered.
      if (answer.status !== 504 || !isAlive() || Date.now() - startedAt > withinMs)
        throw new Error(`The sandbox's ${name} does not report to this product: ${why}`)
      say(`${name} has waited for the product’s answer for ${duration(Date.now() - startedAt)}, and asks again.`)
      await pause(pauseMs)
    }
  }
}

const told = ({ sandboxUrl }, env, origin, name) => {
  const prefix = name.toUpperCase()
  return fetch(`${sandboxUrl}/portal`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      network: name,
      clientId: env[`${prefix}_CLIENT_ID`] ?? 'posthorn',
      url: `${origin}/api/webhooks/platform/${name}`,
      verifyToken: env[`${prefix}_WEBHOOK_VERIFY_TOKEN`],
    }),
  })
}
