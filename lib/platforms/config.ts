import { trustOrigin } from '@/lib/core/http'
import type { AppConfig, PlatformName } from './platform'

export type Settings = Readonly<Record<string, string | undefined>>

/** The names of the variables of one network's app, and where the real network is. */
const sources = {
  x: {
    prefix: 'X',
    apiUrl: 'https://api.x.com',
    webUrl: 'https://x.com',
    apps: { default: 'X' },
  },
  linkedin: {
    prefix: 'LINKEDIN',
    apiUrl: 'https://api.linkedin.com',
    webUrl: 'https://www.linkedin.com',
    // The Community Management product refuses to share an app with the products for members.
    apps: { default: 'LINKEDIN', page: 'LINKEDIN_PAGE' },
  },
  bluesky: {
    prefix: 'BLUESKY',
    apiUrl: 'https://bsky.social',
    webUrl: 'https://bsky.app',
    apps: { default: 'BLUESKY' },
  },
} as const satisfies Record<
  PlatformName,
  { prefix: string; apiUrl: string; webUrl: string; apps: { default: string } & Partial<Record<string, string>> }
>

const filled = (value: string | undefined): string | undefined => (value?.trim() ? value.trim() : undefined)
const address = (value: string | undefined, fallback: string): string => (filled(value) ?? fallback).replace(/\/+$/, '')

/**
 * One network's app as the environment describes it. `method` is the name of a connection method (`person`, `page`, …);
 * a method without an app of its own uses the network's only one. Marks the two addresses as allowed to be called.
 */
export function appConfig(name: PlatformName, method: string | undefined, env: Settings): AppConfig {
  const source = sources[name]
  const apps: Readonly<Record<string, string | undefined>> = source.apps
  const app = (method && apps[method]) ?? source.apps.default
  const config: AppConfig = {
    apiUrl: address(env[`${source.prefix}_API_URL`], source.apiUrl),
    webUrl: address(env[`${source.prefix}_WEB_URL`], source.webUrl),
    clientId: filled(env[`${app}_CLIENT_ID`]),
    clientSecret: filled(env[`${app}_CLIENT_SECRET`]),
    webhookSecret: filled(env[`${source.prefix}_WEBHOOK_SECRET`]),
    timeoutMs: Number(filled(env.NETWORK_TIMEOUT_MS) ?? 20_000),
  }
  trustOrigin(config.apiUrl)
  trustOrigin(config.webUrl)
  return config
}
