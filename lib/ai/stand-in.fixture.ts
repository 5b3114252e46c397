import { second } from '@/lib/core/clock'
import { env } from '@/lib/core/env'
import { startSandbox } from '@/sandbox/index'
import type { Ctx } from '@/lib/workspace'
import { setBudget } from '@/lib/billing'
import { saveAiSettings } from './settings'

type Metered = {
  readonly model: string
  /** All that it was told. */
  readonly asked: string
  readonly inputTokens: number
  readonly outputTokens: number
  readonly status: number
}

/** How long an answer is waited for: one that never comes, and any other, which a loaded machine may bring late. */
const patienceMs = { silence: 5 * second, answer: 45 * second }

/** For tests: a server that speaks as OpenAI's does, on loopback, with the knobs of sandbox/ai. */
export async function startStandIn() {
  const sandbox = await startSandbox({ port: 0 })
  // Read once, at the first question, so start it before all else: a private address is only called when the server's owner named it.
  process.env.SANDBOX_URL = sandbox.url
  const waitFor = (what: keyof typeof patienceMs): void => {
    Object.assign(env(), { AI_TIMEOUT_MS: patienceMs[what] })
  }
  const knob = async (method: string, path: string, body?: object): Promise<unknown> =>
    (
      await fetch(`${sandbox.url}/ai${path}`, {
        method,
        ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
      })
    ).json()
  return {
    url: sandbox.url,
    fault(fault: string, times = 1) {
      waitFor(fault === 'silence' ? 'silence' : 'answer')
      return knob('POST', '/faults', { fault, times })
    },
    /** Its faults are over: what it says next is waited for. */
    speaks: () => waitFor('answer'),
    clear() {
      waitFor('answer')
      return knob('DELETE', '/calls')
    },
    /** Its own meter: what it worked on, and will bill. */
    async calls(): Promise<readonly Metered[]> {
      // The sandbox's own answer, for this test alone.
      const { calls } = (await knob('GET', '/calls')) as { calls: readonly Metered[] }
      return calls
    },
    /** Sets the workspace's models to the stand-in's, at 1 and 2 dollars for a million tokens. */
    async use(
      owner: Ctx,
      more: { small?: string; large?: string; refines?: boolean; key?: string; limitDollars?: number } = {},
    ) {
      const done = await saveAiSettings(owner, {
        provider: 'compatible',
        baseUrl: `${sandbox.url}/ai/v1`,
        key: more.key ?? 'stand-in-key',
        smallModel: more.small ?? 'stand-in-small',
        largeModel: more.large ?? 'stand-in-large',
        smallPrice: { input: 1, output: 2 },
        largePrice: { input: 1, output: 2 },
        refines: more.refines ?? false,
      })
      if (!done.ok) throw new Error(done.error.message)
      if (more.limitDollars !== undefined) await setBudget(owner, { limitDollars: more.limitDollars })
    },
    close: () => sandbox.close(),
  }
}
