import { noteAnswer, useAccount } from '@/lib/accounts'
import { log } from '@/lib/core/log'
import { ok, type Result } from '@/lib/core/result'
import { adapterOf } from '@/lib/platforms'
import { operation, transact, type Ctx } from '@/lib/workspace'
import { z } from 'zod'
import { markReadJob } from '../jobs'

/** Where our people stood when they answered, or were done: what they answered, or all that was there by then. */
const Read = z.union([
  z.object({ replyId: z.string() }),
  z.object({ conversationId: z.string(), by: z.string(), at: z.date() }),
])

/**
 * Has the network tell a person that they were read, where it has that and the account tells it: a person of ours
 * answered them, or said that it is done. What a program does reads nothing. Harmless when it is asked twice.
 */
export const noteRead = operation({
  can: 'incoming.handle',
  input: Read,
  async run(ctx, read): Promise<Result<{ asked: boolean }>> {
    const found = 'replyId' in read ? await answeredBy(ctx.db, read.replyId) : await lastIn(ctx.db, read)
    const marks = found && adapterOf(found.conversation.account).inbox?.markRead
    if (!found || !marks || !found.conversation.account.showsRead) return ok({ asked: false })
    return transact(ctx, async ({ enqueue }) => {
      enqueue({ job: markReadJob, payload: { messageId: found.id }, key: `${found.id}-read` })
      return ok({ asked: true })
    })
  },
})

type Db = Ctx['db']
const select = {
  id: true,
  conversation: { select: { account: { select: { platform: true, method: true, showsRead: true } } } },
} as const

async function answeredBy(db: Db, replyId: string) {
  const reply = await db.reply.findUnique({
    where: { id: replyId },
    select: { messageId: true, authorKind: true, decidedById: true },
  })
  const byPerson = reply && (reply.authorKind === 'member' || reply.decidedById !== null)
  return byPerson ? db.message.findUnique({ where: { id: reply.messageId }, select }) : null
}

const lastIn = (db: Db, { conversationId, by, at }: { conversationId: string; by: string; at: Date }) =>
  by === 'member'
    ? db.message.findFirst({
        where: { conversationId, own: false, deletedAt: null, at: { lte: at } },
        orderBy: { at: 'desc' },
        select,
      })
    : null

/** Tells a person that they were read. A network that does not take it is not asked again: it promises nobody anything. */
export const markRead = operation({
  can: 'incoming.handle',
  input: markReadJob.payload,
  async run(ctx, { messageId }): Promise<Result<{ told: boolean }>> {
    const message = await ctx.db.message.findUnique({
      where: { id: messageId },
      select: { externalId: true, ref: true, accountId: true, deletedAt: true },
    })
    // What an import alone tells of has nothing to be marked by.
    if (!message || message.deletedAt || message.ref === null) return ok({ told: false })
    const account = await useAccount(ctx, { accountId: message.accountId, lane: 'reading' })
    if (!account.ok) return ok({ told: false })
    const { platform, app, credentials } = account.value
    const mark = platform.inbox?.markRead?.bind(platform.inbox)
    if (!mark) return ok({ told: false })
    const answer = await mark(app, credentials, message)
    await noteAnswer(ctx, { account: account.value, answer })
    if (!answer.ok) log.warn({ messageId, code: answer.error.code }, 'not marked as read')
    return ok({ told: answer.ok })
  },
})
