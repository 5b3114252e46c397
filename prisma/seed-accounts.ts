import { connectByForm, finishConnection, startConnection } from '@/lib/accounts'
import type { Result } from '@/lib/core/result'
import type { Ctx } from '@/lib/workspace/context'
import type { Visit } from '@/sandbox/core/network'
import { networks } from '@/sandbox/networks'
import { decideConsent } from '@/sandbox/person'

/** A demo must not start half made: what fails here is a bug, and stops the start with its reason. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

/** Account ids by network and door: `x account`, `linkedin page`. */
export type DemoAccounts = ReadonlyMap<string, readonly string[]>

/** @returns the ids that came by one door, such as `linkedin page` */
export function through(accounts: DemoAccounts, name: string): readonly string[] {
  const ids = accounts.get(name)
  if (!ids) throw new Error(`The demo has no account ${name}. It has ${[...accounts.keys()].join(', ')}.`)
  return ids
}

/** Connects the demo's accounts to the sandbox, as each network's folder there says. Harmless when repeated. */
export async function connectDemoAccounts(ctx: Ctx, projectId: string): Promise<DemoAccounts> {
  const connected = new Map<string, readonly string[]>()
  for (const { name: platform, demo } of networks)
    for (const visit of demo) {
      const accounts = await connect(ctx, { platform, method: visit.door, projectId }, visit)
      connected.set(
        `${platform} ${visit.door}`,
        accounts.map(({ id }) => id),
      )
    }
  return connected
}

async function connect(ctx: Ctx, by: { platform: string; method: string; projectId: string }, visit: Visit) {
  if ('fillIn' in visit) return must(await connectByForm(ctx, { ...by, values: { ...visit.fillIn } })).accounts
  const { url } = must(await startConnection(ctx, by))
  const back = await decideConsent(url, visit.choose)
  return must(await finishConnection(ctx, { platform: by.platform, ...back })).accounts
}
