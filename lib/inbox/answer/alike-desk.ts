import { fail, ok, type Result } from '@/lib/core/result'
import { measure, problemAt } from '@/lib/platforms/text'
import { render } from '@/lib/routing'
import { query, type Ctx } from '@/lib/workspace'
import { noSuchConversation, nowOf } from '../lists/queries'
import { CheckAlike, mostAnswered, wantsAnswer, type AlikeCard, type AlikeDesk } from '../schema'
import { copiesOf, type Copy } from '../triage/alike'
import { answerableColumns, wayToAnswer } from './answerable'
import { replyRule } from './answering'
import { answeredAlready, answerUnderWay, onTheWay, toThem } from './has-answer'
import { onceKeyOf } from './same-words'
import { valuesFor } from './values'

export const sameAnswer = 'It has this very answer already.'

/** `toThem`, of an answer that was read. */
const isToThem = (reply: Copy, copy: Copy, kind: string | undefined): boolean => {
  const { conversationId = reply.conversationId, messageId = reply.messageId } = toThem(copy, kind)
  return conversationId === reply.conversationId && messageId === reply.messageId
}

/** Each with the message that would be answered. */
type Desk = Omit<AlikeDesk, 'items'> & { readonly items: readonly (AlikeCard & Copy)[] }

/** Where one answer to all that say nearly the same would go, how it would read there, and where it cannot go. */
export async function alikeDesk(ctx: Ctx, conversationId: string, text = ''): Promise<Result<Desk>> {
  const copies = await copiesOf(ctx, conversationId)
  if (copies.length === 0 && (await ctx.db.conversation.count({ where: { id: conversationId } })) === 0)
    return fail(noSuchConversation)
  const asked = copies.slice(0, mostAnswered)
  const ids = asked.map((copy) => copy.conversationId)
  const messageIds = asked.map(({ messageId }) => messageId)
  const [rows, waiting, known, values] = await Promise.all([
    ctx.db.message.findMany({
      where: { id: { in: messageIds } },
      select: { ...answerableColumns, answeredAt: true },
    }),
    ctx.db.reply.findMany({
      where: { conversationId: { in: ids }, state: { in: onTheWay } },
      select: { conversationId: true, messageId: true },
    }),
    ctx.db.reply.findMany({
      where: { onceKey: { in: text ? ids.map((id) => onceKeyOf(id, text)) : [] } },
      select: { conversationId: true },
    }),
    valuesFor(ctx, messageIds),
  ])

  const items = asked.map((copy): AlikeCard & Copy => {
    const row = rows.find(({ id }) => id === copy.messageId)
    const card = {
      ...copy,
      platform: row?.conversation.account.platform ?? '',
      name: values.get(copy.messageId)?.['contact.name'] ?? '',
    }
    const no = (problem: string) => ({ ...card, text: null, problem })
    if (known.some(({ conversationId: id }) => id === copy.conversationId)) return no(sameAnswer)
    if (waiting.some((reply) => isToThem(reply, copy, row?.kind))) return no(answerUnderWay)
    if (row?.answeredAt) return no(answeredAlready)
    if (row && !wantsAnswer.includes(row.kind)) return no('It is of a kind that wants no answer.')
    const may = wayToAnswer(row ?? null, { actorId: ctx.actor.id })
    if (!may.ok) return no(may.error.message)
    const theirs = values.get(copy.messageId)
    if (!text || !theirs) return { ...card, text: null, problem: null }
    const said = render(text, theirs)
    if (!said.ok) return no(said.error.message)
    const { platform, message } = may.value
    const [problem] = measure(
      said.value,
      replyRule(platform, { kind: message.kind, traits: message.conversation.account.traits }),
    ).problems
    return problem ? no(problemAt(platform.label, problem)) : { ...card, text: said.value, problem: null }
  })
  return ok({ items, more: copies.length - asked.length })
}

/** Where one answer would go, asked before it is sent. */
export const checkAlike = query({
  can: 'inbox.read',
  input: CheckAlike,
  async run(ctx, { text, ...asked }): Promise<Result<AlikeDesk>> {
    const conversationId = await nowOf(ctx, asked.conversationId)
    if (!conversationId) return fail(noSuchConversation)
    const desk = await alikeDesk(ctx, conversationId, text)
    if (!desk.ok) return desk
    const { items, more } = desk.value
    return ok({ items: items.map(({ messageId: _message, ...card }) => card), more })
  },
})
