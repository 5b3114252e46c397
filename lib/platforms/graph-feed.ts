import { day, now } from '@/lib/core/clock'
import type { Incoming } from './platform'

/** Graph's times have no colon in their zone. */
export const isoTime = (time: string): string => new Date(time).toISOString()

/** How far the first look goes back. ISO 8601. */
export const firstLook = (): string => new Date(now().getTime() - day).toISOString()

/** Graph's times are to the second: what shares its second with the newest is read again, and known by its id. */
export const latest = (items: readonly Pick<Incoming, 'at'>[], before: string): string =>
  items.reduce((newest, { at }) => {
    const earlier = new Date(Date.parse(at) - 1000).toISOString()
    return earlier > newest ? earlier : newest
  }, before)

export const oldestFirst = (items: readonly Incoming[]): readonly Incoming[] =>
  items.toSorted((a, b) => a.at.localeCompare(b.at))
