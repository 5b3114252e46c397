import { fail, ok, type Result } from '@/lib/core/result'
import { understand } from '@/lib/language'
import { Understanding } from '@/lib/language/schema'
import { query } from '@/lib/workspace'
import { isHere, noSuchConversation } from '../lists/queries'
import { OneConversation, type Understood } from '../schema'
import { wantsAnswer } from './sum-up'

const rounded = (weight: number): number => Math.round(weight * 100) / 100

/**
 * How the words that a conversation is weighed by were understood: which of them made the feeling, and which personal
 * data they name, by kind alone. Null where nobody said anything in words. Kept with the message; read anew where it is not.
 */
export const understoodIn = query({
  can: 'inbox.read',
  input: OneConversation,
  async run(ctx, { conversationId }): Promise<Result<Understood | null>> {
    const message = await ctx.db.message.findFirst({
      where: { conversationId, own: false, deletedAt: null, kind: { in: [...wantsAnswer] } },
      orderBy: [{ at: 'desc' }, { externalId: 'desc' }],
      select: { text: true, sentiment: true, understanding: true },
    })
    if (!message && !(await isHere(ctx, conversationId))) return fail(noSuchConversation)
    if (!message || message.text.trim() === '') return ok(null)
    const { isMeasured, sentiment, pii } =
      Understanding.safeParse(message.understanding).data ?? understand(message.text)
    const kinds = Map.groupBy(pii, ({ kind }) => kind)
    const isPersonal = (token: { readonly start: number; readonly end: number }) =>
      pii.some(({ start, end }) => token.start < end && token.end > start)
    return ok({
      score: message.sentiment ?? sentiment.score,
      byWords: sentiment.score,
      isMeasured,
      words: sentiment.tokens
        .filter((token) => !isPersonal(token))
        .map(({ text, weight, by }) => ({ text, weight: rounded(weight), by })),
      personal: [...kinds].map(([kind, found]) => ({ kind, count: found.length })),
    })
  },
})
