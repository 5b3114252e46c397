import type { Slot } from '@/lib/posts/schema'

/** By `weekday`: 0 is Sunday. */
export const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6
export type DayChoice = 'every' | 'weekdays' | `${Weekday}`

const all: readonly Weekday[] = [0, 1, 2, 3, 4, 5, 6]

/** The days of a week in the order in which the workspace counts them. */
export const weekdays = (weekStartsOn: number): readonly Weekday[] => [
  ...all.slice(weekStartsOn),
  ...all.slice(0, weekStartsOn),
]

export function daysOf(choice: DayChoice): readonly Weekday[] {
  if (choice === 'every') return all
  if (choice === 'weekdays') return [1, 2, 3, 4, 5]
  return all.filter((day) => String(day) === choice)
}

/** `09:30` of a slot. */
export const timeOf = ({ minute }: Slot): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

export const keyOf = ({ weekday, minute }: Slot): string => `${weekday} ${minute}`

/** Slots with one more time (`09:30`) on each of the days; those that are there already stay single. */
export function withSlots(slots: readonly Slot[], days: readonly Weekday[], time: string): readonly Slot[] {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const added = days.map((weekday) => ({ weekday, minute: hours * 60 + minutes }))
  return [...new Map([...slots, ...added].map((slot) => [keyOf(slot), slot])).values()]
}
