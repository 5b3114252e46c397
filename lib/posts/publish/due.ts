import { inMs, minute, now } from '@/lib/core/clock'
import { leaseUntil, workerName } from '@/lib/sending'
import { here, sql, together, type Ctx } from '@/lib/workspace'
import type { Claim, StepRow, Wait } from './claim'

/** A variant that was claimed because it is due, with what is to be sent of it. */
export type Due = Wait & {
  readonly claim: Claim
  readonly publishAt: Date
  /** PostContent and PostOverride, as they lie in their rows. */
  readonly content: unknown
  readonly override: unknown
  /** Empty until it was planned. */
  readonly steps: readonly StepRow[]
}

type Won = Wait & {
  readonly id: string
  readonly postId: string
  readonly accountId: string
  readonly fence: number
  readonly publishAt: Date
}

/** Two machines' clocks differ a little: a job that came a moment early must not wait for the sweep. */
export const clockSkewMs = 250

/**
 * Claims a variant that is due; those asked for at once with one UPDATE, of whose rows each goes to one worker only.
 * @returns undefined when it is not due, or not to be had.
 */
export const claimDue = together(async (ctx, variantIds: readonly string[]): Promise<readonly (Due | undefined)[]> => {
  const won = await win(ctx, [...new Set(variantIds)])
  if (won.length === 0) return variantIds.map(() => undefined)
  const dues = await read(ctx, won)
  // Asked for twice at once, it is given once.
  return variantIds.map((id) => {
    const due = dues.get(id)
    dues.delete(id)
    return due
  })
})

function win(ctx: Ctx, ids: readonly string[]): Promise<readonly Won[]> {
  const at = now()
  return sql(ctx)<Won>`
    with due as (
      select v.id from "Variant" v
      where v.id = any(${ids}) and v.state = 'scheduled' and v."workspaceId" = ${here}
        and v."publishAt" <= ${inMs(clockSkewMs, at)} and (v."notBefore" is null or v."notBefore" <= ${at})
      order by v.id for update)
    update "Variant" v
    set state = 'claimed', fence = v.fence + 1, "claimedBy" = ${workerName},
      "leaseUntil" = ${leaseUntil(at)}
    from due where v.id = due.id and v."workspaceId" = ${here}
    returning v.id, v."postId", v."accountId", v.fence, v."publishAt", v."notBefore", v."waitingFor"`
}

/** Read after the claim holds: from then on nobody changes it. */
async function read(ctx: Ctx, won: readonly Won[]): Promise<Map<string, Due>> {
  const ids = won.map(({ id }) => id)
  const rows = await sql(ctx)<{ id: string; content: unknown; override: unknown; planned: boolean }>`
    select v.id, v.override, p.content,
      exists (select 1 from "Step" s where s."variantId" = v.id and s."workspaceId" = ${here}) as planned
    from "Variant" v join "Post" p on p.id = v."postId" and p."workspaceId" = ${here}
    where v.id = any(${ids}) and v."workspaceId" = ${here}`
  const byId = new Map(rows.map((row) => [row.id, row]))
  const planned = rows.filter((row) => row.planned).map(({ id }) => id)
  const steps =
    planned.length > 0
      ? await ctx.db.step.findMany({ where: { variantId: { in: planned } }, orderBy: { position: 'asc' } })
      : []
  const dues = won.flatMap(({ id, postId, accountId, fence, ...rest }): Due[] => {
    const row = byId.get(id)
    if (!row) return []
    return [
      {
        ...rest,
        claim: { variantId: id, postId, accountId, fence },
        content: row.content,
        override: row.override,
        steps: steps.filter((step) => step.variantId === id),
      },
    ]
  })
  return new Map(dues.map((due) => [due.claim.variantId, due]))
}

/**
 * How late a variant is, in milliseconds. What a network made wait until a time that it named, and what a person let go,
 * is late only from then on; a network that did not answer named no time, and a post's time passes meanwhile.
 */
function lateMs({ publishAt, notBefore, waitingFor }: Pick<Due, 'publishAt'> & Wait, at: Date): number {
  const told = waitingFor === 'rate_limit' || waitingFor === 'media' || waitingFor === 'person'
  return at.getTime() - Math.max(publishAt.getTime(), (told && notBefore?.getTime()) || 0)
}

/** True when nothing was tried yet, and so for certain nothing is at the network. Tries that were parked count for none. */
export const isUntried = (steps: readonly { readonly state: string; readonly sentAt: Date | null }[]): boolean =>
  steps.every(({ state, sentAt }) => state === 'pending' && sentAt === null)

/** What was begun goes on however late it is: half a thread helps nobody, and what may be there must be settled. */
export const isTooLate = (due: Pick<Due, 'publishAt' | 'steps'> & Wait, lateAfterMinutes: number, at: Date): boolean =>
  lateMs(due, at) > lateAfterMinutes * minute && isUntried(due.steps)
