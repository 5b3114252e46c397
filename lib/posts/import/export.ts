import { now } from '@/lib/core/clock'
import { when } from '@/lib/core/format'
import { ok, type Result } from '@/lib/core/result'
import { query } from '@/lib/workspace'
import { passing } from '../lists/cards'
import { writeCsv, type ExportRow } from './csv'
import { writeIcs, type ExportEvent } from './ics'
import { ExportPosts, PostContent, PostOverride } from '../schema'

/** More would be more than a table, or a calendar, is made for. */
const most = 10_000

type Written = { readonly name: string; readonly type: string; readonly text: string; readonly posts: number }

/**
 * The posts of a filter as a file that can be imported again: the words that all accounts share, and what each account
 * has chosen of its network. A calendar holds only posts that have a time.
 */
export const exportPosts = query({
  can: 'post.read',
  input: ExportPosts,
  async run(ctx, { format, from, to, ...filter }): Promise<Result<Written>> {
    const due = from || to ? { publishAt: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) } } : {}
    const timed = format === 'ics' ? { publishAt: { not: null } } : {}
    const rows = await ctx.db.post.findMany({
      where: { ...passing(filter), AND: [due, timed] },
      orderBy: [{ publishAt: 'asc' }, { id: 'asc' }],
      take: most,
      select: {
        id: true,
        excerpt: true,
        content: true,
        publishAt: true,
        timeZone: true,
        variants: { select: { platform: true, override: true, account: { select: { handle: true } } } },
      },
    })
    const { timeZone, slug, name } = ctx.workspace
    const events = rows.map((row): ExportEvent => ({
      id: row.id,
      excerpt: row.excerpt,
      publishAt: row.publishAt?.toISOString() ?? '',
      ...rowOf(row, timeZone),
    }))
    const file = `${slug}-posts-${when(now(), timeZone, 'yyyy-MM-dd')}.${format}`
    return ok(
      format === 'csv'
        ? { name: file, type: 'text/csv; charset=utf-8', text: writeCsv(events), posts: events.length }
        : {
            name: file,
            type: 'text/calendar; charset=utf-8',
            text: writeIcs(name, events, now()),
            posts: events.length,
          },
    )
  },
})

type Row = {
  readonly content: unknown
  readonly publishAt: Date | null
  readonly timeZone: string | null
  readonly variants: readonly {
    readonly platform: string
    readonly override: unknown
    readonly account: { readonly handle: string }
  }[]
}

function rowOf(row: Row, usualZone: string): ExportRow {
  const content = PostContent.parse(row.content)
  const zone = row.timeZone ?? usualZone
  const wall = row.publishAt ? when(row.publishAt, zone, "yyyy-MM-dd'T'HH:mm") : ''
  return {
    date: wall.slice(0, 10),
    time: wall.slice(11),
    zone: wall ? zone : '',
    accounts: row.variants.map(({ platform, account }) => `${platform}:${account.handle}`),
    text: content.text,
    title: content.title ?? '',
    link: content.link ?? '',
    // By their ids: names may be there twice.
    media: content.mediaIds,
    options: Object.assign({}, ...row.variants.map(optionsOf)),
    firstComment: content.firstComment ?? '',
    thread: content.thread.map(({ text }) => text),
  }
}

function optionsOf({ platform, override }: Row['variants'][number]): Record<string, string> {
  const options = override === null ? {} : (PostOverride.parse(override).options ?? {})
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      `${platform}.${name}`,
      typeof value === 'object' ? value.join('|') : typeof value === 'boolean' ? (value ? 'yes' : 'no') : value,
    ]),
  )
}
