import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { operation } from '@/lib/workspace'
import { takeIn, type Received } from './receive'
import { readCsv } from './read-import'
import { ImportMessages, type ImportedMessage } from '../schema'

/**
 * Brings in what was said elsewhere before, in any order and as often as one likes: each message is kept once by its id.
 * All are read before any is kept; a CSV that has one wrong line changes nothing.
 */
export const importMessages = operation({
  can: 'inbox.import',
  input: ImportMessages,
  async run(ctx, { accountId, ...given }): Promise<Result<Received>> {
    const read = given.csv === undefined ? ok(given.messages ?? []) : readTable(given.csv)
    if (!read.ok) return read
    return takeIn(ctx, { accountId, items: read.value.map(toIncoming), via: 'import' })
  },
})

/** All messages of a table, or the first thing that is wrong in it. */
function readTable(csv: string): Result<readonly ImportedMessage[]> {
  const read = readCsv(csv)
  if (!read.ok) return read
  const messages: ImportedMessage[] = []
  for (const { row, message, problems } of read.value.rows) {
    if (!message) return fail(badLine(row, problems[0] ?? 'It cannot be read.'))
    messages.push(message)
  }
  return ok(messages)
}

const badLine = (line: number, why: string): Failure => ({
  code: 'VALIDATION_ERROR',
  message: `Line ${line} of the CSV: ${why} Nothing was imported.`,
  fields: { csv: [`line ${line}: ${why}`] },
})

/**
 * What says of no conversation which it belongs to stands with its post, with whom it was written by, or alone; what we
 * said in private, with what it answers.
 */
function toIncoming({ id, author, conversation, ...message }: ImportedMessage) {
  const isPrivate = message.kind === 'dm'
  const alone = isPrivate && !message.own ? `dm:${author.id}` : id
  return {
    ...message,
    externalId: id,
    change: 'new' as const,
    author: authorOf(author),
    conversation: conversation ?? message.post ?? alone,
    ...(isPrivate && message.own && conversation === undefined ? { conversationOf: 'parent' as const } : {}),
    media: [],
    ref: null,
  }
}

/** Whoever is named by an id or a handle alone keeps the name they are known by. */
const authorOf = ({ id, handle, name }: ImportedMessage['author']) =>
  name === undefined
    ? { externalId: id, handle: handle ?? id, displayName: handle ?? id, nameless: true as const }
    : { externalId: id, handle: handle ?? '', displayName: name }
