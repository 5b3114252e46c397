import { z } from 'zod'
import { ok, type Result } from '@/lib/core/result'
import { adapterOf, appOf } from '@/lib/platforms'
import { operation, readIncoming, transact } from '@/lib/workspace'
import { receive, type Received } from './receive'
import { hearOfReply } from './reply-proof'

/** A network reported something about an account: what was said in it comes in, and what became of our answers. */
export const hearMessages = operation({
  can: 'incoming.handle',
  input: z.object({ incomingId: z.string() }),
  async run(ctx, { incomingId }): Promise<Result<Received>> {
    const nothing = ok({ fresh: 0, changed: 0 })
    const incoming = await readIncoming(ctx, { incomingId })
    if (!incoming.ok) return incoming
    const { accountId, event, externalId, type } = incoming.value
    const account = await ctx.db.account.findUniqueOrThrow({
      where: { id: accountId },
      select: { platform: true, method: true, externalId: true },
    })
    const { inbox } = adapterOf(account)
    const heard = { externalId, type, accountExternalId: account.externalId, raw: event }
    for (const confirmation of inbox?.confirm?.(appOf(account, process.env), heard) ?? [])
      await transact(ctx, (work) => hearOfReply(work, accountId, confirmation))
    const items = inbox?.read?.(heard) ?? []
    return items.length === 0 ? nothing : receive(ctx, { accountId, items: [...items], via: 'webhook' })
  },
})
