import { addOpenMs, openMs } from './business-time'
import type { Calendar } from './schema'

const minuteMs = 60_000

/** What a promise is measured by. */
export type Promised = { readonly minutes: number; readonly warnMinutes: number; readonly calendar: Calendar | null }

/** A clock between two of its moments: so much is spent, and it runs on since `resumedAt`, or rests. */
export type Clock = {
  readonly spentMs: number
  readonly resumedAt: Date | null
  readonly warnedAt: Date | null
  readonly breachedAt: Date | null
}

/** When it is due if nothing holds it up, and when there is something to tell next; null while it rests. */
export type Outlook = { readonly dueAt: Date | null; readonly nextAt: Date | null }

export const startedClock = (at: Date): Clock => ({ spentMs: 0, resumedAt: at, warnedAt: null, breachedAt: null })

/** Holds it up. A clock that rests already rests on. */
export const paused = (clock: Clock, { calendar }: Promised, at: Date): Clock =>
  clock.resumedAt
    ? { ...clock, spentMs: clock.spentMs + openMs(calendar, clock.resumedAt, at), resumedAt: null }
    : clock

/** Lets it run on. One that runs already runs on from where it was. */
export const resumed = (clock: Clock, at: Date): Clock => (clock.resumedAt ? clock : { ...clock, resumedAt: at })

/** Working time it has run, in milliseconds. */
export const runMs = ({ spentMs, resumedAt }: Clock, { calendar }: Promised, at: Date): number =>
  spentMs + (resumedAt ? openMs(calendar, resumedAt, at) : 0)

/** A warning is told before a breach, and each once: what was told is not looked forward to again. */
export function outlook({ spentMs, resumedAt, warnedAt, breachedAt }: Clock, promised: Promised): Outlook {
  if (!resumedAt) return { dueAt: null, nextAt: null }
  const after = (minutes: number) => addOpenMs(promised.calendar, resumedAt, minutes * minuteMs - spentMs)
  const dueAt = after(promised.minutes)
  if (breachedAt) return { dueAt, nextAt: null }
  return { dueAt, nextAt: warnedAt || promised.warnMinutes === 0 ? dueAt : after(warnedAfter(promised)) }
}

/** One warning serves an answer and a solution: of what is promised no later than that, half of the time is left. */
const warnedAfter = ({ minutes, warnMinutes }: Promised): number =>
  warnMinutes < minutes ? minutes - warnMinutes : minutes / 2
