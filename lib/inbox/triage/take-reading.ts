import { whoIs } from '@/lib/contacts'
import type { Incoming } from '@/lib/platforms'
import { toJson } from '@/lib/core/json'
import { transact, type Ctx } from '@/lib/workspace'
import { keepClocks } from './keep-clocks'
import { holdWhereSaid } from '../desk/hold-where'
import { readWords, type ModelRead } from '../drafting/read-words'
import { sumUpConversations } from './sum-up'
import { triageFactors } from './triage-settings'

type Taken = { readonly messageId: string; readonly text: string; readonly model: ModelRead }

/**
 * Lets a model's reading stand for a message in a language that ours does not cover, and weighs the message by it. What
 * was changed at the network meanwhile stays as it is.
 */
export async function takeReading(ctx: Ctx, { messageId, text, model }: Taken): Promise<void> {
  const factors = await triageFactors(ctx)
  await transact(ctx, async (work) => {
    const where = { id: messageId }
    const conversationId = await holdWhereSaid(work, messageId)
    if (conversationId === undefined) return
    const row = await work.db.message.findFirst({
      where: { ...where, text, deletedAt: null },
      select: { source: true, identityId: true },
    })
    if (!row) return
    // The column is written by receive.ts, from an Incoming, and nowhere else.
    const words = row.source as unknown as Incoming
    const author = (await whoIs(work, [row.identityId])).get(row.identityId ?? '')
    const { priority, lead } = readWords(factors, words, author?.leadStage, { model })
    await work.db.message.update({
      where,
      data: {
        intent: model.intent,
        sentiment: model.sentiment,
        priority: priority.score,
        reasons: toJson({ priority, lead }),
      },
      select: { id: true },
    })
    await sumUpConversations(work, [conversationId])
    work.record({
      type: 'conversation.weighed',
      subject: { type: 'conversation', id: conversationId },
      // The trail cannot be changed: of who is erased it must not tell what they felt or wanted.
      particulars: { messageId },
    })
    await keepClocks(ctx, work, [conversationId])
  })
}
