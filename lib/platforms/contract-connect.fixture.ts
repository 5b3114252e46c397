import { createHash, randomBytes } from 'node:crypto'
import type { Result as AnyResult } from '@/lib/core/result'
import type { Sandbox } from '@/sandbox/index'
import { decideConsent } from '@/sandbox/person'
import { networkSettings } from '@/scripts/settings.mjs'
import {
  appConfig,
  type AppConfig,
  type ConnectedAccount,
  type Credentials,
  type Platform,
  type PlatformError,
  type PlatformName,
  type ProviderName,
} from '.'
import { imitatedBy, methodOf, platformOf, type Way } from './ways.fixture'

type Result<T> = AnyResult<T, PlatformError>

const redirectUri = 'http://127.0.0.1:4700/api/oauth/callback'

type Imitated = PlatformName | ProviderName

/** Where the sandbox imitates a network. */
export function urlOf(sandbox: Sandbox, name: Imitated): string {
  const network = sandbox.networks[name]
  if (!network) throw new Error(`The sandbox has no ${name}: sandbox/${name}/index.ts exports no network of that name.`)
  return network.url
}

/** The settings of an installation whose networks are the sandbox; `elsewhere` puts something in front of some. */
export const settingsFor = (
  { networks }: Sandbox,
  elsewhere: Readonly<Partial<Record<Imitated, string>>> = {},
): Record<string, string> => ({
  ...networkSettings(
    Object.fromEntries(
      Object.entries<Sandbox['networks'][string]>(networks).map(([name, { url, apps, hosts = [] }]) => [
        name,
        { url: new Map(Object.entries(elsewhere)).get(name) ?? url, apps, hosts },
      ]),
    ),
  ),
  NETWORK_TIMEOUT_MS: '1500',
})

/** Goes to the consent page as a person would, who allows all but one scope. @returns what the exchange is asked with */
export async function consent(
  app: AppConfig,
  way: Way,
  refused?: string,
): Promise<{ code: string; verifier: string; redirectUri: string }> {
  const method = methodOf(way)
  if (method.kind !== 'oauth') throw new Error(`${way.label} has no consent page`)
  const verifier = randomBytes(32).toString('base64url')
  const challenge = createHash('sha256')
    .update(verifier)
    .digest(method.pkce === 'hex' ? 'hex' : 'base64url')
  const page = new URL(method.authorizeUrl(app, { state: 'state-1', challenge, redirectUri }))
  const asked = page.searchParams.get('scope')
  if (asked && refused)
    page.searchParams.set(
      'scope',
      asked
        .split(',')
        .filter((scope) => scope !== refused)
        .join(','),
    )
  const { code } = await decideConsent(page.href, way.who)
  if (!code) throw new Error(`${way.label} gave no code`)
  return { code, verifier, redirectUri }
}

async function accountsOf(app: AppConfig, way: Way, refused?: string): Promise<Result<readonly ConnectedAccount[]>> {
  const method = methodOf(way)
  return method.kind === 'oauth'
    ? method.exchange(app, await consent(app, way, refused))
    : method.signIn(app, way.values ?? {})
}

/** An account connected through the adapter itself, and what it takes to speak for it. */
export type Subject = {
  readonly way: Way
  readonly platform: Platform
  readonly app: AppConfig
  readonly account: ConnectedAccount
  readonly as: Credentials
}

/** Our app at the network; made known to the server first, where every server is a network of its own. */
async function appOf(way: Way, settings: Record<string, string>): Promise<AppConfig> {
  const app = appConfig(imitatedBy(way), way.method, settings)
  const method = methodOf(way)
  if (method.kind !== 'oauth' || !method.register) return app
  return { ...app, ...must(await method.register(app, { server: app.apiUrl, redirectUri })) }
}

/** `refused`: a scope that is not allowed, where they stand between commas. */
export async function connect(way: Way, settings: Record<string, string>, refused?: string): Promise<Subject> {
  const app = await appOf(way, settings)
  // A provider's key brings several networks at once.
  const account = must(await accountsOf(app, way, refused)).find(({ network = way.name }) => network === way.name)
  if (!account) throw new Error(`${way.label} gave no account`)
  return {
    way,
    platform: platformOf(way),
    app,
    account,
    as: account.credentials,
  }
}

/** The value of a result that must be one. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Expected success, got ${JSON.stringify(result.error)}`)
  return result.value
}

/** The error of a result that must be one. */
export function mustFail<T>(result: Result<T>) {
  if (result.ok) throw new Error(`Expected a failure, got ${JSON.stringify(result.value)}`)
  return result.error
}
