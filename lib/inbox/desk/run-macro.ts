import { fail, ok, type Result } from '@/lib/core/result'
import { getMacro, holdTeams } from '@/lib/routing'
import type { MacroStep } from '@/lib/routing/schema'
import { operation, transact, type Ctx } from '@/lib/workspace'
import { act, type Act } from './act'
import { eachOf } from './each'
import { holdStill } from './hold-still'
import { keepClocks } from '../triage/keep-clocks'
import { noSuchConversation } from '../lists/queries'
import { RunMacro, type BulkReport } from '../schema'
import { filledReplies, nothingAsked } from '../answer/filled-replies'
import { writeReply } from '../answer/write-reply'
import { lastAsked } from '../triage/last-asked'

/**
 * Runs a macro on each conversation for itself. Its answer comes first: where it is refused, nothing of the macro is
 * done there. Whoever runs it needs the right to answer only when it does.
 */
export const runMacro = operation({
  can: 'inbox.triage',
  input: RunMacro,
  async run(ctx, { macroId, conversationIds, messageId, privately }): Promise<Result<BulkReport>> {
    const macro = await getMacro(ctx, { id: macroId })
    if (!macro.ok) return macro
    const chosen = messageId
      ? await ctx.db.message.findUnique({ where: { id: messageId }, select: { id: true, conversationId: true } })
      : undefined
    const chosenIn = (id: string) => (chosen?.conversationId === id ? { messageId: chosen.id, privately } : undefined)
    return ok(await eachOf(conversationIds, (id) => runOn(ctx, id, macro.value.steps, chosenIn(id))))
  },
})

/** What the person who runs it is answering, and to which readers. */
type Chosen = { readonly messageId: string; readonly privately: boolean }

const isReply = (step: MacroStep): step is Extract<MacroStep, { do: 'reply' }> => step.do === 'reply'
const isAct = (step: MacroStep): step is Exclude<MacroStep, { do: 'reply' }> => step.do !== 'reply'

async function runOn(
  ctx: Ctx,
  conversationId: string,
  steps: readonly MacroStep[],
  chosen: Chosen | undefined,
): Promise<Result<unknown>> {
  for (const { savedReplyId } of steps.filter(isReply)) {
    const answered = await answerWith(ctx, conversationId, savedReplyId, chosen)
    if (!answered.ok) return answered
  }
  const acts: readonly Act[] = steps.filter(isAct)
  return transact(ctx, async (work) => {
    if (!(await holdStill(work, [conversationId]))) return fail(noSuchConversation)
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
  chosen: Chosen | undefined,
): Promise<Result<unknown>> {
  const messageId = chosen?.messageId ?? (await lastAsked(ctx, conversationId))
  if (!messageId) return fail({ code: 'NOT_FOUND', message: nothingAsked })
  const saved = await filledReplies(ctx, { messageId })
  if (!saved.ok) return saved
  const reply = saved.value.find(({ id }) => id === savedReplyId)
  if (!reply) return fail({ code: 'NOT_FOUND', message: 'The saved reply of this macro is gone. Change the macro.' })
  if (reply.rendered === null)
    return fail({ code: 'VALIDATION_ERROR', message: reply.problem ?? 'It cannot be filled in.' })
  return writeReply(ctx, { messageId, text: reply.rendered, privately: chosen?.privately ?? false })
}
