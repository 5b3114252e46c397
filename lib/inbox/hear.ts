import { z } from 'zod'
import { ok, type Result } from '@/lib/core/result'
import { adapterOf } from '@/lib/platforms'
import { operation, readIncoming } from '@/lib/workspace'
import { receive, type Received } from './receive'

/** A network reported something about an account: what was said in it comes in. */
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
    const items = inbox?.read?.({ externalId, type, accountExternalId: account.externalId, raw: event }) ?? []
    return items.length === 0 ? nothing : receive(ctx, { accountId, items: [...items], via: 'webhook' })
  },
})
