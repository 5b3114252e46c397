import { leaseIn, LostClaim, underClaim, underFence, writeHeld } from '@/lib/sending'
import { here, jsonNull, type Ctx, type Work } from '@/lib/workspace'
import type { StateReason, VariantState } from '../schema'

export type Claim = {
  readonly variantId: string
  readonly postId: string
  readonly accountId: string
  readonly fence: number
}

/** Why a variant may not be tried before its `notBefore`: `WaitingFor` of prisma/schema/posts.prisma. */
export type WaitingFor = 'rate_limit' | 'media' | 'network' | 'look' | 'person'

/** What a variant waits for, and until when. The two are only ever written together. */
export type Wait = { readonly notBefore: Date | null; readonly waitingFor: WaitingFor | null }
export const noWait: Wait = { notBefore: null, waitingFor: null }

export type VariantChange = {
  state: VariantState
  wait?: Wait
  reason?: StateReason | null
  url?: string
  publishedAt?: Date
  latenessMs?: number
  measureAt?: Date
  absentReads?: number
  retries?: number | { increment: number }
}

export const lostVariant = ({ variantId, fence }: Claim) => new LostClaim(`variant ${variantId}`, fence)

type Held = { readonly retries: number; readonly reason: unknown }

/**
 * Locks a variant that is still ours: the first statement of whatever writes under a claim (see lock.ts).
 * Throws `LostClaim` unless the fence still stands, so that nothing of the transaction holds.
 */
export async function hold({ sql }: Pick<Work, 'sql'>, claim: Claim): Promise<Held> {
  const [held] = await sql<Held>`
    select v.retries, v.reason from "Variant" v
    where v.id = ${claim.variantId} and v.fence = ${claim.fence} and v.state in ('claimed', 'sending', 'reconciling')
      and v."workspaceId" = ${here}
    for update`
  if (!held) throw lostVariant(claim)
  return held
}

/** One transaction under a claim: the variant is held before anything is written. */
export const writeVariant = <T>(ctx: Ctx, claim: Claim, write: (work: Work) => Promise<T>): Promise<T> =>
  writeHeld(ctx, (work) => hold(work, claim), write)

/** Ends or changes a claim. Throws `LostClaim` unless the fence still stands; so nothing else of the transaction holds. */
export async function moveVariant(
  { db }: Pick<Work, 'db'>,
  claim: Claim,
  { reason, wait, ...change }: VariantChange,
): Promise<void> {
  const { count } = await db.variant.updateMany({
    where: underFence(claim.variantId, claim.fence),
    data: {
      ...change,
      ...wait,
      ...(reason === undefined ? {} : { reason: reason ?? jsonNull }),
      ...leaseIn(change.state),
    },
  })
  if (count !== 1) throw lostVariant(claim)
}

/** A variant's steps in the order in which they are sent. */
export const stepsOf = (ctx: Ctx, variantId: string) =>
  ctx.db.step.findMany({ where: { variantId }, orderBy: { position: 'asc' } })
export type StepRow = Awaited<ReturnType<typeof stepsOf>>[number]

/** Works on a claimed variant. @returns `lost` when another worker took it over. */
export const underVariant = <T>(ctx: Ctx, claim: Claim, lost: T, work: (over: AbortSignal) => Promise<T>): Promise<T> =>
  underClaim(
    {
      name: `variant ${claim.variantId}`,
      renew: (data) => ctx.db.variant.updateMany({ where: underFence(claim.variantId, claim.fence), data }),
    },
    lost,
    work,
  )
