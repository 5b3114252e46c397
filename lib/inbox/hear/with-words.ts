import { noteAnswer, useAccount } from '@/lib/accounts'
import type { Incoming } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'

/**
 * Asks the network for the words of what it reported without them. What it does not tell now is taken as it is, so that it
 * is known where something was said, unless it is here already, perhaps with its words.
 */
export async function withWords(ctx: Ctx, accountId: string, items: readonly Incoming[]): Promise<readonly Incoming[]> {
  if (!items.some(({ bare }) => bare)) return items
  const account = await useAccount(ctx, { accountId, lane: 'reading' })
  const whole: Incoming[] = []
  for (const item of items) {
    const complete = account.ok && item.bare ? account.value.platform.inbox?.complete : undefined
    if (!account.ok || !complete) {
      whole.push(item)
      continue
    }
    const answer = await complete(account.value.app, account.value.credentials, item)
    await noteAnswer(ctx, { account: account.value, answer })
    if (answer.ok) whole.push(answer.value)
    else if ((await ctx.db.message.count({ where: { accountId, externalId: item.externalId } })) === 0) whole.push(item)
  }
  return whole
}
