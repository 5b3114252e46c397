import { day, inMs, minute, second } from '@/lib/core/clock'
import type { PlatformError, Published } from '@/lib/platforms'
import { readsBeforeAbsent } from './attempt'
import type { HowSettled } from './settling'

/** Asked in vain for this long, a person decides. */
const patienceMs = day
/** How soon a network that could not say is asked again. */
const soonMs = 15 * second

/** What a look at the network showed. */
export type Seen =
  /** It failed, which proves nothing. */
  | { readonly what: 'unreadable'; readonly error: PlatformError }
  /** The network had taken it, and refused it afterwards for certain. */
  | { readonly what: 'refused'; readonly error: Extract<PlatformError, { code: 'rejected' }> }
  /** One that can be no other's. */
  | { readonly what: 'ours'; readonly published: Published }
  /** One that another of ours already stands for: this one is not there. */
  | { readonly what: 'anothers'; readonly published: Published }
  /** One of the same words, while others of the same words are under way: it may be any of theirs. */
  | { readonly what: 'rivals'; readonly published: Published }
  | { readonly what: 'nothing' }

/** What is known of something in doubt. */
export type Doubt = {
  /** When it was first sent. */
  readonly sentAt: Date
  /** From when on no try of it was under way any more. */
  readonly quietSince: Date
  /** How many full reads did not find it since it was last sent. */
  readonly absentReads: number
}

export type AfterLook =
  | { readonly next: 'prove'; readonly by: 'own_key' | 'read_back'; readonly published: Published }
  | { readonly next: 'refuse'; readonly why: string }
  /** It is not there, for certain: the same bytes may go out again. */
  | { readonly next: 'send_again' }
  /** Nobody can look with this token. */
  | { readonly next: 'renew' }
  | LookLater
export type LookLater =
  | { readonly next: 'look_later'; readonly inMs: number; readonly absentReads?: number }
  | { readonly next: 'ask'; readonly why: 'patience_over' | 'nobody_can_look' }

/** What follows from a look that began at `at`. A failed look proves nothing. */
export function afterLook(seen: Seen, doubt: Doubt, settled: HowSettled, at: Date): AfterLook {
  const { by, lagMs } = settled
  switch (seen.what) {
    case 'ours':
      return { next: 'prove', by: by === 'own_key' ? 'own_key' : 'read_back', published: seen.published }
    case 'refused':
      return { next: 'refuse', why: seen.error.reason }
    case 'rivals':
      return lookAgain(doubt, lagMs, at)
    case 'unreadable':
      if (seen.error.code === 'auth_expired') return { next: 'renew' }
      if (by === 'read_back' && seen.error.code === 'unavailable' && seen.error.copy)
        return afterAbsence(doubt, { lagMs, againMs: seen.error.copy.nextInMs }, inMs(-seen.error.copy.ageMs, at))
      return by === 'echo' ? afterSilence(doubt, settled, at, soonMs) : lookAgain(doubt, soonMs, at)
    case 'anothers':
    case 'nothing': {
      // Sent again with a key of our own it cannot double.
      if (by === 'own_key') return { next: 'send_again' }
      if (by === 'echo') return afterSilence(doubt, settled, at, soonMs)
      return afterAbsence(doubt, { lagMs, againMs: lagMs }, at)
    }
  }
}

/** What follows when it was not there at `at`. Another look, after `againMs`, sees what is there later. */
function afterAbsence(doubt: Doubt, { lagMs, againMs }: { lagMs: number; againMs: number }, at: Date): AfterLook {
  const isFull = at.getTime() - doubt.quietSince.getTime() >= lagMs
  const absentReads = doubt.absentReads + (isFull ? 1 : 0)
  // Each past the network's known lag.
  if (isFull && absentReads >= readsBeforeAbsent) return { next: 'send_again' }
  return hasPatience(doubt, at) ? { next: 'look_later', inMs: Math.max(lagMs, againMs), absentReads } : patienceOver
}

/** What follows when nothing was heard: silence is not absence, so it is borne where reports may come; then a person is asked. */
export function afterSilence(
  doubt: Pick<Doubt, 'sentAt'>,
  { bearMs }: HowSettled,
  at: Date,
  againMs: number = patienceMs,
): LookLater {
  const leftMs = bearMs - waitedMs(doubt, at)
  return leftMs > 0 ? lookAgain(doubt, Math.min(leftMs, againMs), at) : { next: 'ask', why: 'nobody_can_look' }
}

/** What follows when the network could not say: it is asked again, not before `inMs`, and less and less often. */
export const lookAgain = (doubt: Pick<Doubt, 'sentAt'>, inMs: number, at: Date): LookLater =>
  hasPatience(doubt, at)
    ? { next: 'look_later', inMs: Math.max(inMs, Math.min(15 * minute, waitedMs(doubt, at) / 4)) }
    : patienceOver

const patienceOver = { next: 'ask', why: 'patience_over' } as const
const waitedMs = ({ sentAt }: Pick<Doubt, 'sentAt'>, at: Date): number => at.getTime() - sentAt.getTime()
const hasPatience = (doubt: Pick<Doubt, 'sentAt'>, at: Date): boolean => waitedMs(doubt, at) <= patienceMs
