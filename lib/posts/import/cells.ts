import { parseJsonClean } from '@/lib/core/clean'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { emptyRow, type ImportRow, type Words, type WrittenPoll, type WrittenPost } from './row'

/** What is said of a post, cell by cell, in the order in which it is exported. */
export const columns = [
  'date',
  'time',
  'zone',
  'recurrence',
  'accounts',
  'text',
  'title',
  'link',
  'link title',
  'link description',
  'media',
  'alt texts',
  'options',
  'first comment',
  'thread',
  'thread media',
  'poll',
  'utm',
  'by account',
] as const
export type Column = (typeof columns)[number]
type Cells = Readonly<Record<Column, string>>

/** Reads a post's cells; those that are not there are empty. */
export function readCells(cells: Readonly<Partial<Record<Column, string>>>, row: number): ImportRow {
  const whole = (name: Column): string => cells[name] ?? ''
  const cell = (name: Column): string => whole(name).trim()
  // A spreadsheet may write both into one cell.
  const [date = '', within = ''] = cell('date').split(/[T ]/)
  const byAccount = jsonIn(Anything, whole('by account'))
  return {
    ...emptyRow,
    row,
    date,
    time: cell('time') || within,
    zone: cell('zone'),
    recurrence: cell('recurrence'),
    accounts: listIn(whole('accounts')),
    text: textIn(whole('text')),
    title: cell('title'),
    link: cell('link'),
    linkTitle: textIn(whole('link title')),
    linkDescription: textIn(whole('link description')),
    media: listIn(whole('media')),
    alts: pairsIn(whole('alt texts')),
    options: pairsIn(whole('options')),
    firstComment: textIn(whole('first comment')),
    thread: partsIn(whole('thread')),
    threadMedia: filesOfPartsIn(whole('thread media')),
    poll: pollIn(whole('poll')),
    utm: pairsIn(whole('utm')),
    byAccount: byAccount ?? {},
    unread:
      byAccount || !cell('by account')
        ? []
        : ['“by account” cannot be read. Write it as JSON, like {"x:@handle":{"text":"Shorter"}}.'],
  }
}

/** Writes a post's cells, such that `readCells` reads the same. */
export const writeCells = (row: WrittenPost): Cells => ({
  date: row.date,
  time: row.time,
  zone: row.zone,
  recurrence: row.recurrence,
  accounts: written(row.accounts, row.accounts.join('; '), listIn),
  text: written(row.text, row.text, textIn),
  title: row.title,
  link: row.link,
  'link title': written(row.linkTitle, row.linkTitle, textIn),
  'link description': written(row.linkDescription, row.linkDescription, textIn),
  media: written(row.media, row.media.join('; '), listIn),
  'alt texts': written(row.alts, pairs(row.alts), pairsIn),
  options: written(row.options, pairs(row.options), pairsIn),
  'first comment': written(row.firstComment, row.firstComment, textIn),
  thread: written(row.thread, row.thread.join(partBreak), partsIn),
  'thread media': written(
    row.threadMedia,
    row.threadMedia.map((files) => files.join('; ')).join(partBreak),
    filesOfPartsIn,
  ),
  poll: row.poll ? written(row.poll, plainPoll(row.poll), pollIn) : '',
  utm: written(row.utm, pairs(row.utm), pairsIn),
  'by account': Object.keys(row.byAccount).length > 0 ? JSON.stringify(row.byAccount) : '',
})

/** As people write it, where that is read back as it was; else as JSON, which is read too. */
const written = <T extends object | string>(value: T, plain: string, read: (cell: string) => T | undefined): string =>
  isDeepStrictEqual(read(plain), value) ? plain : JSON.stringify(value)

/** Without the blanks around it, unless it is written as JSON because of them: `"  So  "`. What people quote stays quoted. */
function textIn(cell: string): string {
  const plain = cell.trim()
  const exact = jsonIn(z.string(), plain)
  return exact !== undefined && textIn(exact) !== exact ? exact : plain
}

/** Parts of a thread stand below each other, with a line of three dashes between them. */
const partBreak = '\n---\n'
const partsOf = (text: string): readonly string[] => (text === '' ? [] : text.replaceAll('\r\n', '\n').split(partBreak))
const pairs = (words: Words): string =>
  Object.entries(words)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')
const plainPoll = ({ options, minutes, multiple }: WrittenPoll): string =>
  [...options, `minutes=${minutes}`, ...(multiple ? ['multiple=yes'] : [])].join('; ')

const List = z.array(z.string())
const Lists = z.array(List)
const Pairs = z.record(z.string(), z.string())
const Anything = z.record(z.string(), z.unknown())
const PollIn = z.strictObject({ options: List, minutes: z.number(), multiple: z.boolean() })

/** What a cell holds as JSON of a shape; undefined for every other cell. */
function jsonIn<T>(shape: z.ZodType<T>, cell: string): T | undefined {
  const text = cell.trim()
  if (!/^(\[.*\]|\{.*\}|".*")$/s.test(text)) return undefined
  try {
    return shape.safeParse(parseJsonClean(text)).data
  } catch {
    // Text that only looks like JSON is read as people write it.
    return undefined
  }
}

const plainList = (text: string): readonly string[] => text.split(/[;\n]/).flatMap((one) => one.trim() || [])
const listIn = (cell: string): readonly string[] => jsonIn(List, cell) ?? plainList(cell)

/** `tiktok.privacy=public; reddit.subreddit=coffee` */
const pairsIn = (cell: string): Words =>
  jsonIn(Pairs, cell) ??
  Object.fromEntries(
    plainList(cell).map((one) => {
      const at = one.indexOf('=')
      return at < 0 ? [one, 'yes'] : [one.slice(0, at).trim(), one.slice(at + 1).trim()]
    }),
  )

const partsIn = (cell: string): readonly string[] =>
  jsonIn(List, cell) ?? partsOf(cell).flatMap((part) => part.trim() || [])

const filesOfPartsIn = (cell: string): readonly (readonly string[])[] =>
  jsonIn(Lists, cell) ?? partsOf(cell).map(plainList)

/** A poll that does not say how long it is open is open for a day. */
const dayMinutes = 24 * 60

/** `Yes; No; minutes=1440; multiple=yes` */
function pollIn(cell: string): WrittenPoll | undefined {
  const exact = jsonIn(PollIn, cell)
  if (exact) return exact
  const all = plainList(cell)
  if (all.length === 0) return undefined
  const isSetting = (one: string): boolean => /^(minutes=\d{1,6}|multiple=(yes|no))$/i.test(one)
  const said = (name: string) =>
    all.findLast((one) => isSetting(one) && one.toLowerCase().startsWith(name))?.slice(name.length)
  return {
    options: all.filter((one) => !isSetting(one)),
    minutes: Number(said('minutes=') ?? dayMinutes),
    multiple: said('multiple=')?.toLowerCase() === 'yes',
  }
}
