import { networkNames, type NetworkName } from '../names'

/** What Ayrshare calls the networks that Posthorn reaches through it. */
const theirs = {
  x: 'twitter',
  linkedin: 'linkedin',
  bluesky: 'bluesky',
  facebook: 'facebook',
  instagram: 'instagram',
  threads: 'threads',
} as const satisfies Partial<Record<NetworkName, string>>

/** The networks that are reached, whether Posthorn has an adapter of its own for them yet or not. */
export type Reachable = keyof typeof theirs
export type TheirName = (typeof theirs)[keyof typeof theirs]
/** A network that is reached through Ayrshare and has an adapter of its own. */
export type Reached = Extract<NetworkName, Reachable>

/** An account's network, by its names here, at Ayrshare and among people. */
export type Of = { readonly network: Reached; readonly platform: TheirName; readonly label: string }

export const isReached = (name: NetworkName): name is Reached => name in theirs

export const theirNameOf = (name: Reached): TheirName => theirs[name]

/** Undefined for what Posthorn does not reach through Ayrshare: Snapchat, Google Business, TikTok, … */
export const reachedBy = (theirName: string): Reached | undefined =>
  networkNames.filter(isReached).find((name) => theirs[name] === theirName)
