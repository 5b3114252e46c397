import { fail, ok, type Result } from '@/lib/core/result'
import { feltIn, understand } from '@/lib/language'
import { emotions, Understanding } from '@/lib/language/schema'
import { query, type Ctx } from '@/lib/workspace'
import { noSuchConversation } from '../lists/queries'
import { OneConversation, Reasons, type Understood } from '../schema'
import { wantsAnswer } from './triage-schema'

/**
 * How the words that a conversation is weighed by were understood, each judgement with the words that made it; and
 * which personal data they name, by kind alone. Null where nobody said anything in words. Kept with the message; read anew where it is not.
 */
export const understoodIn = query({
  can: 'inbox.read',
  input: OneConversation,
  async run(ctx, { conversationId }): Promise<Result<Understood | null>> {
    const conversation = await ctx.db.conversation.findUnique({
      where: { id: conversationId },
      select: { reasons: true },
    })
    if (!conversation) return fail(noSuchConversation)
    const { messageId } = Reasons.parse(conversation.reasons)
    const message = await ctx.db.message.findFirst({
      // What nothing was added to since Posthorn notes by what it is weighed is weighed by the last.
      where: {
        conversationId,
        own: false,
        ...(messageId === undefined ? { deletedAt: null, kind: { in: [...wantsAnswer] } } : { id: messageId }),
      },
      orderBy: [{ at: 'desc' }, { externalId: 'desc' }],
      select: { id: true, text: true, sentiment: true, understanding: true },
    })
    if (!message || message.text.trim() === '') return ok(null)
    const { text } = message
    const understood = Understanding.safeParse(message.understanding).data ?? understand(text)
    return ok({
      score: message.sentiment ?? feltIn(text, understood),
      model: await readByModel(ctx, message.id),
      ...withoutPersonal(text, understood),
    })
  },
})

async function readByModel({ db }: Ctx, messageId: string): Promise<Understood['model']> {
  const reading = await db.aiReading.findUnique({
    where: { messageId },
    select: { intent: true, sentiment: true, disagrees: true },
  })
  if (!reading || reading.intent === null || reading.sentiment === null) return null
  return { intent: reading.intent, sentiment: reading.sentiment, disagrees: reading.disagrees ?? false }
}

type Span = { readonly start: number; readonly end: number }
const rounded = (weight: number): number => Math.round(weight * 100) / 100

/** What may be shown of how a text was understood: no word of personal data. */
export function withoutPersonal(text: string, { pii, ...read }: Understanding): Omit<Understood, 'score' | 'model'> {
  const isPersonal = (at: Span) => pii.some(({ start, end }) => at.start < end && at.end > start)
  const { sentiment, emotion, toxicity, spam } = read
  const kinds = Map.groupBy(pii, ({ kind }) => kind)
  return {
    byWords: feltIn(text, read),
    intentByWords: read.intent.label,
    isMeasured: read.isMeasured,
    words: sentiment.tokens
      .filter((token) => !isPersonal(token))
      .map(({ text: word, weight, by }) => ({ text: word, weight: rounded(weight), by })),
    language: read.language.code,
    emotions: emotions
      .filter((name) => emotion.scores[name] > 0)
      .toSorted((a, b) => emotion.scores[b] - emotion.scores[a])
      .map((name) => ({
        name,
        share: emotion.scores[name],
        words: emotion.tokens
          .filter((token) => token.emotion === name && !isPersonal(token))
          .map(({ text: word }) => word),
      })),
    keywords: read.keywords.filter(({ text: words }) => !placesOf(text, words).some(isPersonal)),
    toxicity: {
      share: read.isMeasured ? toxicity.score : null,
      isToxic: read.isMeasured ? toxicity.isToxic : null,
      kinds: toxicity.kinds,
      // A word that both the list and the model know stands there once, with what it adds to the score.
      words: [...new Map(toxicity.tokens.map((token) => [token.start, token])).values()]
        .filter((token) => !isPersonal(token))
        .map(({ text: word, weight }) => ({ text: word, weight: rounded(weight) })),
    },
    spam: {
      share: spam.score,
      isSpam: spam.isSpam,
      reasons: spam.reasons.map(({ because, text: said, start, end, weight }) => ({
        because,
        weight: rounded(weight),
        ...(said !== undefined && start !== undefined && end !== undefined && !isPersonal({ start, end })
          ? { text: said }
          : {}),
      })),
    },
    personal: [...kinds].map(([kind, found]) => ({ kind, count: found.length })),
  }
}

function placesOf(text: string, words: string): readonly Span[] {
  const places: Span[] = []
  for (let start = text.indexOf(words); start >= 0; start = text.indexOf(words, start + 1))
    places.push({ start, end: start + words.length })
  return places
}
