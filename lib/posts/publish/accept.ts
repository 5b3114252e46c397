import { now } from '@/lib/core/clock'
import { requestId } from '@/lib/core/log'
import type { Published } from '@/lib/platforms'
import { leaseUntil, proofBy } from '@/lib/sending'
import { here, together, transact, type Ctx } from '@/lib/workspace'
import type { Sending } from './begin'
import { lostVariant, type Claim } from './claim'
import { endOf, recordEnd, type End } from './finish'
import { proveLate } from './prove'
import { sumUpLocked } from './sum-up'

type Accepted = {
  readonly claim: Claim
  readonly sending: Sending
  readonly published: Published
  readonly at: Date
  /** Given with the last step: with it the whole variant is published. */
  readonly end: End | undefined
  readonly requestId: string
}

/** What the last step of a variant must know to end it: when its post was due, and what its first step became. */
export type Last = {
  readonly publishAt: Date
  readonly first?: { readonly url: string | null; readonly proof: unknown }
}

/**
 * Records that the network has a step. Throws `LostClaim` when the claim was lost meanwhile; the answer is proof all the
 * same, and is kept as such first.
 */
export async function accept(
  ctx: Ctx,
  claim: Claim,
  sending: Sending,
  published: Published,
  last: Last | undefined,
): Promise<void> {
  const at = now()
  const first = last?.first ?? { url: published.url, proof: proofBy('answer', at, published) }
  const end = last ? endOf(last.publishAt, first) : undefined
  if (await acceptAll(ctx, { claim, sending, published, at, end, requestId: requestId() })) return
  await proveLate(ctx, claim, sending, published)
  throw lostVariant(claim)
}

const acceptAll = together((ctx, accepted: readonly Accepted[]): Promise<readonly boolean[]> =>
  transact(ctx, async (work) => {
    const rows = accepted.map(({ claim, sending, published, at, end }) => ({
      variantId: claim.variantId,
      fence: claim.fence,
      stepId: sending.stepId,
      attemptId: sending.attemptId,
      externalId: published.externalId,
      url: published.url,
      ref: { ref: published.ref },
      proof: proofBy('answer', at, published),
      durationMs: at.getTime() - sending.startedAt.getTime(),
      answer: { externalId: published.externalId, url: published.url },
      ended: end !== undefined,
      ...end,
    }))
    const held = await work.sql<{ variantId: string }>`
      with asked as (
        select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as a(
          "variantId" text, fence int, "stepId" text, "attemptId" text, "externalId" text, url text, ref jsonb,
          proof jsonb, "durationMs" float8, answer jsonb, ended boolean, "publishedAt" timestamp(3), "latenessMs" float8,
          "measureAt" timestamp(3), "firstUrl" text)
      ), held as (
        select v.id, v."postId" from "Variant" v join asked a on a."variantId" = v.id and a.fence = v.fence
        where v.state = 'sending' and v."workspaceId" = ${here}
        order by v.id for update of v
      ), done as (
        update "Step" s
        set state = 'done', "externalId" = a."externalId", url = a.url, ref = a.ref, proof = a.proof
        from asked a join held h on h.id = a."variantId" where s.id = a."stepId" and s."workspaceId" = ${here}
      ), closed as (
        update "Attempt" t set outcome = 'accepted', "durationMs" = a."durationMs", answer = a.answer
        from asked a join held h on h.id = a."variantId" where t.id = a."attemptId" and t."workspaceId" = ${here}
      ), moved as (
        update "Variant" v set
          state = (case when a.ended then 'published' else 'claimed' end)::"VariantState",
          "leaseUntil" = case when a.ended then null else ${leaseUntil()}::timestamp(3) end,
          "claimedBy" = case when a.ended then null else v."claimedBy" end,
          retries = 0, "notBefore" = null, "waitingFor" = null,
          -- That it is there twice stays true.
          reason = case when v.reason ->> 'kind' = 'duplicate' then v.reason end,
          url = coalesce(a."firstUrl", v.url), "publishedAt" = a."publishedAt", "latenessMs" = a."latenessMs",
          "measureAt" = a."measureAt"
        from asked a join held h on h.id = a."variantId" where v.id = a."variantId" and v."workspaceId" = ${here}
      ), posts as (
        select p.id from "Post" p
        where p.id in (select h."postId" from held h join asked a on a."variantId" = h.id where a.ended)
          and p."workspaceId" = ${here}
        order by p.id for update
      )
      select h.id as "variantId", (select count(*)::int from posts) as posts from held h`
    const ids = new Set(held.map(({ variantId }) => variantId))
    const ends = accepted.flatMap(({ end, claim, requestId: asked }) =>
      end && ids.has(claim.variantId) ? [{ end, claim, requestId: asked }] : [],
    )
    if (ends.length > 0) await sumUpLocked(work, [...new Set(ends.map(({ claim }) => claim.postId))])
    for (const { claim, end, requestId: asked } of ends) recordEnd(work, claim, end, asked)
    return accepted.map(({ claim }) => ids.has(claim.variantId))
  }),
)
