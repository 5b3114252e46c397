import { fail, ok, type Result } from '@/lib/core/result'
import { query } from '@/lib/workspace'
import { readCsv, readJson, type ReadRow } from './read-import'
import { PreviewMessages, type MessagesPreview } from '../schema'

/** What would become of each message of a file. Writes nothing. */
export const previewMessages = query({
  can: 'inbox.import',
  input: PreviewMessages,
  async run(ctx, { accountId, format, text }): Promise<Result<MessagesPreview>> {
    const account = await ctx.db.account.findUnique({ where: { id: accountId }, select: { id: true } })
    if (!account) return fail({ code: 'NOT_FOUND', message: 'There is no such account in this workspace.' })
    const read = format === 'csv' ? readCsv(text) : readJson(text)
    if (!read.ok) return read
    const ids = read.value.rows.flatMap(({ message }) => (message ? [message.id] : []))
    const kept = await ctx.db.message.findMany({
      where: { accountId, externalId: { in: ids } },
      select: { externalId: true },
    })
    const isKept = new Set(kept.map(({ externalId }) => externalId))
    const firstOf = firstRows(read.value.rows)
    const rows = read.value.rows.map(({ row, message, problems, written }) => {
      const first = message && firstOf.get(message.id)
      if (message && first !== row)
        return { row, written, message: null, state: 'blocked' as const, problems: [sameAs(first)] }
      const state = message ? (isKept.has(message.id) ? 'done' : 'ready') : 'blocked'
      return { row, written, message, problems, state } as const
    })
    return ok({ rows, notes: read.value.notes })
  },
})

const sameAs = (row: number | null | undefined): string =>
  `id: Row ${row} has the same. Give each message one of its own.`

/** Where each id is named first. */
function firstRows(rows: readonly ReadRow[]): ReadonlyMap<string, number> {
  const first = new Map<string, number>()
  for (const { row, message } of rows) if (message && !first.has(message.id)) first.set(message.id, row)
  return first
}
