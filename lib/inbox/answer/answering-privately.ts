import { inMs, now } from '@/lib/core/clock'
import type { IncomingKind, Platform } from '@/lib/platforms'
import type { PrivateAnswer, ReplyState } from '../schema'

const nowhere: ReplyState[] = ['refused', 'cancelled']
/** Of a private answer that is at the network, or may still come to be. */
export const standing = { privatelyTo: { not: null }, state: { notIn: nowhere } }

/** Whether a network has such answers to anything. */
export const hasPrivateAnswers = ({ inbox }: Platform): boolean =>
  Object.values(inbox?.answers ?? {}).some(({ privately }) => privately !== undefined)

type Said = { readonly kind: string; readonly own: boolean }

/** How a network takes such an answer to a message; undefined where it takes none. */
export const privateWay = ({ inbox }: Platform, { kind, own }: Said) =>
  // The column is written from IncomingKind and from nothing else.
  own ? undefined : inbox?.answers[kind as IncomingKind]?.privately

type Asked = Said & {
  readonly at: Date
  /** Whose words it is; null where nobody says. */
  readonly identityId: string | null
  /** It has a private answer, or one is on its way. */
  readonly isTaken: boolean
}

/**
 * Whether a message may be answered so that its author alone reads it, until when, and why not. Known before anybody types.
 * Null where its network has no such answers to it.
 */
export function answeringPrivately(
  platform: Platform,
  { at, identityId, isTaken, ...said }: Asked,
): PrivateAnswer | null {
  const way = privateWay(platform, said)
  if (!way) return null
  const { label } = platform
  const until = inMs(way.windowMs, at)
  const problem = isTaken
    ? `This has its private answer already: ${label} takes one for each. Answer in public, or wait until they write.`
    : identityId === null
      ? `${label} does not say who wrote this, so nobody can answer them privately.`
      : until <= now()
        ? `The time to answer this privately is over. ${way.rule}`
        : undefined
  return { open: problem === undefined, until: until.toISOString(), rule: problem ?? way.rule }
}
