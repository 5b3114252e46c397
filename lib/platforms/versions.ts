import type { PlatformName } from './platform'

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
} as const satisfies Record<PlatformName, ApiVersion>

export type Ending = {
  readonly platform: PlatformName
  readonly version: string
  readonly endsOn: string
  readonly daysLeft: number
}

const dayMs = 24 * 60 * 60 * 1000

/** The versions that end within `days` of `at`, or have ended (`daysLeft` is then negative), soonest first. */
export function versionsEnding(days: number, at: Date): readonly Ending[] {
  const all: readonly [PlatformName, ApiVersion][] = [
    ['x', apiVersions.x],
    ['linkedin', apiVersions.linkedin],
    ['bluesky', apiVersions.bluesky],
  ]
  return all
    .flatMap(([platform, { version, endsOn }]) =>
      endsOn ? [{ platform, version, endsOn, daysLeft: Math.floor((Date.parse(endsOn) - at.getTime()) / dayMs) }] : [],
    )
    .filter(({ daysLeft }) => daysLeft <= days)
    .sort((a, b) => a.daysLeft - b.daysLeft)
}
