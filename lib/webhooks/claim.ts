import { inMs, minute, now } from '@/lib/core/clock'
import { here, sql, type Ctx } from '@/lib/workspace'

/** Longer than any call lasts: whoever is at a delivery for longer has died. */
const leaseMs = minute
/** When to look again after one that has to wait its turn. */
const turnMs = minute

export type Claim = {
  readonly deliveryId: string
  readonly webhookId: string
  readonly eventId: string
  readonly type: string
  readonly attempts: number
  readonly tries: number
  readonly url: string
  readonly failingSince: Date | null
  readonly secretSealed: string
  readonly previousSecretSealed: string | null
  readonly previousUntil: Date | null
}

/**
 * Takes a delivery that is due, by one UPDATE that only one worker can win. A program that takes nothing is called once
 * at a time, so that one that hangs does not hold up all others.
 * @returns undefined when it is not due, another worker is at it, or it has to wait its turn.
 */
export async function claimDelivery(ctx: Ctx, deliveryId: string): Promise<Claim | undefined> {
  const at = now()
  const [won] = await sql(ctx)<Claim>`
    update "WebhookDelivery" d set
      attempts = d.attempts + 1, tries = d.tries + 1,
      "attemptedAt" = ${at}::timestamp(3), "leaseUntil" = ${inMs(leaseMs, at)}::timestamp(3)
    from "WebhookEndpoint" w
    where d.id = ${deliveryId} and d."workspaceId" = ${here} and d.state = 'waiting'
      and d."nextAttemptAt" <= ${at}::timestamp(3)
      and (d."leaseUntil" is null or d."leaseUntil" <= ${at}::timestamp(3))
      and w.id = d."endpointId" and w."workspaceId" = ${here} and w.state = 'active'
      and (w."failingSince" is null or not exists (
        select 1 from "WebhookDelivery" o
        where o."workspaceId" = ${here} and o."endpointId" = w.id and o.state = 'waiting'
          and o."leaseUntil" > ${at}::timestamp(3)))
    returning d.id as "deliveryId", w.id as "webhookId", d."eventId", d.type, d.attempts, d.tries, w.url,
      w."failingSince", w."secretSealed", w."previousSecretSealed", w."previousUntil"`
  if (!won) await waitTurn(ctx, deliveryId, at)
  return won
}

/** Otherwise what waits for one program would be all that the sweep finds. */
const waitTurn = (ctx: Ctx, id: string, at: Date) =>
  ctx.db.webhookDelivery.updateMany({
    where: {
      id,
      state: 'waiting',
      nextAttemptAt: { lte: at },
      OR: [{ leaseUntil: null }, { leaseUntil: { lte: at } }],
    },
    data: { nextAttemptAt: inMs(turnMs, at) },
  })
