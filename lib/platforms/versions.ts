import { speakers } from './speakers'
import type { ApiVersion } from './place'
import type { PlatformName, ProviderName } from './platform'

export type Ending = {
  readonly platform: PlatformName | ProviderName
  readonly version: string
  readonly endsOn: string
  readonly daysLeft: number
}

const dayMs = 24 * 60 * 60 * 1000

/** The API versions that end within `days` of `at`, or have ended (`daysLeft` is then negative), soonest first. */
export const versionsEnding = (days: number, at: Date): readonly Ending[] =>
  Object.values(speakers)
    .flatMap(({ name, apiVersion }) => endingOf(name, apiVersion, at))
    .filter(({ daysLeft }) => daysLeft <= days)
    .sort((a, b) => a.daysLeft - b.daysLeft)

const endingOf = (platform: Ending['platform'], { version, endsOn }: ApiVersion, at: Date): readonly Ending[] =>
  endsOn ? [{ platform, version, endsOn, daysLeft: Math.floor((Date.parse(endsOn) - at.getTime()) / dayMs) }] : []
