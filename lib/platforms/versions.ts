import type { ProviderName } from './platform'
import type { NetworkName } from './text'

type ApiVersion = {
  readonly version: string
  /** The first day (UTC) on which the network may refuse it; absent where the network names none. */
  readonly endsOn?: string
  /** Where the dates come from. */
  readonly source: string
  /** False when `endsOn` is our reckoning, not the network's word. */
  readonly verified: boolean
}

/** Every API version we speak, in one place, because each of them ends. */
export const apiVersions = {
  x: { version: '2', source: 'https://docs.x.com/x-api (OpenAPI 2.167), read 2026-11-21', verified: true },
  linkedin: {
    version: '202608',
    // A version lives about twelve months; afterwards every call is answered with 426.
    endsOn: '2027-08-01',
    source: 'https://learn.microsoft.com/linkedin/marketing/versioning',
    verified: false,
  },
  bluesky: {
    version: 'lexicons of @atproto/api 0.21',
    source: 'https://atproto.com/specs/lexicon, read 2026-11-21',
    verified: true,
  },
  facebook: {
    version: 'v26.0',
    // Graph versions live about two years; v24.0 of 2025-10-08 lives until 2028-02-18.
    endsOn: '2028-07-29',
    source: 'https://developers.facebook.com/docs/graph-api/changelog, through a mirror',
    verified: false,
  },
  instagram: {
    version: 'v26.0',
    endsOn: '2028-07-29',
    source: 'https://developers.facebook.com/docs/graph-api/changelog, through a mirror',
    verified: false,
  },
  threads: { version: 'v1.0', source: 'https://developers.facebook.com/docs/threads', verified: false },
  reddit: { version: 'unversioned', source: 'https://www.reddit.com/dev/api', verified: false },
  tiktok: {
    version: 'v2',
    source: 'https://developers.tiktok.com/doc/content-posting-api-get-started',
    verified: true,
  },
  youtube: { version: 'v3', source: 'https://developers.google.com/youtube/v3/revision_history', verified: true },
  pinterest: { version: 'v5', source: 'Pinterest API OpenAPI 5.23.0, read 2026-11-21', verified: true },
  mastodon: { version: 'v1 and v2', source: 'https://docs.joinmastodon.org/methods/, 4.7', verified: true },
  telegram: { version: 'Bot API 10.1', source: 'https://core.telegram.org/bots/api-changelog', verified: true },
  discord: { version: 'v10', source: 'Discord OpenAPI of 2026-07-18, read 2026-11-21', verified: true },
  whatsapp: {
    version: 'v26.0',
    endsOn: '2028-07-29',
    source: 'https://developers.facebook.com/docs/graph-api/changelog, through a mirror',
    verified: false,
  },
  ayrshare: { version: 'unversioned', source: 'https://www.ayrshare.com/docs', verified: false },
} as const satisfies Record<NetworkName | ProviderName, ApiVersion>

export type Ending = {
  readonly platform: NetworkName | ProviderName
  readonly version: string
  readonly endsOn: string
  readonly daysLeft: number
}

const dayMs = 24 * 60 * 60 * 1000

/** The versions that end within `days` of `at`, or have ended (`daysLeft` is then negative), soonest first. */
export function versionsEnding(days: number, at: Date): readonly Ending[] {
  // What an object's entries are called is forgotten by its type; these are the registry's own names.
  const all = Object.entries(apiVersions) as [Ending['platform'], ApiVersion][]
  return all
    .flatMap(([platform, { version, endsOn }]) =>
      endsOn ? [{ platform, version, endsOn, daysLeft: Math.floor((Date.parse(endsOn) - at.getTime()) / dayMs) }] : [],
    )
    .filter(({ daysLeft }) => daysLeft <= days)
    .sort((a, b) => a.daysLeft - b.daysLeft)
}
