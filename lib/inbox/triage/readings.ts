import { z } from 'zod'
import { ok, type Result } from '@/lib/core/result'
import { understand } from '@/lib/language'
import { Understanding } from '@/lib/language/schema'
import { query } from '@/lib/workspace'
import type { Reading } from '../schema'
import { withoutPersonal } from './understood'

/**
 * How the words of each of these messages of others were understood, by their ids: kept with the message; read anew
 * where it is not. Of personal data the kind alone, and no word of it. What is in no words has no reading.
 */
export const readMessages = query({
  can: 'inbox.read',
  input: z.object({ messageIds: z.array(z.string().min(1).max(64)).max(100) }),
  async run(ctx, { messageIds }): Promise<Result<ReadonlyMap<string, Reading>>> {
    const rows = await ctx.db.message.findMany({
      where: { id: { in: messageIds }, own: false, deletedAt: null },
      select: { id: true, text: true, understanding: true },
    })
    return ok(
      new Map(
        rows
          .filter(({ text }) => text.trim() !== '')
          .map(({ id, text, understanding }) => [
            id,
            readingOf(text, Understanding.safeParse(understanding).data ?? understand(text)),
          ]),
      ),
    )
  },
})

function readingOf(text: string, read: Understanding): Reading {
  const { byWords: score, intentByWords: _intent, words, ...rest } = withoutPersonal(text, read)
  const { label, confidence } = read.intent
  return {
    ...rest,
    sentiment: { label: score === null ? null : read.sentiment.label, score, words },
    intent: { label, confidence },
  }
}
