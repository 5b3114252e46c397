import { explain, noteAnswer, recallAccount, useAccount } from '@/lib/accounts'
import type { Failure } from '@/lib/core/result'
import type { Incoming } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'

/** `untold`: the names of what the network cannot be asked about now, and why; whoever told of it is to tell it again. */
export type WithWords = {
  readonly items: readonly Incoming[]
  readonly untold: ReadonlySet<string>
  readonly why: Failure | undefined
}

/**
 * Asks the network for the words of what it reported without them. What it refuses to tell is taken as it is, so that it
 * is known where something was said; what is here already, perhaps with its words, is left alone. What cannot be asked
 * now, because the network limits us, fails, or wants the account connected again, is left out and named.
 */
export async function withWords(ctx: Ctx, accountId: string, given: readonly Incoming[]): Promise<WithWords> {
  const untold = new Set<string>()
  const toAsk = await toBeAsked(ctx, accountId, given)
  if (toAsk.size === 0) return { items: given, untold, why: undefined }
  const account = await useAccount(ctx, { accountId, lane: 'reading' })
  const items: Incoming[] = []
  let why = account.ok || (await isDisconnected(ctx, accountId)) ? undefined : account.error
  for (const item of given) {
    const isAsked = toAsk.has(item)
    if (isAsked && (await isHere(ctx, accountId, item))) continue
    const complete = account.ok && isAsked && !why ? account.value.platform.inbox?.complete : undefined
    if (account.ok && complete) {
      const { platform, app, credentials } = account.value
      const answer = await complete(app, credentials, item)
      await noteAnswer(ctx, { account: account.value, answer })
      if (answer.ok) {
        if (answer.value) items.push(answer.value)
        continue
      }
      if (answer.error.code !== 'rejected') why = explain(answer.error, platform.label, 'to read')
    }
    if (isAsked && why) untold.add(item.externalId)
    else items.push(item)
  }
  return { items, untold, why }
}

/** What is bare, but for what the account's own keys know to be whole. */
async function toBeAsked(ctx: Ctx, accountId: string, given: readonly Incoming[]): Promise<ReadonlySet<Incoming>> {
  const bare = given.filter((item) => item.bare)
  const account = bare.length > 0 ? await recallAccount(ctx, { accountId }) : undefined
  const kept = account?.ok ? account.value : undefined
  return new Set(bare.filter((item) => !(kept && kept.platform.inbox?.isWhole?.(kept.credentials, item))))
}

/** Nobody can ask for it any more: what was told is all there is. */
async function isDisconnected(ctx: Ctx, accountId: string): Promise<boolean> {
  const account = await ctx.db.account.findUnique({ where: { id: accountId }, select: { state: true } })
  return account?.state === 'disconnected'
}

const isHere = async (ctx: Ctx, accountId: string, { externalId }: Incoming): Promise<boolean> =>
  (await ctx.db.message.count({ where: { accountId, externalId } })) > 0
