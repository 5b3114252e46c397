import { explain, noteAnswer, useAccount } from '@/lib/accounts'
import { fail, ok, type Result } from '@/lib/core/result'
import type { Template } from '@/lib/platforms'
import { query } from '@/lib/workspace'
import { OneConversation } from './schema'

/** What may be sent in a conversation when the time for free words is over. Empty where the network has no such thing. */
export const listReplyTemplates = query({
  can: 'inbox.read',
  input: OneConversation,
  async run(ctx, { conversationId }): Promise<Result<readonly Template[]>> {
    const conversation = await ctx.db.conversation.findUnique({
      where: { id: conversationId },
      select: { accountId: true },
    })
    if (!conversation) return fail({ code: 'NOT_FOUND', message: 'There is no such conversation in this workspace.' })
    const account = await useAccount(ctx, { accountId: conversation.accountId, lane: 'answering' })
    if (!account.ok) return account
    const { platform, app, credentials } = account.value
    const answer = await platform.inbox?.templates?.(app, credentials)
    if (!answer) return ok([])
    await noteAnswer(ctx, { account: account.value, answer })
    return answer.ok ? answer : fail(explain(answer.error, platform.label))
  },
})
