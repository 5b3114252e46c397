import { sha256 } from '@/lib/core/crypto'
import { oneLine } from '@/lib/platforms/text'
import type { Work } from '@/lib/workspace'

/**
 * Two answers with the same words and files to the same message are one: the second is refused before anything is sent.
 * Files count by their bytes.
 */
export const contentHashOf = (text: string, files: readonly { readonly sha256: string }[] = []): string =>
  sha256([oneLine(text), ...files.map((file) => file.sha256)].join('\n'))

/** Once an answer goes nowhere, the same words may be said again. */
export const freedHash = (replyId: string, text: string): string => `${contentHashOf(text)}:${replyId}`

/** Lets the words of an answer that goes nowhere be said again. */
export async function freeWords({ db }: Work, replyId: string): Promise<void> {
  const where = { id: replyId }
  const { text } = await db.reply.findUniqueOrThrow({ where, select: { text: true } })
  await db.reply.update({ where, data: { contentHash: freedHash(replyId, text) }, select: { id: true } })
}
