import { platformNames, platforms, providers, type PlatformName, type ProviderName } from '.'
import type { Scheme } from './scheme.fixture'

const reporters = [...platformNames.map((name) => platforms[name]), ...providers].filter(({ webhook }) => webhook)

/** What a folder says of how its network signs. */
async function schemeOf(name: PlatformName | ProviderName): Promise<Scheme & { readonly name: string }> {
  // An import by a name that is put together forgets its type.
  const { scheme } = (await import(`./${name}/contract.fixture.ts`)) as { readonly scheme?: Scheme }
  if (!scheme)
    throw new Error(
      `${name} has webhooks, and lib/platforms/${name}/contract.fixture.ts no scheme: say how it signs, so that the door is tried.`,
    )
  return { name, ...scheme }
}

/** How each that reports to us signs. */
export const schemes = await Promise.all(reporters.map(({ name }) => schemeOf(name)))
