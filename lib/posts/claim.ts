import { hostname } from 'node:os'
import { env } from '@/lib/core/env'
import { inMs } from '@/lib/core/clock'
import { log } from '@/lib/core/log'
import { here, jsonNull, type Ctx, type Work } from '@/lib/workspace'
import type { StateReason, VariantState } from './schema'

/** This process, in ledgers. */
export const workerName = `${hostname()}:${process.pid}`

/** Another worker has taken over: whatever this one still wants to write would be a lie. */
export class LostClaim extends Error {}

export type Claim = { readonly variantId: string; readonly postId: string; readonly fence: number }

/** Why a variant may not be tried before its `notBefore`: `WaitingFor` of prisma/schema/posts.prisma. */
export type WaitingFor = 'rate_limit' | 'media' | 'network' | 'look' | 'person'

/** What a variant waits for, and until when. The two are only ever written together. */
export type Wait = { readonly notBefore: Date | null; readonly waitingFor: WaitingFor | null }
export const noWait: Wait = { notBefore: null, waitingFor: null }

type VariantChange = {
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

const lost = ({ variantId, fence }: Claim) => new LostClaim(`variant ${variantId}, fence ${fence}`)

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
  if (!held) throw lost(claim)
  return held
}

/** Ends or changes a claim. Throws `LostClaim` unless the fence still stands; so nothing else of the transaction holds. */
export async function moveVariant(
  { db }: Pick<Work, 'db'>,
  claim: Claim,
  { reason, wait, ...change }: VariantChange,
): Promise<void> {
  const held = change.state === 'claimed' || change.state === 'sending' || change.state === 'reconciling'
  const { count } = await db.variant.updateMany({
    where: { id: claim.variantId, fence: claim.fence, state: { in: ['claimed', 'sending', 'reconciling'] } },
    data: {
      ...change,
      ...wait,
      ...(reason === undefined ? {} : { reason: reason ?? jsonNull }),
      ...(held ? { leaseUntil: inMs(env().PUBLISH_LEASE_MS) } : { leaseUntil: null, claimedBy: null }),
    },
  })
  if (count !== 1) throw lost(claim)
}

/** A variant's steps in the order in which they are sent. */
export const stepsOf = (ctx: Ctx, variantId: string) =>
  ctx.db.step.findMany({ where: { variantId }, orderBy: { position: 'asc' } })
export type StepRow = Awaited<ReturnType<typeof stepsOf>>[number]

/** Keeps a claim alive while a long upload runs. `held()` turns false when the claim was lost. */
export function keepAlive(ctx: Ctx, claim: Claim): { held(): boolean; stop(): void } {
  let held = true
  const renew = async () => {
    const { count } = await ctx.db.variant.updateMany({
      where: { id: claim.variantId, fence: claim.fence, state: { in: ['claimed', 'sending', 'reconciling'] } },
      data: { leaseUntil: inMs(env().PUBLISH_LEASE_MS) },
    })
    if (count !== 1) held = false
  }
  const timer = setInterval(() => {
    renew().catch((error: unknown) =>
      log.warn({ variantId: claim.variantId, error: String(error) }, 'lease not renewed'),
    )
  }, env().PUBLISH_LEASE_MS / 3)
  return { held: () => held, stop: () => clearInterval(timer) }
}
