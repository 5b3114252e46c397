import { z } from 'zod'
import { useAccount } from '@/lib/accounts'
import { failpoint } from '@/lib/core/failpoint'
import { ok, type Result } from '@/lib/core/result'
import { callOnce, isInDoubt, stopForAccount, unlessInVain, writeHeld } from '@/lib/sending'
import { operation, type Ctx } from '@/lib/workspace'
import { acceptReply } from './accept-reply'
import type { FixedReply } from './answer-files'
import { beginReply } from './begin-reply'
import { bringFiles } from './bring-files'
import { claimReply, holdReply, underReply, type ReplyClaim } from './reply-claim'
import { askAboutReply, restReply, stopReply } from './stop-reply'

export type SentReply = { readonly did: 'skipped' | 'sent' | 'stopped' }

/**
 * Sends an answer whose time has come, once. May be called any number of times, by any number of workers: only one claim
 * wins, and what is unknown is never sent again before it was looked for.
 */
export const sendReply = operation({
  can: 'inbox.send',
  input: z.object({ replyId: z.string() }),
  async run(ctx, { replyId }): Promise<Result<SentReply>> {
    await failpoint('reply.before_claim', replyId)
    const claim = await claimReply(ctx, replyId, 'queued', 'claimed')
    if (!claim) return ok({ did: 'skipped' })
    await failpoint('reply.after_claim', replyId)
    return ok({ did: await underReply<SentReply['did']>(ctx, claim, 'stopped', () => run(ctx, claim)) })
  },
})

async function run(ctx: Ctx, claim: ReplyClaim): Promise<'sent' | 'stopped'> {
  const { replyId, accountId } = claim
  const account = await useAccount(ctx, { accountId, lane: 'answering' })
  if (!account.ok) {
    await stopForAccount(ctx, account.error, {
      hold: (work) => holdReply(work, claim),
      pause: (work, pause) => restReply(work, claim, pause),
      ask: (work, reason) => askAboutReply(work, claim, reason),
    })
    return 'stopped'
  }
  const { platform, app, credentials } = account.value
  const { intent, uploads, attempts } = await ctx.db.reply.findUniqueOrThrow({
    where: { id: replyId },
    select: {
      intent: true,
      uploads: true,
      attempts: {
        where: { purpose: { in: ['send', 'ask'] } },
        orderBy: [{ fence: 'asc' }, { startedAt: 'asc' }],
        select: { purpose: true, startedAt: true, outcome: true, answer: true },
      },
    },
  })
  const reply = replyOf(intent)
  const give = platform.inbox?.reply?.bind(platform.inbox)
  if (!give) {
    const message = `${platform.label} lets no program answer this any more. Answer there.`
    await writeHeld(
      ctx,
      (work) => holdReply(work, claim),
      (work) => askAboutReply(work, claim, { kind: 'refused', message }),
    )
    return 'stopped'
  }
  const brought = await bringFiles(ctx, claim, account.value, { reply, uploads })
  if (!brought) return 'stopped'
  const doubtful = attempts.findLastIndex(isInDoubt)
  const attempt = await beginReply(ctx, claim, reply, {
    triedBefore: doubtful >= 0,
    isRepetition: attempts.some(({ answer }) => Repetition.safeParse(answer).success),
    isDenied: attempts.slice(doubtful + 1).some(({ purpose }) => purpose === 'ask'),
  })
  if (!attempt) return 'stopped'
  const answer = await callOnce(ctx, account.value, 'reply', replyId, () => give(app, credentials, brought))
  if (answer.ok) await acceptReply(ctx, claim, attempt, answer.value)
  else {
    const error = unlessInVain(answer.error, attempt.triedBefore, attempts)
    await stopReply(ctx, claim, account.value, attempt, error)
  }
  return answer.ok ? 'sent' : 'stopped'
}

/** What stands at a try that the network refused as a repetition. */
const Repetition = z.object({ code: z.literal('rejected'), duplicate: z.literal(true) })

/** The exact request, as it was fixed with the intent. */
// The column is written by write-reply.ts, from a Reply, and nowhere else.
export const replyOf = (intent: unknown): FixedReply => intent as FixedReply
