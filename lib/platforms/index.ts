import { ayrshare } from './ayrshare'
import { bluesky } from './bluesky'
import { appConfig, type Settings } from './config'
import { facebook } from './facebook'
import { instagram } from './instagram'
import { linkedin } from './linkedin'
import { threads } from './threads'
import { whatsapp } from './whatsapp'
import { discord } from './discord'
import type { AppConfig, Platform, PlatformName, Provider, ProviderName } from './platform'
import { tiktok } from './tiktok'
import { mastodon } from './mastodon'
import { pinterest } from './pinterest'
import { telegram } from './telegram'
import { reddit } from './reddit'
import { x } from './x'
import { youtube } from './youtube'

export { appConfig } from './config'
export { limitsIn } from './limits'
export { accountKinds, platformNames } from './platform'
export type * from './platform'
export { watchQuota, type QuotaLeft } from './quota-left'
export { versionsEnding } from './versions'

/** Every network with an adapter. A name without one does not compile. */
export const platforms: Record<PlatformName, Platform> = {
  x,
  linkedin,
  bluesky,
  facebook,
  tiktok,
  instagram,
  threads,
  whatsapp,
  mastodon,
  discord,
  youtube,
  pinterest,
  telegram,
  reddit,
}

/** Every provider that reaches several networks with one key. */
export const providers: readonly Provider[] = [ayrshare(platforms)]

/** How an account is kept: the network it is on, and the connection method it came by. */
type Kept = { readonly platform: string; readonly method: string }

const providerOf = ({ method }: Kept): Provider | undefined =>
  providers.find(({ connections }) => connections.some(({ name }) => name === method))

/** The adapter that speaks for an account: its network's own, or that of the provider it was connected through. */
export function adapterOf(account: Kept): Platform {
  // The columns are written from PlatformName and ConnectionMethod and from nothing else.
  const platform = account.platform as PlatformName
  return providerOf(account)?.reach[platform] ?? platforms[platform]
}

/** Whose API an account is spoken for by: its network's, or that of the provider it was connected through. */
export const speakerOf = (account: Kept): PlatformName | ProviderName =>
  // As above.
  providerOf(account)?.name ?? (account.platform as PlatformName)

/** The app that an account was connected with, as the environment describes it. */
export const appOf = (account: Kept, env: Settings): AppConfig => appConfig(speakerOf(account), account.method, env)
