import * as adapters from './adapters'
import { ayrshare } from './ayrshare'
import type { Platform, PlatformName, Provider, ProviderName } from './platform'

/** Every network with an adapter. A name without one does not compile. */
export const platforms: Readonly<Record<PlatformName, Platform>> = { ...adapters }

const reached = { ayrshare: ayrshare(platforms) } satisfies Record<ProviderName, Provider>

/** Every provider that reaches several networks with one key. */
export const providers: readonly Provider[] = Object.values(reached)

/** All whose API is spoken. */
export const speakers: Readonly<Record<PlatformName | ProviderName, Platform | Provider>> = { ...platforms, ...reached }
