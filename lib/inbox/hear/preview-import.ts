import { fail, ok, type Result } from '@/lib/core/result'
import { query } from '@/lib/workspace'
import { readCsv, readJson, readList, type ReadMessages, type ReadRow } from './read-import'
import { ExactMessage, PreviewMessages, type MessagesPreview, type PreviewFile } from '../schema'

/** What would become of each message of a file. Writes nothing. */
export const previewMessages = query({
  can: 'inbox.import',
  input: PreviewMessages,
  async run(ctx, file): Promise<Result<MessagesPreview>> {
    const account = await ctx.db.account.findUnique({ where: { id: file.accountId }, select: { id: true } })
    if (!account) return fail({ code: 'NOT_FOUND', message: 'There is no such account in this workspace.' })
    const read = readFile(file)
    if (!read.ok) return read
    const ids = read.value.rows.flatMap(({ message }) => (message ? [message.id] : []))
    const kept = await ctx.db.message.findMany({
      where: { accountId: file.accountId, externalId: { in: ids } },
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

function readFile(file: PreviewFile): Result<ReadMessages> {
  switch (file.format) {
    case 'csv':
      return readCsv(file.text)
    case 'json':
      return readJson(file.text)
    case 'list':
      return readList(file.messages, ExactMessage)
  }
}

const sameAs = (row: number | null | undefined): string =>
  `id: Row ${row} has the same. Give each message one of its own.`

/** Where each id is named first. */
function firstRows(rows: readonly ReadRow[]): ReadonlyMap<string, number> {
  const first = new Map<string, number>()
  for (const { row, message } of rows) if (message && !first.has(message.id)) first.set(message.id, row)
  return first
}
