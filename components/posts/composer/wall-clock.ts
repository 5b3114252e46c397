import { tzName } from '@date-fns/tz'
import { Temporal } from 'temporal-polyfill'

export type Fold = 'earlier' | 'later'

/** What a wall-clock time (`2026-03-29T09:30`) stands for in a zone. */
export type Moment =
  | { readonly kind: 'once'; readonly at: Date }
  /** Clocks go back: it comes twice. The names are of the zone then, such as GMT+2. */
  | { readonly kind: 'twice'; readonly earlier: Named; readonly later: Named }
  /** Clocks go forward: it never comes. `next` is what they show instead. */
  | { readonly kind: 'never'; readonly next: string }
type Named = { readonly at: Date; readonly name: string }

/** Undefined for what is no time. */
export function momentOf(wallTime: string, timeZone: string): Moment | undefined {
  const wall = plain(wallTime)
  if (!wall) return undefined
  const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) =>
    wall.toZonedDateTime(timeZone, { disambiguation }),
  )
  if (!earlier || !later) return undefined
  if (earlier.epochMilliseconds === later.epochMilliseconds)
    return { kind: 'once', at: new Date(earlier.epochMilliseconds) }
  if (!later.toPlainDateTime().equals(wall))
    return { kind: 'never', next: later.toPlainTime().toString({ smallestUnit: 'minute' }) }
  const named = ({ epochMilliseconds }: Temporal.ZonedDateTime): Named => {
    const at = new Date(epochMilliseconds)
    return { at, name: tzName(timeZone, at, 'short') }
  }
  return { kind: 'twice', earlier: named(earlier), later: named(later) }
}

/** The instant, where there is one. */
export function instantOf(moment: Moment | undefined, fold: Fold): Date | undefined {
  if (!moment || moment.kind === 'never') return undefined
  return moment.kind === 'once' ? moment.at : moment[fold].at
}

function plain(wallTime: string): Temporal.PlainDateTime | undefined {
  try {
    return Temporal.PlainDateTime.from(wallTime, { overflow: 'reject' })
  } catch {
    // The only way Temporal says that there is no such time.
    return undefined
  }
}
