import { existsSync } from 'node:fs'
import path from 'node:path'
import {
  adapterOf,
  platformNames,
  platforms,
  providers,
  type ConnectionMethod,
  type Platform,
  type PlatformName,
  type ProviderName,
} from '.'
import type { Way } from './way.fixture'

export type { Way } from './way.fixture'

/** What a folder says of itself: how accounts come to be there. */
async function waysOf(name: PlatformName | ProviderName): Promise<readonly Way[]> {
  if (!existsSync(path.join(import.meta.dirname, name, 'contract.fixture.ts')))
    throw new Error(
      `lib/platforms/${name} has no contract.fixture.ts: give it one with the ways to connect an account there.`,
    )
  // Each is a list of ways by its own type; an import by a name that is put together forgets it.
  const { ways } = (await import(`./${name}/contract.fixture.ts`)) as { readonly ways: readonly Way[] }
  return ways
}

/** Every way of connecting every network. */
export const ways: readonly Way[] = (
  await Promise.all([...platformNames, ...providers.map(({ name }) => name)].map(waysOf))
).flat()

/** The adapter that speaks for accounts of this way. */
export const platformOf = ({ name, method }: Way): Platform => adapterOf({ platform: name, method })

/** The ways to accounts that can be posted to. The others are for answering alone. */
export const postingWays = ways.filter((way) => !platformOf(way).limits.answersOnly)

/** Whom the sandbox imitates for it. */
export const imitatedBy = ({ name, provider }: Way): PlatformName | ProviderName => provider ?? name

export function methodOf(way: Way): ConnectionMethod {
  const connections =
    providers.find(({ name }) => name === way.provider)?.connections ?? platforms[way.name].connections
  const method = connections.find(({ name }) => name === way.method)
  if (!method) throw new Error(`${way.label} has no way to connect called ${way.method}`)
  return method
}
