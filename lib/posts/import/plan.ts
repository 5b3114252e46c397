import { setImmediate } from 'node:timers/promises'
import { sha256 } from '@/lib/core/crypto'
import { everyPage } from '@/lib/core/every-page'
import { cutText } from '@/lib/core/excerpt'
import { fail, ok, type Result } from '@/lib/core/result'
import { adapterOf } from '@/lib/platforms'
import { refusal, type Ctx } from '@/lib/workspace'
import { isTimeZone } from '@/lib/workspace/schema'
import type { z } from 'zod'
import { readCsv } from './csv'
import { excerptOf } from '../write/excerpt'
import { readIcs } from './ics'
import { filesOf, namedFiles, type NamedFile } from './files-named'
import { accountsNamed, strayOptions, type NamedAccount } from './names'
import { emptyRow, type ImportRow, type ReadFile } from './row'
import { contentOf, overrideOf, strayWords } from './words'
import { judgedAccount } from '../rules/judge'
import { readRule } from '../times/rrule'
import { problems, type JudgedAccount, type JudgedMedia } from '../rules/rules'
import { PostContent, type ImportedRow, type ImportFile, type PostOverride, type When } from '../schema'
import { mustBeAhead } from '../times/times'
import { instantOf } from '../times/wall-time'

/** What a row of a file becomes. `addresses` are files that are yet to be fetched, in their places. */
export type PlannedRow = ImportedRow & {
  readonly content: PostContent
  readonly targets: readonly { readonly accountId: string; readonly override?: PostOverride }[]
  readonly when: z.output<typeof When> | undefined
  readonly recurrence: string | undefined
  readonly media: readonly NamedFile[]
  readonly mark: RowMark
}
/** What a row is known by when it comes again: what it says, and which of the equal rows of its file it is. */
export type RowMark = { readonly hash: string; readonly nth: number }
export type ImportPlan = {
  readonly rows: readonly PlannedRow[]
  readonly notes: readonly string[]
}

type World = {
  readonly ctx: Ctx
  readonly accounts: readonly (NamedAccount & { readonly judged: JudgedAccount })[]
  readonly usual: readonly string[]
  readonly files: readonly JudgedMedia[]
  /** Rules of rows before that cannot be used: to find that a rule never happens takes up to a second. */
  readonly brokenRules: string[]
  /** Marks of rows whose posts are there, as `hash/nth`. */
  readonly done: ReadonlySet<string>
}

/** After so many broken rules the others are not tried. */
const mostBroken = 10

type Said = ImportedRow['problems'][number]
const blocks = (message: string): Said => ({ severity: 'refusal', message })

/** Reads a file and says of each of its posts what would become of it. Writes nothing. */
export async function planImport(ctx: Ctx, file: z.output<typeof ImportFile>): Promise<Result<ImportPlan>> {
  const read: Result<ReadFile> = file.format === 'csv' ? readCsv(file.text) : readIcs(file.text)
  if (!read.ok) return read
  // What was imported before rows were known by what they say is known by its file, and its place there.
  const fileHash = sha256(file.text)
  const rows = await everyPage((after, take) =>
    ctx.db.account.findMany({
      where: { id: { gt: after }, state: { not: 'disconnected' } },
      orderBy: { id: 'asc' },
      take,
      select: { id: true, platform: true, method: true, handle: true, traits: true },
    }),
  )
  const accounts = rows.map((row) => ({
    id: row.id,
    platform: row.platform,
    handle: row.handle,
    label: adapterOf(row).label,
    options: adapterOf(row).options ?? [],
    judged: judgedAccount(row),
  }))
  const stranger = file.accountIds.find((id) => !accounts.some((account) => account.id === id))
  if (stranger !== undefined)
    return fail({ code: 'NOT_FOUND', message: 'A chosen account is not here any more. Choose again.' })
  const marked = withMarks(read.value.rows, file)
  const done = await ctx.db.importedRow.findMany({
    where: { hash: { in: [...marked.map(({ mark }) => mark.hash), fileHash] }, post: { deletedAt: null } },
    select: { hash: true, nth: true },
  })
  const doneBefore = new Set(done.flatMap(({ hash, nth }) => (hash === fileHash ? [nth] : [])))
  const world: World = {
    ctx,
    accounts,
    usual: file.accountIds,
    brokenRules: [],
    files: await namedFiles(ctx, read.value.rows),
    done: new Set([
      ...done.map(markName),
      ...marked.flatMap(({ row, mark }) => (doneBefore.has(row.row) ? [markName(mark)] : [])),
    ]),
  }
  const planned: PlannedRow[] = []
  for (const { row, mark } of marked) {
    planned.push(planRow(world, row, mark))
    // Whoever else waits for this process has a turn between two rows.
    await setImmediate()
  }
  return ok({ rows: planned, notes: read.value.notes })
}

const markName = ({ hash, nth }: RowMark): string => `${hash}/${nth}`

/** The same words at the same time for the same accounts are the same row, wherever in whichever file it stands. */
function withMarks(
  rows: readonly ImportRow[],
  file: Pick<z.output<typeof ImportFile>, 'accountIds' | 'projectId'>,
): readonly { readonly row: ImportRow; readonly mark: RowMark }[] {
  const seen = new Map<string, number>()
  return rows.map((row) => {
    const hash = rowHash(row, file)
    const nth = seen.get(hash) ?? 0
    seen.set(hash, nth + 1)
    return { row, mark: { hash, nth } }
  })
}

/**
 * Of what the row says, by the names of its columns; not of what it leaves empty, so that a column that comes to be one
 * day makes no old row new.
 */
export function rowHash(
  { row: _place, unread: _sentences, ...said }: ImportRow,
  { accountIds, projectId }: Pick<z.output<typeof ImportFile>, 'accountIds' | 'projectId'>,
): string {
  const empty: Readonly<Record<string, unknown>> = emptyRow
  const written = Object.entries(said)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(empty[name]))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return sha256(JSON.stringify([written, said.accounts.length > 0 ? [] : accountIds.toSorted(), projectId ?? '']))
}

function planRow(world: World, row: ImportRow, mark: RowMark): PlannedRow {
  const named = accountsNamed(row.accounts.length > 0 ? row.accounts : world.usual, world.accounts)
  const chosen = world.accounts.filter(({ id }) => named.found.some((one) => one.id === id))
  const media = filesOf(world.files, row.media)
  const time = timeOf(world, row)
  const content = contentOf(
    row,
    media.found.flatMap((one) => ('id' in one ? [one.id] : [])),
    world.files,
  )
  const own = chosen.map((account) => ({ account, override: overrideOf(account, row, world.files) }))
  const targets = own.map(({ account, override: { value } }) => ({
    accountId: account.id,
    judged: account.judged,
    ...(value ? { override: value } : {}),
  }))
  const said: Said[] = [
    ...row.unread.map(blocks),
    ...named.problems.map(blocks),
    ...media.problems.map(blocks),
    ...time.problems.map(blocks),
    ...strayOptions(chosen, row.options).map((name) => blocks(`No account of this post takes the setting ${name}.`)),
    ...strayWords(chosen, row).map((name) => blocks(`“${name}” in “by account” is not one account of this post.`)),
    ...[content, ...own.map(({ override }) => override)].flatMap(({ problems }) => problems.map(blocks)),
    ...(content.value ? judged(world, content.value, targets, media.found, time.when !== undefined) : []),
  ]
  const isBlocked = said.some(({ severity }) => severity === 'refusal')
  return {
    row: row.row,
    state: world.done.has(markName(mark)) ? 'done' : isBlocked ? 'blocked' : 'ready',
    excerpt: content.value ? excerptOf(content.value) : cutText(row.text, 80),
    wallTime: time.when?.kind === 'at' ? time.when.wallTime : [row.date, row.time].filter(Boolean).join(' ') || null,
    timeZone: row.zone || world.ctx.workspace.timeZone,
    accounts: chosen.map(({ id, platform, handle }) => ({ id, platform, handle })),
    problems: said,
    content: content.value ?? PostContent.parse({}),
    targets: targets.map(({ accountId, override }) => (override ? { accountId, override } : { accountId })),
    when: time.when,
    recurrence: row.recurrence || undefined,
    media: media.found,
    mark,
  }
}

type Time = { readonly when: z.output<typeof When> | undefined; readonly problems: readonly string[] }

/** Without a date a post is a draft. */
function timeOf({ ctx, brokenRules }: World, { date, time, zone, recurrence }: ImportRow): Time {
  if (!date && !time) return { when: undefined, problems: recurrence ? ['A post that comes again needs a date.'] : [] }
  const no = (message: string): Time => ({ when: undefined, problems: [message] })
  const mayNot = refusal(ctx, 'post.schedule')
  if (mayNot) return no(mayNot.message)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return no(`“${date}” is not a date. Write it like 2026-11-30.`)
  const clock = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(time)
  if (!clock)
    return no(
      time ? `“${time}” is not a time. Write it like 09:30.` : `There is no time on ${date}. Add one, like 09:30.`,
    )
  const timeZone = zone || ctx.workspace.timeZone
  if (!isTimeZone(timeZone)) return no(`“${zone}” is not a time zone. Write it like Europe/Zurich.`)
  const wall = { wallTime: `${date}T${clock[1]?.padStart(2, '0')}:${clock[2]}`, timeZone }
  const at = instantOf(wall)
  if (!at.ok) return no(at.error.message)
  const ahead = mustBeAhead(at.value, wall)
  if (!ahead.ok) return no(ahead.error.message)
  if (recurrence && brokenRules.length >= mostBroken) return no('Correct the repetition rules of the rows above first.')
  const series = recurrence ? readRule(recurrence, wall.wallTime, timeZone) : undefined
  if (series && !series.ok) {
    brokenRules.push(recurrence)
    return no(series.error.message)
  }
  return { when: { kind: 'at', ...wall, fold: 'earlier' }, problems: [] }
}

type JudgedTarget = { readonly judged: JudgedAccount; readonly override?: PostOverride }

function judged(
  { files }: World,
  content: PostContent,
  targets: readonly JudgedTarget[],
  media: readonly NamedFile[],
  isScheduled: boolean,
): readonly Said[] {
  const waiting = media.filter((one) => 'address' in one).length
  const found = targets
    .flatMap(({ judged, override }) => problems(content, override, judged, files))
    // What is not here yet cannot be judged, nor be said to be missing.
    .filter(({ field }) => waiting === 0 || (field !== 'media' && field !== 'alt'))
    // A draft may have anything against it; it is said all the same.
    .map(({ severity, message }): Said => ({ severity: isScheduled ? severity : 'advice', message }))
  return [
    ...(isScheduled && targets.length === 0 ? [blocks('Name at least one account to post to.')] : []),
    ...new Map(found.map((one) => [one.message, one])).values(),
    ...(waiting > 0
      ? [
          {
            severity: 'advice' as const,
            message: `${waiting === 1 ? 'A file is' : `${waiting} files are`} fetched when it is imported, and judged then.`,
          },
        ]
      : []),
  ]
}
