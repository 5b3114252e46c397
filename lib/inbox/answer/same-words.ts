import { sha256 } from '@/lib/core/crypto'
import { oneLine } from '@/lib/platforms/text'
import type { Work } from '@/lib/workspace'

/**
 * Two answers with the same words and files to the same message are one: the second is refused before anything is sent.
 * Files count by their bytes; what all may read is another answer than what its author alone does.
 */
export const contentHashOf = (
  text: string,
  files: readonly { readonly sha256: string }[] = [],
  isPrivate = false,
): string =>
  sha256([oneLine(text), ...files.map((file) => file.sha256), ...(isPrivate ? ['privately'] : [])].join('\n'))

/** An answer that is written for many conversations goes to each of them once, however it reads there. */
export const onceKeyOf = (conversationId: string, unfilled: string): string =>
  sha256([conversationId, oneLine(unfilled)].join('\n'))

/** Once an answer goes nowhere, the same words may be said again. */
export const freed = (replyId: string, text: string) => ({
  contentHash: `${contentHashOf(text)}:${replyId}`,
  onceKey: null,
})

/** Lets the words of an answer that goes nowhere be said again. */
export async function freeWords({ db }: Work, replyId: string): Promise<void> {
  const where = { id: replyId }
  const { text } = await db.reply.findUniqueOrThrow({ where, select: { text: true } })
  await db.reply.update({ where, data: freed(replyId, text), select: { id: true } })
}
