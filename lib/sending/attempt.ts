import { inMs, now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import type { Answer, UploadedMedia } from '@/lib/platforms'
import { leaseUntil, workerName } from './claim'
import type { Outcome } from './schema'

/*
 * The ledger. A try that may have an effect, and a look for one, is written before its first byte and closed with what
 * came back; what brings a file or takes something away is written once, with its answer. Each room keeps them in a table
 * of its own.
 */

/** What closes a try: its outcome, and what the network said. */
export const closed = (startedAt: Date, outcome: Outcome, answer: object, at: Date = now()) => ({
  outcome,
  durationMs: at.getTime() - startedAt.getTime(),
  answer: toJson(answer),
})

/** A look that begins: written before it, so that whoever finds it later knows that it was cut off. */
export const beganToLook = (startedAt: Date) => ({
  id: newId(),
  purpose: 'look' as const,
  worker: workerName,
  startedAt,
})
export type BegunLook = ReturnType<typeof beganToLook>

/** A try that is over already, for a row of its own. */
export const attempted = (
  purpose: 'upload' | 'card' | 'remove',
  startedAt: Date,
  outcome: Outcome,
  answer: object,
) => ({
  id: newId(),
  purpose,
  worker: workerName,
  startedAt,
  ...closed(startedAt, outcome, answer),
})
export type Attempted = ReturnType<typeof attempted>

/**
 * That a person looked and it is not there: a line of its own, since the tries before keep their outcomes. It takes as its
 * fence the one with which the thing goes on, which is no claim's.
 */
export const askedInVain = (fence: number) => ({
  id: newId(),
  purpose: 'ask' as const,
  worker: workerName,
  startedAt: now(),
  fence,
  outcome: 'absent' satisfies Outcome,
})

/** A file that was brought, or asked about, on its way to the network. */
export const broughtFile = (mediaId: string, startedAt: Date, answer: Awaited<Answer<UploadedMedia>>): Attempted => {
  if (answer.ok) {
    const { ready } = answer.value
    return attempted('upload', startedAt, ready ? 'accepted' : 'parked', { mediaId, ready })
  }
  const { error } = answer
  return attempted('upload', startedAt, error.code === 'rejected' ? 'refused' : 'not_sent', { mediaId, ...error })
}

/** When a try was over; one that a worker's death cut off, when its last lease was: `died` writes it so. */
export const overAt = ({ startedAt, durationMs }: { readonly startedAt: Date; readonly durationMs: number | null }) =>
  durationMs === null ? leaseUntil(startedAt) : inMs(durationMs, startedAt)

/**
 * What becomes of a try whose worker died before it could say. It lasted until its worker's last lease was over, however
 * often that was renewed: bytes may have flowed until then.
 */
export const died = (startedAt: Date, leaseUntil: Date) =>
  closed(
    startedAt,
    'died',
    { note: 'The worker ended before it could record an answer.' },
    new Date(Math.max(startedAt.getTime(), leaseUntil.getTime())),
  )

/** Sends and looks that a worker's death cut off, when it held the fence just now or before. */
export const cutOffTries = (fence: number) => ({
  purpose: { in: ['send', 'look'] },
  OR: [{ outcome: 'died' }, { outcome: null, fence }],
})

/** Full reads that did not find something count as proof only when there are so many. */
export const readsBeforeAbsent = 2

/**
 * Whether something that waits to be sent again may still arrive by an earlier try. With a key of our own it is sent again
 * after one look, because that cannot double, and not because it is not there.
 * @param tries all of it, the first first
 */
export function mayStillLand(tries: readonly { readonly purpose: string; readonly outcome: string | null }[]): boolean {
  const doubtful = tries.findLastIndex((one) => one.purpose === 'send' && isInDoubt(one))
  if (doubtful < 0) return false
  const since = tries.slice(doubtful + 1)
  const absent = since.filter(({ purpose, outcome }) => purpose === 'look' && outcome === 'absent').length
  return absent < readsBeforeAbsent && !since.some(({ purpose }) => purpose === 'ask')
}

/** Whether a send may have had an effect that nobody has seen yet. */
export const isInDoubt = ({ outcome }: { readonly outcome: string | null }): boolean =>
  outcome === null || outcome === 'unknown' || outcome === 'died'
