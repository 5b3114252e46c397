import { z } from 'zod'
import { ok, type Result } from '@/lib/core/result'
import { understand } from '@/lib/language'
import { Understanding } from '@/lib/language/schema'
import { query } from '@/lib/workspace'
import type { Reading } from '../schema'

const rounded = (weight: number): number => Math.round(weight * 100) / 100

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
  const { isMeasured, language, sentiment, emotion, intent, toxicity, spam, keywords, pii } = read
  const isPersonal = ({ start, end }: { readonly start: number; readonly end: number }) =>
    pii.some((of) => start < of.end && end > of.start)
  const personal = pii.map(({ start, end }) => text.slice(start, end).toLowerCase())
  const kinds = Map.groupBy(pii, ({ kind }) => kind)
  return {
    language: language.code,
    isMeasured,
    sentiment: {
      label: sentiment.label,
      score: sentiment.score,
      tokens: sentiment.tokens
        .filter((token) => !isPersonal(token))
        .map(({ text: said, weight, by }) => ({ text: said, weight: rounded(weight), by })),
    },
    emotion: emotion.label,
    intent: { label: intent.label, confidence: intent.confidence },
    toxicity: { score: toxicity.score, isToxic: toxicity.isToxic, kinds: toxicity.kinds },
    spam: { score: spam.score, isSpam: spam.isSpam },
    keywords: keywords
      .map((keyword) => keyword.text)
      .filter((word) => !personal.some((one) => one.includes(word.toLowerCase()) || word.toLowerCase().includes(one))),
    personal: [...kinds].map(([kind, found]) => ({ kind, count: found.length })),
  }
}
