import { z } from 'zod'
import { fail, ok, type Result } from '@/lib/core/result'
import { adapterOf, appOf, type Incoming } from '@/lib/platforms'
import { operation, readIncoming, together, transact } from '@/lib/workspace'
import { noteHidings, type Seen } from './note-hidings'
import { takeIn } from './receive'
import { withWords } from './with-words'
import { hearOfReply } from '../answer/reply-proof'

/** A network reported something about an account: what was said in it comes in, and what became of our answers. */
export const hearMessages = operation({
  can: 'incoming.handle',
  input: z.object({ incomingId: z.string(), accountId: z.string() }),
  async run(ctx, about): Promise<Result<{ heard: number }>> {
    const incoming = await readIncoming(ctx, about)
    // Told of for so long that the report itself is gone: nothing is left to hear.
    if (!incoming.ok) return incoming.error.code === 'NOT_FOUND' ? ok({ heard: 0 }) : incoming
    return hearTogether(ctx, incoming.value)
  },
})

type Reported = {
  readonly accountId: string
  readonly event: unknown
  readonly externalId: string
  readonly type: string
}
/** What is heard at once comes in together: a crowd shares its statements. */
const hearTogether = together(
  async (ctx, reports: readonly Reported[]): Promise<readonly Result<{ heard: number }>[]> => {
    const accounts = await ctx.db.account.findMany({
      where: { id: { in: [...new Set(reports.map(({ accountId }) => accountId))] } },
      select: { id: true, platform: true, method: true, externalId: true, scopes: true },
    })
    const said: (readonly Incoming[])[] = []
    const hidings: (Seen & { readonly accountId: string })[] = []
    for (const { accountId, externalId, type, event } of reports) {
      const account = accounts.find(({ id }) => id === accountId)
      const inbox = account && adapterOf(account).inbox
      const heard = { externalId, type, accountExternalId: account?.externalId ?? '', raw: event }
      for (const confirmation of (account && inbox?.confirm?.(appOf(account, process.env), heard)) ?? [])
        await transact(ctx, (work) => hearOfReply(work, accountId, confirmation))
      for (const { at, ...one } of inbox?.readHidings?.(heard) ?? [])
        hidings.push({ ...one, at: new Date(at), accountId })
      said.push((account && inbox?.read?.(heard, appOf(account, process.env), account)) ?? [])
    }
    const heard = said.map((items): Result<{ heard: number }> => ok({ heard: items.length }))
    for (const { id: accountId } of accounts) {
      const told = said.flatMap((each, n) => (reports[n]?.accountId === accountId ? each : []))
      const { items, untold, why } = await withWords(ctx, accountId, told)
      const taken = await takeIn(ctx, { accountId, items, via: 'webhook' })
      if (!taken.ok) return reports.map(() => taken)
      await noteHidings(
        ctx,
        accountId,
        hidings.filter((one) => one.accountId === accountId),
      )
      // Told again later: what else a report says is known by then, and bears it.
      for (const [n, each] of said.entries())
        if (why && reports[n]?.accountId === accountId && each.some(({ externalId }) => untold.has(externalId)))
          heard[n] = fail(why)
    }
    return heard
  },
)
