import { fail, ok, type Result } from '@/lib/core/result'
import { getMacro, holdTeams, listSavedReplies, render } from '@/lib/routing'
import type { MacroStep, SavedReplyCard } from '@/lib/routing/schema'
import { operation, transact, type Ctx } from '@/lib/workspace'
import type { z } from 'zod'
import { act, type Act } from './act'
import { eachOf } from './each'
import { holdHere } from './hold-still'
import { keepClocks } from '../triage/keep-clocks'
import { noSuchConversation } from '../lists/queries'
import { RunMacro, type BulkReport } from '../schema'
import { noSuchMessage, nothingAsked } from '../answer/filled-replies'
import { valuesFor } from '../answer/values'
import { writeReply, writeUnlessAnswered } from '../answer/write-reply'
import { lastAsked } from '../triage/last-asked'

/**
 * Runs a macro on each conversation for itself. Its answer comes first: where it is refused, nothing of the macro is
 * done there. Whoever runs it needs the right to answer only when it does. Nothing is done anywhere when the message that it
 * is to answer stands in none of them, or takes no answer now.
 */
export const runMacro = operation({
  can: 'inbox.triage',
  input: RunMacro,
  async run(ctx, { macroId, conversationIds, answering }): Promise<Result<BulkReport>> {
    const macro = await getMacro(ctx, { id: macroId })
    if (!macro.ok) return macro
    const { steps } = macro.value
    const chosenIn = answering && (await placeOf(ctx, answering.messageId))
    if (answering && (!chosenIn || !conversationIds.includes(chosenIn))) return fail(noSuchMessage)
    const saved = steps.some(isReply) ? await listSavedReplies(ctx, {}) : ok([])
    if (!saved.ok) return saved
    const chosen =
      chosenIn === undefined ? undefined : await runOn(ctx, chosenIn, steps, { saved: saved.value, to: answering })
    if (chosen && !chosen.ok) return chosen
    const run = async (id: string) =>
      id === chosenIn && chosen ? chosen : runOn(ctx, id, steps, { saved: saved.value, to: undefined })
    return ok(await eachOf(conversationIds, run))
  },
})

const placeOf = async ({ db }: Ctx, id: string): Promise<string | undefined> =>
  (await db.message.findUnique({ where: { id }, select: { conversationId: true } }))?.conversationId

type Answer = {
  readonly saved: readonly SavedReplyCard[]
  /** What the person who runs it is answering, and to which readers. */
  readonly to: z.output<typeof RunMacro>['answering']
}

const isReply = (step: MacroStep): step is Extract<MacroStep, { do: 'reply' }> => step.do === 'reply'
const isAct = (step: MacroStep): step is Exclude<MacroStep, { do: 'reply' }> => step.do !== 'reply'

async function runOn(
  ctx: Ctx,
  conversationId: string,
  steps: readonly MacroStep[],
  answer: Answer,
): Promise<Result<unknown>> {
  for (const { savedReplyId } of steps.filter(isReply)) {
    const answered = await answerWith(ctx, conversationId, savedReplyId, answer)
    if (!answered.ok) return answered
  }
  const acts: readonly Act[] = steps.filter(isAct)
  return transact(ctx, async (work) => {
    if (!(await holdHere(work, [conversationId]))) return fail(noSuchConversation)
    await holdTeams(
      work,
      acts.flatMap((step) => (step.do === 'assign_team' ? [step.teamId] : [])),
    )
    for (const step of acts) await act(ctx, work, conversationId, step, { takesOver: true })
    await keepClocks(ctx, work, [conversationId])
    return ok(undefined)
  })
}

/** Answers the chosen message with a saved reply, or the last that wants an answer, in words for its author. */
async function answerWith(
  ctx: Ctx,
  conversationId: string,
  savedReplyId: string,
  { saved, to }: Answer,
): Promise<Result<unknown>> {
  const messageId = to?.messageId ?? (await lastAsked(ctx, conversationId))
  if (!messageId) return fail({ code: 'NOT_FOUND', message: nothingAsked })
  const reply = saved.find(({ id }) => id === savedReplyId)
  if (!reply) return fail({ code: 'NOT_FOUND', message: 'The saved reply of this macro is gone. Change the macro.' })
  const values = (await valuesFor(ctx, [messageId])).get(messageId)
  if (!values) return fail(noSuchMessage)
  const text = render(reply.text, values)
  if (!text.ok) return text
  return to ? writeReply(ctx, { ...to, text: text.value }) : writeUnlessAnswered(ctx, { messageId, text: text.value })
}
