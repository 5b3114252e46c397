import Papa from 'papaparse'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { explainIssues, operation } from '@/lib/workspace'
import { takeIn, type Received } from './receive'
import { ImportedMessage, ImportMessages, mostImported } from '../schema'

/**
 * Brings in what was said elsewhere before, in any order and as often as one likes: each message is kept once by its id.
 * All are read before any is kept; a CSV that has one wrong line changes nothing.
 */
export const importMessages = operation({
  can: 'inbox.import',
  input: ImportMessages,
  async run(ctx, { accountId, ...given }): Promise<Result<Received>> {
    const read = given.csv === undefined ? ok(given.messages ?? []) : readCsv(given.csv)
    if (!read.ok) return read
    return takeIn(ctx, { accountId, items: read.value.map(toIncoming), via: 'import' })
  },
})

const badCsv = (line: number, why: string): Failure => ({
  code: 'VALIDATION_ERROR',
  message: `Line ${line} of the CSV: ${why} Nothing was imported.`,
  fields: { csv: [`line ${line}: ${why}`] },
})

/** Empty cells count as not given; yes, true and 1 are true. */
function asMessage(row: Readonly<Record<string, string>>): unknown {
  const cells = Object.fromEntries(Object.entries(row).filter(([, cell]) => cell.trim() !== ''))
  const { authorId, authorHandle, authorName, own, rating, ...rest } = cells
  return {
    ...rest,
    // A review may be stars alone.
    ...(row.text === undefined ? {} : { text: row.text }),
    author: { id: authorId, handle: authorHandle, name: authorName },
    ...(own === undefined ? {} : { own: /^(1|true|yes)$/i.test(own) }),
    ...(rating === undefined ? {} : { rating: Number(rating) }),
  }
}

function readCsv(csv: string): Result<readonly ImportedMessage[]> {
  const { data, errors } = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: 'greedy' })
  const [broken] = errors.filter(({ type }) => type !== 'Delimiter')
  if (broken) return fail(badCsv((broken.row ?? 0) + 2, `${broken.message}.`))
  if (data.length > mostImported)
    return fail({ code: 'VALIDATION_ERROR', message: `Send at most ${mostImported} lines at once, in several calls.` })
  const messages: ImportedMessage[] = []
  for (const [n, raw] of data.entries()) {
    const message = ImportedMessage.safeParse(asMessage(raw))
    if (!message.success) return fail(badCsv(n + 2, explainIssues(message.error).message))
    messages.push(message.data)
  }
  return ok(messages)
}

/** What says of no conversation which it belongs to stands with its post, with whom it was written by, or alone. */
function toIncoming({ id, author, conversation, ...message }: ImportedMessage) {
  const alone = message.kind === 'dm' ? `dm:${author.id}` : id
  return {
    ...message,
    externalId: id,
    change: 'new' as const,
    author: { externalId: author.id, handle: author.handle ?? author.id, displayName: author.name ?? author.id },
    conversation: conversation ?? message.post ?? alone,
    media: [],
    ref: null,
  }
}
