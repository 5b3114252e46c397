import { appConfig, type Settings } from './config'
import { platforms, providers } from './speakers'
import type { AppConfig, Platform, PlatformName, Provider } from './platform'

export { appConfig } from './config'
export { checkNetworkSettings } from './settings'
export { platforms, providers } from './speakers'
export { limitsIn } from './limits'
export { networkNames as platformNames } from './names'
export { isLapsed, isOrUsed, liftedAfter, liftedAt } from './outcome'
export { accountKinds } from './platform'
export type * from './platform'
export { noteLeft, watchQuota, type QuotaLeft } from './quota-left'
export { readingOnce } from './read-once'
export { versionsEnding } from './versions'

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
export const speakerOf = (account: Kept): Platform | Provider =>
  // As above.
  providerOf(account) ?? platforms[account.platform as PlatformName]

/** The app that an account was connected with, as the environment describes it. */
export const appOf = (account: Kept, env: Settings): AppConfig =>
  appConfig(speakerOf(account).name, account.method, env)

/** The connection methods whose accounts are of the same app as this one, and share what its network grants an app. */
export function methodsOfApp(account: Kept): readonly string[] {
  const { connections, place } = speakerOf(account)
  const own = place.ownApps ?? []
  if (own.includes(account.method)) return [account.method]
  return [...new Set([account.method, ...connections.map(({ name }) => name)])].filter((name) => !own.includes(name))
}
