import ICAL from 'ical.js'
import { fail, ok, type Result } from '@/lib/core/result'
import { wallOf } from '@/lib/core/wall'
import { isTimeZone } from '@/lib/workspace/schema'
import { columns, readCells, writeCells, type Column } from './cells'
import { mostRows, type ImportRow, type ReadFile, type WrittenPost } from './row'

const refused = (message: string): Result<never> =>
  fail({ code: 'VALIDATION_ERROR', message, fields: { file: [message] } })

/** What every calendar has a word for. */
const known = ['date', 'time', 'text', 'link', 'recurrence'] as const
/** What an event of ours says besides. */
const ours = columns.filter((name) => !known.some((one) => one === name))
const propertyOf = (name: Column): string => `x-posthorn-${name.replaceAll(' ', '-')}`

/** Reads the events of a calendar (RFC 5545) as posts: the description is the text, or else the summary. */
export function readIcs(text: string): Result<ReadFile> {
  let calendar: ICAL.Component
  try {
    calendar = new ICAL.Component(ICAL.parse(text))
  } catch {
    // The library says that a file is no calendar by throwing, and nothing else can fail here.
    return refused('This is not a calendar file. Export it again as iCalendar (.ics).')
  }
  const events = calendar.getAllSubcomponents('vevent')
  if (events.length === 0) return refused('This calendar has no events. Choose another file.')
  if (events.length > mostRows)
    return refused(`This calendar has ${events.length} events; ${mostRows} are taken at once. Split it.`)
  const moved = new Set(events.filter((event) => event.hasProperty('recurrence-id')).map(uidOf))
  const rows = events.flatMap((event, place) => (isCancelled(event) ? [] : [rowOf(event, place + 1, moved)]))
  const left = events.length - rows.length
  const notes =
    left > 0 ? [`${left === 1 ? 'An event is' : `${left} events are`} marked as cancelled, and left out.`] : []
  return ok({ rows, notes })
}

const uidOf = (event: ICAL.Component): string => String(event.getFirstPropertyValue('uid') ?? '')
const isCancelled = (event: ICAL.Component): boolean =>
  String(event.getFirstPropertyValue('status') ?? '').toUpperCase() === 'CANCELLED'

/** A rule here knows no exceptions: dates that are left out, added or moved would be made as the rule has them. */
const hasExceptions = (event: ICAL.Component, moved: ReadonlySet<string>): boolean =>
  !event.hasProperty('recurrence-id') &&
  (event.hasProperty('rdate') ||
    (event.hasProperty('rrule') && (event.hasProperty('exdate') || moved.has(uidOf(event)))))
const exceptions =
  'Dates of this series were left out, added or moved, which a series here cannot hold. Import a calendar in which they are single events, or in which the series has no exceptions.'

function rowOf(event: ICAL.Component, row: number, moved: ReadonlySet<string>): ImportRow {
  const said = (name: string): string => {
    const value: unknown = event.getFirstPropertyValue(name)
    return value === null || value === undefined ? '' : String(value)
  }
  const cells = Object.fromEntries(ours.map((name) => [name, said(propertyOf(name))]))
  // Ours always says which zone its time is of.
  const text = said('description') || (cells.zone ? '' : said('summary'))
  const found = { ...cells, ...timeOf(event, cells.zone), text, link: said('url'), recurrence: said('rrule') }
  const read = readCells(found, row)
  return hasExceptions(event, moved) ? { ...read, unread: [...read.unread, exceptions] } : read
}

function timeOf(event: ICAL.Component, ownZone: string | undefined): { date: string; time: string; zone: string } {
  const start = event.getFirstProperty('dtstart')
  const at: unknown = start?.getFirstValue()
  if (!(at instanceof ICAL.Time)) return { date: '', time: '', zone: '' }
  const tzid = start?.getFirstParameter('tzid')
  const inUtc = at.toString().endsWith('Z')
  const zone = typeof tzid === 'string' && tzid ? tzid : inUtc ? 'UTC' : ''
  const isOurs = inUtc && ownZone !== undefined && isTimeZone(ownZone)
  const wall = isOurs ? wallOf(at.toJSDate(), ownZone) : at.toString()
  // A whole day has no time: the reader says so.
  return { date: wall.slice(0, 10), time: at.isDate ? '' : wall.slice(11, 16), zone: isOurs ? ownZone : zone }
}

export type ExportEvent = WrittenPost & {
  readonly id: string
  readonly excerpt: string
  /** ISO instant. */
  readonly publishAt: string
}

/** Writes posts as a calendar of quarters of an hour that `readIcs` reads again. Times are in UTC: no zone need be described. */
export function writeIcs(name: string, events: readonly ExportEvent[], at: Date): string {
  const calendar = new ICAL.Component('vcalendar')
  calendar.addPropertyWithValue('version', '2.0')
  calendar.addPropertyWithValue('prodid', '-//Posthorn//Posts//EN')
  calendar.addPropertyWithValue('x-wr-calname', name.replace(/\s+/g, ' '))
  for (const one of events) {
    const event = new ICAL.Component('vevent')
    const start = ICAL.Time.fromJSDate(new Date(one.publishAt), true)
    event.addPropertyWithValue('uid', `${one.id}@posthorn`)
    event.addPropertyWithValue('dtstamp', ICAL.Time.fromJSDate(at, true))
    event.addPropertyWithValue('dtstart', start)
    event.addPropertyWithValue('duration', ICAL.Duration.fromSeconds(15 * 60))
    event.addPropertyWithValue('summary', one.excerpt)
    const cells = writeCells(one)
    event.addPropertyWithValue('description', cells.text)
    if (cells.link) event.addPropertyWithValue('url', cells.link)
    for (const name of ours) {
      if (!cells[name]) continue
      const made = new ICAL.Property(propertyOf(name))
      made.resetType('text')
      made.setValue(cells[name])
      event.addProperty(made)
    }
    calendar.addSubcomponent(event)
  }
  return `${calendar.toString()}\r\n`
}
