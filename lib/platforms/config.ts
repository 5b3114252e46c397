import { trustOrigin } from '@/lib/core/http'
import type { AppConfig, ProviderName } from './platform'
import type { NetworkName } from './text'

export type Settings = Readonly<Record<string, string | undefined>>

type Source = {
  readonly prefix: string
  readonly apiUrl: string
  readonly webUrl: string
  /** Further hosts, each with a variable of its own: `YOUTUBE_UPLOAD_URL` for `upload`. */
  readonly hosts?: Readonly<Record<string, string>>
  /** Variables of the app a connection method uses; `default` serves all that are not named. */
  readonly apps: { readonly default: string } & Readonly<Partial<Record<string, string>>>
}

/** The names of the variables of each network's app, and where the real network is. */
const sources: Record<NetworkName | ProviderName, Source> = {
  x: { prefix: 'X', apiUrl: 'https://api.x.com', webUrl: 'https://x.com', apps: { default: 'X' } },
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
  facebook: {
    prefix: 'FACEBOOK',
    apiUrl: 'https://graph.facebook.com',
    webUrl: 'https://www.facebook.com',
    hosts: { video: 'https://graph-video.facebook.com', upload: 'https://rupload.facebook.com' },
    apps: { default: 'FACEBOOK' },
  },
  instagram: {
    prefix: 'INSTAGRAM',
    apiUrl: 'https://graph.instagram.com',
    webUrl: 'https://www.instagram.com',
    hosts: { token: 'https://api.instagram.com', upload: 'https://rupload.facebook.com' },
    apps: { default: 'INSTAGRAM' },
  },
  threads: {
    prefix: 'THREADS',
    apiUrl: 'https://graph.threads.net',
    webUrl: 'https://www.threads.net',
    hosts: { consent: 'https://threads.net' },
    apps: { default: 'THREADS' },
  },
  reddit: {
    prefix: 'REDDIT',
    apiUrl: 'https://oauth.reddit.com',
    webUrl: 'https://www.reddit.com',
    apps: { default: 'REDDIT' },
  },
  tiktok: {
    prefix: 'TIKTOK',
    apiUrl: 'https://open.tiktokapis.com',
    webUrl: 'https://www.tiktok.com',
    apps: { default: 'TIKTOK' },
  },
  youtube: {
    prefix: 'YOUTUBE',
    apiUrl: 'https://www.googleapis.com',
    webUrl: 'https://www.youtube.com',
    hosts: {
      consent: 'https://accounts.google.com',
      token: 'https://oauth2.googleapis.com',
      analytics: 'https://youtubeanalytics.googleapis.com',
      hub: 'https://pubsubhubbub.appspot.com',
    },
    apps: { default: 'YOUTUBE' },
  },
  pinterest: {
    prefix: 'PINTEREST',
    apiUrl: 'https://api.pinterest.com',
    webUrl: 'https://www.pinterest.com',
    apps: { default: 'PINTEREST' },
  },
  mastodon: {
    prefix: 'MASTODON',
    // The server a person names takes its place.
    apiUrl: 'https://mastodon.social',
    webUrl: 'https://mastodon.social',
    apps: { default: 'MASTODON' },
  },
  telegram: {
    prefix: 'TELEGRAM',
    apiUrl: 'https://api.telegram.org',
    webUrl: 'https://t.me',
    apps: { default: 'TELEGRAM' },
  },
  discord: {
    prefix: 'DISCORD',
    apiUrl: 'https://discord.com',
    webUrl: 'https://discord.com',
    hosts: { gateway: 'wss://gateway.discord.gg' },
    apps: { default: 'DISCORD' },
  },
  whatsapp: {
    prefix: 'WHATSAPP',
    apiUrl: 'https://graph.facebook.com',
    webUrl: 'https://wa.me',
    apps: { default: 'WHATSAPP' },
  },
  ayrshare: {
    prefix: 'AYRSHARE',
    apiUrl: 'https://api.ayrshare.com',
    webUrl: 'https://app.ayrshare.com',
    apps: { default: 'AYRSHARE' },
  },
}

const filled = (value: string | undefined): string | undefined => (value?.trim() ? value.trim() : undefined)
const address = (value: string | undefined, fallback: string): string => (filled(value) ?? fallback).replace(/\/+$/, '')

/** A host without a variable of its own stands where the API was moved to, if it was: the sandbox has them all in one place. */
function hostsOf({ prefix, hosts = {} }: Source, env: Settings): Record<string, string> {
  const moved = filled(env[`${prefix}_API_URL`])
  return Object.fromEntries(
    Object.entries(hosts).map(([name, real]) => [
      name,
      address(env[`${prefix}_${name.toUpperCase()}_URL`], moved ?? real),
    ]),
  )
}

/**
 * One network's app as the environment describes it. `method` is the name of a connection method (`person`, `page`, …);
 * a method without an app of its own uses the network's only one. Marks its addresses as allowed to be called.
 */
export function appConfig(name: NetworkName | ProviderName, method: string | undefined, env: Settings): AppConfig {
  const source = sources[name]
  const app = (method && source.apps[method]) ?? source.apps.default
  const of = (what: string) => filled(env[`${source.prefix}_${what}`])
  const config: AppConfig = {
    apiUrl: address(env[`${source.prefix}_API_URL`], source.apiUrl),
    webUrl: address(env[`${source.prefix}_WEB_URL`], source.webUrl),
    hosts: hostsOf(source, env),
    clientId: filled(env[`${app}_CLIENT_ID`]),
    clientSecret: filled(env[`${app}_CLIENT_SECRET`]),
    webhookSecret: of('WEBHOOK_SECRET'),
    webhookVerifyToken: of('WEBHOOK_VERIFY_TOKEN'),
    webhookPublicKey: of('WEBHOOK_PUBLIC_KEY'),
    botToken: of('BOT_TOKEN'),
    ...(/^[1-9]\d{0,3}$/.test(of('HISTORY_DAYS') ?? '') ? { historyDays: Number(of('HISTORY_DAYS')) } : {}),
    timeoutMs: Number(filled(env.NETWORK_TIMEOUT_MS) ?? 20_000),
  }
  for (const url of [config.apiUrl, config.webUrl, ...Object.values(config.hosts)]) trustOrigin(url)
  return config
}
