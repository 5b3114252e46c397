import { now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import type { Part } from '@/lib/platforms'
import { leaseUntil, workerName } from '@/lib/sending'
import { here, sql, together, type Ctx } from '@/lib/workspace'
import { lostVariant, type Claim, type StepRow } from './claim'
import { hashOf, type PlannedStep } from './plan'

/** One step on its way, and the row of the try. */
export type Sending = {
  readonly stepId: string
  readonly attemptId: string
  readonly part: Part
  readonly startedAt: Date
  /** It was sent before, and what became of that was in doubt. */
  readonly triedBefore: boolean
}

type Asked = {
  readonly variantId: string
  readonly fence: number
  readonly stepId: string
  readonly attemptId: string
  readonly requestHash: string
  readonly startedAt: Date
  /** The variant's steps, when they are not in the table yet. */
  readonly planned: readonly PlannedStep[]
}

/**
 * Writes the intent to send, under the fence, before the first byte: whoever finds it later knows that it may have
 * happened. Steps that were only planned are written with it. Throws `LostClaim` when the claim is lost, or the step is
 * not waiting to be sent any more.
 */
export async function begin(
  ctx: Ctx,
  claim: Claim,
  step: Pick<StepRow, 'id' | 'sentAt'>,
  part: Part,
  planned: readonly PlannedStep[] = [],
): Promise<Sending> {
  const [attemptId, startedAt] = [newId(), now()]
  const { variantId, fence } = claim
  const asked = { variantId, fence, stepId: step.id, attemptId, requestHash: hashOf(part), startedAt, planned }
  if (!(await beginAll(ctx, asked))) throw lostVariant(claim)
  return { stepId: step.id, attemptId, part, startedAt, triedBefore: step.sentAt !== null }
}

const beginAll = together(async (ctx, asked: readonly Asked[]): Promise<readonly boolean[]> => {
  const plans = asked.flatMap(({ planned }) => planned)
  const tries = asked.map(({ planned, ...rest }) => ({ ...rest, fresh: planned.length > 0 }))
  const begun = await sql(ctx)<{ attemptId: string }>`
    with asked as (
      select * from jsonb_to_recordset(${JSON.stringify(tries)}::jsonb) as a(
        "variantId" text, fence int, "stepId" text, "attemptId" text, "requestHash" text, "startedAt" timestamp(3),
        fresh boolean)
    ), held as (
      select v.id from "Variant" v join asked a on a."variantId" = v.id and a.fence = v.fence
      where v.state = 'claimed' and v."workspaceId" = ${here}
      order by v.id for update of v
    ), planned as (
      insert into "Step" ("workspaceId", id, "variantId", position, kind, intent, uploads, state, "requestHash", "sentAt")
      select ${here}, p.id, p."variantId", p.position, p.kind, p.intent, '{}'::jsonb,
        (case when p.id = a."stepId" then 'sending' else 'pending' end)::"StepState",
        case when p.id = a."stepId" then a."requestHash" end, case when p.id = a."stepId" then a."startedAt" end
      from jsonb_to_recordset(${JSON.stringify(plans)}::jsonb) as p(
        id text, "variantId" text, position int, kind text, intent jsonb)
      join asked a on a."variantId" = p."variantId" join held h on h.id = p."variantId"
      returning id, "variantId"
    ), again as (
      update "Step" s
      set state = 'sending', "requestHash" = a."requestHash", "sentAt" = coalesce(s."sentAt", a."startedAt")
      from asked a join held h on h.id = a."variantId"
      where s.id = a."stepId" and s."variantId" = a."variantId" and s.state = 'pending' and not a.fresh
        and s."workspaceId" = ${here}
      returning s.id, s."variantId"
    ), ready as (
      select a.* from asked a join again r on r.id = a."stepId"
      union all
      select a.* from asked a join planned r on r.id = a."stepId"
    ), moved as (
      update "Variant" v set state = 'sending', "absentReads" = 0, "leaseUntil" = ${leaseUntil()}
      from ready r where v.id = r."variantId" and v."workspaceId" = ${here}
      returning v.id
    )
    insert into "Attempt" ("workspaceId", id, "variantId", "stepId", fence, purpose, "requestHash", worker, "startedAt")
    select ${here}, r."attemptId", r."variantId", r."stepId", r.fence, 'send', r."requestHash", ${workerName}, r."startedAt"
    from ready r join moved m on m.id = r."variantId"
    returning id as "attemptId"`
  const ids = new Set(begun.map(({ attemptId }) => attemptId))
  return asked.map(({ attemptId }) => ids.has(attemptId))
})
