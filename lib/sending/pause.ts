import { day, minute, second } from '@/lib/core/clock'

/** After this many tries in which nothing was sent, a person is asked. With the waits below that is about a day. */
export const triesBeforeAsking = 30

/** How long to wait after so many tries in vain, in milliseconds: 5 s at first, an hour at most. */
export const waitMs = (tries: number): number =>
  Math.min(60 * minute, 5 * second * 2 ** Math.min(tries, 12)) * (0.8 + Math.random() * 0.4)

/** Why something waits although nothing of it was sent. It goes on by itself. */
export type Pause = {
  readonly kind: 'rate_limited' | 'network_down' | 'media_processing'
  readonly message: string
  /** When the network says that it may be asked again. */
  readonly until?: Date | undefined
  /** Whether it counts as one of the tries after which a person is asked. A limit does not, unless it says so. */
  readonly isTry?: boolean
}

/**
 * When something that waits is tried again: a limit at the reset that the network named, asked again after a week at the
 * latest; other reasons after a wait that grows with the tries. Never without a pause, though the reset has passed.
 * @returns undefined when it was tried in vain for so long that a person is asked.
 */
export function nextTry(
  { kind, until, isTry = kind !== 'rate_limited' }: Pause,
  tries: number,
  at: Date,
): { readonly notBefore: Date; readonly retries: { readonly increment: 0 | 1 } } | undefined {
  if (isTry && tries >= triesBeforeAsking) return undefined
  // A file is asked about when the network says, at first; one that takes ever longer, ever less often.
  const growing = until === undefined ? waitMs(tries) : kind === 'media_processing' && tries > 5 ? waitMs(tries - 5) : 0
  const wish = Math.max(until?.getTime() ?? 0, at.getTime() + growing)
  const notBefore = new Date(Math.max(at.getTime() + second, Math.min(wish, at.getTime() + 7 * day)))
  return { notBefore, retries: { increment: isTry ? 1 : 0 } }
}
