import { noteStuck } from '@/lib/contacts'
import { resolveLink } from '@/lib/accounts'
import { now } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import { adapterOf, type Published } from '@/lib/platforms'
import { askedInVain, isInDoubt } from '@/lib/sending'
import { jsonNull, operation, transact, type Ctx, type Work } from '@/lib/workspace'
import { holdWhereAnswered } from '../desk/hold-where'
import { holdEnds } from '../hear/hold-ends'
import { noSuchReply, tooLate } from './decide-reply'
import { sendReplyJob } from '../jobs'
import { echoHeard, proveReply } from './reply-proof'
import { freed } from './same-words'
import { proposeAgain } from './take-back'
import { SettleReply } from '../schema'

/** A person says what became of an answer that nobody else can tell about. */
export const settleReply = operation({
  can: 'inbox.reply',
  input: SettleReply,
  async run(ctx, { replyId, ...said }): Promise<Result<{ settled: true }>> {
    const named = said.answer === 'it_is_there' ? await nameAt(ctx, replyId, said.url) : ok(undefined)
    if (!named.ok) return named
    return transact(ctx, async (work) => {
      const row = await work.db.reply.findUnique({
        where: { id: replyId },
        select: {
          state: true,
          text: true,
          accountId: true,
          fence: true,
          attempts: { where: { purpose: 'send' }, select: { outcome: true } },
        },
      })
      if (!row) return fail(noSuchReply)
      if (row.state !== 'needs_person') return fail(tooLate)
      await holdEnds(work, row.accountId, false)
      const conversationId = await holdWhereAnswered(work, replyId)
      const subject = { type: 'conversation', id: conversationId }
      if (said.answer === 'it_is_there') {
        const there = named.value ?? (await heardOf(work, replyId, said.url))
        await proveReply(work, replyId, there, { by: 'person', at: now().toISOString() })
        return ok({ settled: true as const })
      }
      const again = said.answer === 'send_again'
      const { count } = await work.db.reply.updateMany({
        where: { id: replyId, state: 'needs_person', fence: row.fence },
        data: {
          state: again ? 'queued' : 'cancelled',
          fence: { increment: 1 },
          notBefore: null,
          retries: 0,
          deaths: 0,
          wantedBackAt: null,
          ...(again ? { sendAt: now(), reason: jsonNull, decidedById: ctx.actor.id } : freed(replyId, row.text)),
        },
      })
      if (count !== 1) return fail(tooLate)
      await noteStuck(work, [conversationId])
      if (!again) await proposeAgain(work, replyId)
      if (again && row.attempts.some(isInDoubt))
        await work.db.replyAttempt.create({
          data: { ...askedInVain(row.fence + 1), workspaceId: ctx.workspaceId, replyId },
          select: { id: true },
        })
      work.record({ type: again ? 'reply.sentAgain' : 'reply.givenUp', subject, particulars: { replyId } })
      if (again) work.enqueue({ job: sendReplyJob, payload: { replyId }, key: `${replyId}-again-${row.fence}` })
      return ok({ settled: true as const })
    })
  },
})

/** The network's own name for what is at an address; undefined where it cannot tell, and then a person's word is enough. */
async function nameAt(ctx: Ctx, replyId: string, url: string): Promise<Result<Published | undefined>> {
  const row = await ctx.db.reply.findUnique({
    where: { id: replyId },
    select: { accountId: true, state: true, conversation: { select: { account: true, kind: true } } },
  })
  if (!row) return fail(noSuchReply)
  if (row.state !== 'needs_person') return fail(tooLate)
  const { accountId, conversation } = row
  // A message in a chat is no post anywhere.
  if (conversation.kind === 'dm' || !adapterOf(conversation.account).inbox?.answersArePosts) return ok(undefined)
  const found = await resolveLink(ctx, { accountId, url })
  if (!found.ok) return found.error.code === 'VALIDATION_ERROR' ? found : ok(undefined)
  const taken = found.value && (await ctx.db.reply.count({ where: { accountId, externalId: found.value.externalId } }))
  return taken
    ? fail({ code: 'CONFLICT', message: 'Another answer of ours is at this address. Give the address of this one.' })
    : found
}

/** Its echo, when that was heard already; else nothing but the address is known, until the echo comes. */
async function heardOf(work: Work, replyId: string, url: string): Promise<Published> {
  const first = await work.db.replyAttempt.findFirst({
    where: { replyId, purpose: 'send' },
    orderBy: { startedAt: 'asc' },
    select: { startedAt: true },
  })
  const heard = first && (await echoHeard(work, { replyId, since: first.startedAt }))
  return { externalId: heard?.externalId ?? url, url, ref: null }
}
