/** The one place that asks the machine for the time. */
export const now = (): Date => new Date()

export const inMs = (ms: number, from: Date = now()): Date => new Date(from.getTime() + ms)

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** How far the clock of another machine may differ from ours: what it dates beyond that is wrong. */
export const clocksDifferMs = 10 * minute
