import { accountsMeant, createPost } from '@/lib/posts'
import { toSaved } from '../../contract/answers'
import { scheduleOnCalendar } from '../../contract/desk'
import { serves } from '../../contract/door'
import { whenOf } from '../../contract/moments'
import { messagesOf } from '../../contract/messages'

export const POST = serves(
  scheduleOnCalendar,
  async (ctx, { body: { projectId, platforms, accountIds, scheduledAt, ...said } }) => {
    const accounts = await accountsMeant(ctx, { platforms, accountIds, projectId })
    if (!accounts.ok) return accounts
    const words = messagesOf(accounts.value, said)
    return words.ok ? createPost(ctx, { ...words.value, projectId, when: whenOf(scheduledAt) }) : words
  },
  (saved) => ({ body: { post: toSaved(saved) } }),
)
