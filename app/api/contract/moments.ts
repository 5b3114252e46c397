import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { WallTime, type When } from '@/lib/posts/schema'
import { isTimeZone } from '@/lib/workspace/schema'
import { exactly } from './endpoint'

const asTime =
  'must be an instant with its offset, like 2026-11-21T09:00:00+01:00, or { "wallTime": "2026-11-21T09:00", "timeZone": "Europe/Zurich" }, or "next_slot"'
/** When a post goes out. A time on the wall that clocks skip is refused with the next one there is. */
export const ScheduledAt = z
  .union([z.iso.datetime({ offset: true, error: asTime }), exactly(WallTime.shape), z.literal('next_slot')], {
    error: asTime,
  })
  .meta({
    description:
      'An ISO 8601 instant with its offset, a wall-clock time in an IANA zone, or `next_slot`: the next free queue slot of each account.',
  })

export function whenOf(scheduledAt: z.output<typeof ScheduledAt>): When {
  if (scheduledAt === 'next_slot') return { kind: 'next_slot' }
  return typeof scheduledAt === 'string'
    ? { kind: 'instant', at: new Date(scheduledAt) }
    : { kind: 'at', ...scheduledAt }
}

const asEnd = 'must be an instant like 2026-11-01T00:00:00Z, or a day like 2026-11-01'
/** One end of a window: an instant, or a day or a local time as calendars send them, in a zone known otherwise. */
export const WindowEnd = z
  .union([z.iso.datetime({ offset: true, local: true, error: asEnd }), z.iso.date({ error: asEnd })], { error: asEnd })
  // The database's calendar has no year 0.
  .refine((end) => !end.startsWith('0000'), asEnd)
  .meta({ description: 'An ISO 8601 instant; or a day or local time, read in the zone in question.' })

export const ZoneName = z
  .string()
  .max(64)
  .refine((zone) => zone === 'local' || isTimeZone(zone), 'is not a time zone like Europe/Zurich')
  .meta({ description: 'The IANA zone of `start` and `end` where they carry no offset. Otherwise the workspace’s.' })

export function instantOfEnd(end: string, timeZone: string): Date {
  if (/(Z|[+-]\d{2}:\d{2})$/.test(end)) return new Date(end)
  return new Date(Temporal.PlainDateTime.from(end).toZonedDateTime(timeZone).epochMilliseconds)
}
