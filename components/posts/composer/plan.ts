import type { When } from '@/lib/posts/schema'
import type { Fold } from '@/lib/core/wall'

export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Weekday = (typeof weekdays)[number]

/** How a post comes again. `until` is a day, `count` how often in all. */
export type Repeat = {
  readonly every: 'never' | 'day' | 'week' | 'month'
  readonly on: readonly Weekday[]
  readonly ends: 'never' | 'on' | 'after'
  readonly until: string
  readonly count: number
}
export const once: Repeat = { every: 'never', on: [], ends: 'never', until: '', count: 10 }

/** When a post is to go out, on the workspace's wall clock. */
export type Plan = {
  readonly kind: 'at' | 'next_slot'
  /** `2026-11-24` */
  readonly day: string
  /** `09:30` */
  readonly time: string
  readonly fold: Fold
  readonly repeat: Repeat
}

/** @param wallTime `2026-11-24T09:30` */
export const planAt = (wallTime: string, fold: Fold = 'earlier'): Plan => ({
  kind: 'at',
  day: wallTime.slice(0, 10),
  time: wallTime.slice(11, 16),
  fold,
  repeat: once,
})

export const whenOf = (plan: Plan, timeZone: string): When =>
  plan.kind === 'next_slot'
    ? { kind: 'next_slot' }
    : { kind: 'at', wallTime: `${plan.day}T${plan.time}`, timeZone, fold: plan.fold }

/** The day of the week of a date. */
export const weekdayOf = (day: string): Weekday => weekdays[(new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7] ?? 'MO'

/** The repetition as a rule of RFC 5545; undefined when it does not repeat. */
export function ruleOf({ kind, day, repeat }: Plan): string | undefined {
  const { every, on, ends, until, count } = repeat
  if (kind !== 'at' || every === 'never') return undefined
  const days = on.length > 0 ? weekdays.filter((weekday) => on.includes(weekday)) : [weekdayOf(day)]
  return [
    { day: 'FREQ=DAILY', week: `FREQ=WEEKLY;BYDAY=${days.join(',')}`, month: 'FREQ=MONTHLY' }[every],
    ...(ends === 'on' && until ? [`UNTIL=${until.replaceAll('-', '')}`] : []),
    ...(ends === 'after' ? [`COUNT=${count}`] : []),
  ].join(';')
}
