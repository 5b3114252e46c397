import { z } from 'zod'
import { noteAnswer, useAccount } from '@/lib/accounts'
import { recognise } from '@/lib/contacts'
import { inMs, minute, now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { here, operation, transact, type Ctx, type Sweep, type Work } from '@/lib/workspace'
import { holdStill } from '../desk/hold-still'
import { nameSomebodyJob } from '../jobs'
import { restMs } from './pace'

/** How long one may ask before another does. Longer than any single call. */
const leaseMs = 2 * minute
/** Asked in vain so often, they stay without a name until the network tells it by itself. */
const mostAsks = 8
/** Conversations whose readers are told of a name at once. */
const mostTold = 100

export type Named = { readonly did: 'skipped' | 'named' | 'told_nobody' | 'failed' }

/** Asks a network who somebody is, once for all who wrote by that id. */
export const askingFor = (identityId: string) => ({
  job: nameSomebodyJob,
  payload: { identityId },
  key: `${identityId}-name`,
})

/**
 * Asks a network who somebody is whom its reports named by an id alone. Never two at once for one person; the name then
 * stands at the contact, unless somebody chose another, and at everything they said.
 */
export const nameSomebody = operation({
  can: 'incoming.handle',
  input: z.object({ identityId: z.string() }),
  async run(ctx, { identityId }): Promise<Result<Named>> {
    const at = now()
    const [who] = await ctx.db.contactIdentity.updateManyAndReturn({
      where: { id: identityId, nameAskAt: { lte: at } },
      data: { nameAskAt: inMs(leaseMs, at), nameAsks: { increment: 1 } },
    })
    if (!who) return ok({ did: 'skipped' })
    const said = await ctx.db.message.findFirst({
      where: { identityId },
      orderBy: { at: 'desc' },
      select: { accountId: true },
    })
    // Ids are often good for one account alone: the one they wrote to is asked.
    if (!said) return rest(ctx, identityId, null)
    const account = await useAccount(ctx, { accountId: said.accountId, lane: 'reading' })
    if (!account.ok) return rest(ctx, identityId, account.error.retryAt ?? later(who.nameAsks))
    const { platform, app, credentials } = account.value
    const identify = platform.inbox?.identify
    if (!identify) return rest(ctx, identityId, null)
    const answer = await identify(app, credentials, who.externalId)
    await noteAnswer(ctx, { account: account.value, answer })
    if (!answer.ok) {
      const { error } = answer
      if (error.code === 'rejected') return rest(ctx, identityId, null)
      return rest(ctx, identityId, error.code === 'rate_limited' ? error.retryAt : later(who.nameAsks))
    }
    const person = answer.value
    if (!person || person.nameless) return rest(ctx, identityId, null)
    await transact(ctx, async (work) => {
      // Asking is not seeing: when they were last seen stays as it was.
      const seen = [{ platform: who.platform, person: { ...person, externalId: who.externalId }, at: new Date(0) }]
      const { named } = await recognise(work, ctx.workspaceId, seen)
      await holdStill(work, await whereSaid(work, named))
      await signMessages(work, named)
    })
    return ok({ did: 'named' })
  },
})

const later = (asks: number): Date | null => (asks < mostAsks ? inMs(restMs(asks)) : null)

/** Leaves it for a while, or for good. Somebody may have told the name meanwhile: then it is known. */
async function rest(ctx: Ctx, identityId: string, nameAskAt: Date | null): Promise<Result<Named>> {
  await ctx.db.contactIdentity.updateMany({ where: { id: identityId, nameless: true }, data: { nameAskAt } })
  return ok({ did: nameAskAt ? 'failed' : 'told_nobody' })
}

/** Every conversation in which these said something. */
export async function whereSaid({ sql }: Work, identityIds: readonly string[]): Promise<readonly string[]> {
  if (identityIds.length === 0) return []
  const rows = await sql<{ id: string }>`
    select distinct m."conversationId" as id from "Message" m
    where m."identityId" = any(${identityIds}) and m."workspaceId" = ${here}`
  return rows.map(({ id }) => id)
}

/** Puts names that came late to what was said before, and tells whoever looks at it. Where they said it must be locked. */
export async function signMessages({ sql, record }: Work, identityIds: readonly string[]): Promise<void> {
  if (identityIds.length === 0) return
  await sql`
    update "Message" m set "authorName" = i."displayName", "authorHandle" = i.handle,
      "authorAvatar" = coalesce(i."avatarUrl", m."authorAvatar")
    from "ContactIdentity" i
    where i.id = m."identityId" and i.id = any(${identityIds}) and i."workspaceId" = ${here}
      and m."workspaceId" = ${here} and m.source -> 'author' -> 'nameless' is not null`
  const spoken = await sql<{ id: string }>`
    select m."conversationId" as id from "Message" m
    where m."identityId" = any(${identityIds}) and m."workspaceId" = ${here}
    group by m."conversationId" order by max(m.at) desc limit ${mostTold}`
  for (const { id } of spoken) record({ type: 'conversation.named', subject: { type: 'conversation', id } })
}

/** Named by an id alone, and asked for by nobody. */
export const namelessPeople: Sweep = {
  name: 'inbox.namelessPeople',
  find: (at) => ({ model: 'contactIdentity', where: { nameAskAt: { lte: at } }, orderBy: { nameAskAt: 'asc' } }),
}
