import { hostname } from 'node:os'
import { env } from '@/lib/core/env'
import { inMs, now } from '@/lib/core/clock'
import { log } from '@/lib/core/log'
import { jsonNull, type Ctx, type Work } from '@/lib/workspace'
import { sumUp } from './state'
import type { StateReason, VariantState } from './schema'

/** This process, in ledgers. */
export const workerName = `${hostname()}:${process.pid}`

/** Another worker has taken over: whatever this one still wants to write would be a lie. */
export class LostClaim extends Error {}

export type Claim = { readonly variantId: string; readonly postId: string; readonly fence: number }

type VariantChange = {
  state: VariantState
  notBefore?: Date | null
  reason?: StateReason | null
  url?: string
  publishedAt?: Date
  latenessMs?: number
  absentReads?: number
  retries?: number | { increment: number }
}

/** Ends or changes a claim. Throws `LostClaim` unless the fence still stands; so nothing else of the transaction holds. */
export async function moveVariant({ db }: Work, claim: Claim, { reason, ...change }: VariantChange): Promise<void> {
  const held = change.state === 'claimed' || change.state === 'sending' || change.state === 'reconciling'
  const { count } = await db.variant.updateMany({
    where: { id: claim.variantId, fence: claim.fence, state: { in: ['claimed', 'sending', 'reconciling'] } },
    data: {
      ...change,
      ...(reason === undefined ? {} : { reason: reason ?? jsonNull }),
      ...(held ? { leaseUntil: inMs(env().PUBLISH_LEASE_MS) } : { leaseUntil: null, claimedBy: null }),
    },
  })
  if (count !== 1) throw new LostClaim(`variant ${claim.variantId}, fence ${claim.fence}`)
}

/** Sums the variants up into the post. The post's row is locked first, so that two variants ending at once both count. */
export async function sumUpPost(db: Work['db'], postId: string): Promise<void> {
  await db.post.update({ where: { id: postId }, data: { updatedAt: now() }, select: { id: true } })
  const variants = await db.variant.findMany({ where: { postId }, select: { state: true, publishedAt: true } })
  const published = variants.flatMap((v) => (v.publishedAt ? [v.publishedAt.getTime()] : []))
  await db.post.update({
    where: { id: postId },
    data: {
      state: sumUp(variants.map((v) => v.state)),
      ...(published.length ? { publishedAt: new Date(Math.min(...published)) } : {}),
    },
    select: { id: true },
  })
}

/** A variant's steps in the order in which they are sent. */
export const stepsOf = (ctx: Ctx, variantId: string) =>
  ctx.db.step.findMany({ where: { variantId }, orderBy: { position: 'asc' } })

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
