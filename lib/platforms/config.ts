import { setting } from '@/lib/core/env'
import { trustOrigin } from '@/lib/core/http'
import { speakers } from './speakers'
import type { Place } from './place'
import type { AppConfig, PlatformName, ProviderName } from './platform'

export type Settings = Readonly<Record<string, string | undefined>>

const filled = (value: string | undefined): string | undefined => (value?.trim() ? value.trim() : undefined)
const address = (value: string | undefined, fallback: string): string => (filled(value) ?? fallback).replace(/\/+$/, '')

/** A host without a variable of its own stands where the API was moved to, if it was: the sandbox has them all in one place. */
function hostsOf({ hosts = {}, optionalHosts = [] }: Place, prefix: string, env: Settings): Record<string, string> {
  const moved = filled(env[`${prefix}_API_URL`])
  const named = (name: string) => filled(env[`${prefix}_${name.toUpperCase()}_URL`])
  return Object.fromEntries([
    ...Object.entries(hosts).map(([name, real]) => [name, address(named(name), moved ?? real)]),
    ...optionalHosts.flatMap((name) => (named(name) ? [[name, address(named(name), '')]] : [])),
  ])
}

/**
 * One network's app as the environment describes it. `method` is the name of a connection method (`person`, `page`, …);
 * a method without an app of its own uses the network's only one. Marks its addresses as allowed to be called.
 */
export function appConfig(name: PlatformName | ProviderName, method: string | undefined, env: Settings): AppConfig {
  const { place } = speakers[name]
  const prefix = name.toUpperCase()
  const app = method && place.ownApps?.includes(method) ? `${prefix}_${method.toUpperCase()}` : prefix
  const of = (what: string) => filled(env[`${prefix}_${what}`])
  const config: AppConfig = {
    apiUrl: address(of('API_URL'), place.apiUrl),
    webUrl: address(of('WEB_URL'), place.webUrl),
    hosts: hostsOf(place, prefix, env),
    clientId: filled(env[`${app}_CLIENT_ID`]),
    clientSecret: filled(env[`${app}_CLIENT_SECRET`]),
    reportsUrl: `${setting('APP_URL', env)}/api/webhooks/platform/${name}`,
    webhookSecret: of('WEBHOOK_SECRET'),
    webhookVerifyToken: of('WEBHOOK_VERIFY_TOKEN'),
    webhookPublicKey: of('WEBHOOK_PUBLIC_KEY'),
    botToken: of('BOT_TOKEN'),
    ...(of('HISTORY_DAYS') === undefined ? {} : { historyDays: Number(of('HISTORY_DAYS')) }),
    timeoutMs: setting('NETWORK_TIMEOUT_MS', env),
  }
  for (const url of [config.apiUrl, config.webUrl, ...Object.values(config.hosts)]) trustOrigin(url, 'networks')
  return config
}
