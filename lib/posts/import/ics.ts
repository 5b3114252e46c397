import ICAL from 'ical.js'
import { fail, ok, type Result } from '@/lib/core/result'
import { listIn, optionsIn, type ExportRow } from './csv'
import { emptyRow, mostRows, type ImportRow, type ReadFile } from './row'

const refused = (message: string): Result<never> =>
  fail({ code: 'VALIDATION_ERROR', message, fields: { file: [message] } })

/** What an event of ours says besides what every calendar knows. */
const ours = {
  accounts: 'x-posthorn-accounts',
  title: 'x-posthorn-title',
  media: 'x-posthorn-media',
  options: 'x-posthorn-options',
  firstComment: 'x-posthorn-first-comment',
  thread: 'x-posthorn-thread',
} as const

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
  return ok({ rows: events.map((event, place) => rowOf(event, place + 1)), notes: [] })
}

function rowOf(event: ICAL.Component, row: number): ImportRow {
  const said = (name: string): string => {
    const value: unknown = event.getFirstPropertyValue(name)
    return value === null || value === undefined ? '' : String(value).trim()
  }
  const rule = said('rrule')
  return {
    ...emptyRow,
    row,
    ...timeOf(event),
    accounts: listIn(said(ours.accounts)),
    text: said('description') || said('summary'),
    title: said(ours.title),
    link: said('url'),
    media: listIn(said(ours.media)),
    options: optionsIn(said(ours.options)),
    firstComment: said(ours.firstComment),
    thread: said(ours.thread)
      .split('\n---\n')
      .flatMap((part) => part.trim() || []),
    recurrence: rule,
  }
}

function timeOf(event: ICAL.Component): Pick<ImportRow, 'date' | 'time' | 'zone'> {
  const start = event.getFirstProperty('dtstart')
  const at: unknown = start?.getFirstValue()
  if (!(at instanceof ICAL.Time)) return { date: '', time: '', zone: '' }
  const wall = at.toString()
  const zone = start?.getFirstParameter('tzid')
  return {
    date: wall.slice(0, 10),
    // A whole day has no time: the reader says so.
    time: at.isDate ? '' : wall.slice(11, 16),
    zone: typeof zone === 'string' && zone ? zone : wall.endsWith('Z') ? 'UTC' : '',
  }
}

export type ExportEvent = ExportRow & {
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
  calendar.addPropertyWithValue('x-wr-calname', name)
  for (const one of events) {
    const event = new ICAL.Component('vevent')
    const start = ICAL.Time.fromJSDate(new Date(one.publishAt), true)
    event.addPropertyWithValue('uid', `${one.id}@posthorn`)
    event.addPropertyWithValue('dtstamp', ICAL.Time.fromJSDate(at, true))
    event.addPropertyWithValue('dtstart', start)
    event.addPropertyWithValue('duration', ICAL.Duration.fromSeconds(15 * 60))
    event.addPropertyWithValue('summary', one.excerpt)
    event.addPropertyWithValue('description', one.text)
    if (one.link) event.addPropertyWithValue('url', one.link)
    const options = Object.entries(one.options).map(([field, value]) => `${field}=${value}`)
    const extra: Readonly<Record<keyof typeof ours, string>> = {
      accounts: one.accounts.join('; '),
      title: one.title,
      media: one.media.join('; '),
      options: options.join('; '),
      firstComment: one.firstComment,
      thread: one.thread.join('\n---\n'),
    }
    for (const [field, property] of Object.entries(ours)) {
      // The two tables have the same keys.
      const value = extra[field as keyof typeof ours]
      if (!value) continue
      const made = new ICAL.Property(property)
      made.resetType('text')
      made.setValue(value)
      event.addProperty(made)
    }
    calendar.addSubcomponent(event)
  }
  return `${calendar.toString()}\r\n`
}
