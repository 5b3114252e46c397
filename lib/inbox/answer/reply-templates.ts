import { networkTemplates } from '@/lib/accounts'
import { fail, type Result } from '@/lib/core/result'
import type { Template } from '@/lib/platforms'
import { query } from '@/lib/workspace'
import { OneConversation } from '../schema'

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
    return networkTemplates(ctx, { accountId: conversation.accountId })
  },
})
