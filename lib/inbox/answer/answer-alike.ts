import { inMs, second } from '@/lib/core/clock'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { noSuchVariable, unknownVariables } from '@/lib/routing'
import { operation, type Ctx, type Work } from '@/lib/workspace'
import { AnswerAlike, type AlikeCard, type AlikeReport } from '../schema'
import type { Copy } from '../triage/alike'
import { undoSeconds } from '../triage/triage-settings'
import { alikeDesk, sameAnswer } from './alike-desk'
import { whyAnswered } from './has-answer'
import { onceKeyOf } from './same-words'
import { given, intend } from './write-reply'

/** So long it takes at most to write one of them: the time to take them back begins when the last is written. */
const writingMs = 50

type Item = AlikeReport['items'][number]
const noLonger = 'It no longer says nearly the same.'

/**
 * Answers everybody who says nearly the same, each as the words read there and by the road of any answer. What was
 * answered since, or cannot be, is left out and said. Asked again with the same words it sends nothing again. At most 200.
 */
export const answerAlike = operation({
  can: 'inbox.reply',
  input: AnswerAlike,
  async run(ctx, { conversationId, conversationIds, text }): Promise<Result<AlikeReport>> {
    const unknown = unknownVariables(text)
    if (unknown.length > 0) return fail(noSuchVariable(unknown))
    const desk = await alikeDesk(ctx, conversationId, text)
    if (!desk.ok) return desk
    const cards = new Map(desk.value.items.map((card) => [card.conversationId, card]))
    const wanted = [...new Set(conversationIds ?? cards.keys())]
    const sendAt = inMs((await undoSeconds(ctx)) * second + wanted.length * writingMs)
    const items: Item[] = []
    for (const id of wanted) {
      const card = cards.get(id)
      items.push(
        card
          ? await answerOne(ctx, card, text, sendAt)
          : { conversationId: id, name: '', outcome: 'left_out', message: noLonger },
      )
    }
    return ok({ sendAt: sendAt.toISOString(), items })
  },
})

async function answerOne(ctx: Ctx, card: AlikeCard & Copy, unfilled: string, sendAt: Date): Promise<Item> {
  const { conversationId, messageId, name, text, problem } = card
  const who = { conversationId, name }
  if (problem === sameAnswer) return { ...who, outcome: 'known' }
  if (problem !== null || text === null)
    return { ...who, outcome: 'left_out', message: problem ?? 'It cannot be filled in.' }
  const onceKey = onceKeyOf(conversationId, unfilled)
  const done = await intend(ctx, { messageId, text, evenSo: false }, 'queued', {
    sendAt,
    onceKey,
    first: (work) => answeredMeanwhile(work, messageId, onceKey),
  })
  if (done.ok) return { ...who, outcome: 'queued', replyId: done.value.replyId }
  if (done.error === given) return { ...who, outcome: 'known' }
  return { ...who, outcome: 'left_out', message: done.error.message }
}

/** Asked while nobody else can write: what was true when it was looked at need no longer be. */
async function answeredMeanwhile(work: Work, messageId: string, onceKey: string): Promise<Failure | undefined> {
  if ((await work.db.reply.count({ where: { onceKey } })) > 0) return given
  return whyAnswered(work, messageId)
}
