import { z } from 'zod'
import { startSandbox } from '@/sandbox/index'
import { serveFiles } from './contract-files.fixture'
import { connect, imitatedBy, settingsFor, ways, type Subject } from './contract.fixture'

const Effects = z.array(
  z.object({ id: z.string(), text: z.string(), kind: z.string(), mediaCount: z.number(), deleted: z.boolean() }),
)
type Effect = z.output<typeof Effects>[number]

const firstWord = (text: string): string => text.split(' ')[0] ?? ''

/** The sandbox with an account connected in every way there is. */
export type ContractWorld = {
  readonly settings: Record<string, string>
  subject(label: string): Subject
  /** Puts other credentials in the place of a subject's. */
  replace(label: string, subject: Subject): void
  /** Signs in everywhere anew: after the clock was turned past the life of the tokens. */
  connectAll(): Promise<void>
  /** A text no network has had yet, recognised by its first word. */
  say(what: string): string
  /** What readers of the network have seen that begins like `text`, counted by the sandbox itself. */
  seen(of: Subject, text: string): Promise<readonly Effect[]>
  fault(of: Subject, fault: string, more?: object): Promise<unknown>
  /** Calls a knob of the sandbox: GET without a body, POST with one. */
  admin(path: string, body?: unknown): Promise<unknown>
  /** Turns the sandbox's clock, which is how tests wait. */
  turn(advanceMs: number): Promise<unknown>
  /** Takes back every fault that has not fired. */
  clearFaults(): Promise<void>
  close(): Promise<void>
}

export async function startContractWorld(): Promise<ContractWorld> {
  const files = await serveFiles()
  const sandbox = await startSandbox({ port: 0 })
  const settings = settingsFor(sandbox)
  const subjects = new Map<string, Subject>()
  let serial = 0

  async function admin(path: string, body?: unknown): Promise<unknown> {
    const init =
      body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    return (await fetch(`${sandbox.url}${path}`, init)).json()
  }
  async function connectAll(): Promise<void> {
    for (const way of ways) subjects.set(way.label, await connect(way, settings))
  }
  // How often a network may be asked is looked at in tests of its own: here dozens of posts go out within a second.
  await admin('/settings', { rateLimits: false })
  await connectAll()

  return {
    settings,
    subject(label) {
      const found = subjects.get(label)
      if (!found) throw new Error(`${label} is not connected`)
      return found
    },
    replace: (label, subject) => void subjects.set(label, subject),
    connectAll,
    say: (what) => `no${process.pid}-${serial++} ${what}`,
    async seen(of, text) {
      const all = Effects.parse(await admin(`/effects?network=${imitatedBy(of.way)}`))
      return all.filter((effect) => effect.text.startsWith(firstWord(text)))
    },
    fault: (of, fault, more = {}) => admin('/faults', { network: imitatedBy(of.way), fault, ...more }),
    admin,
    turn: (advanceMs) => admin('/clock', { advanceMs }),
    async clearFaults() {
      await fetch(`${sandbox.url}/faults`, { method: 'DELETE' })
    },
    async close() {
      await sandbox.close()
      await files.close()
    },
  }
}
