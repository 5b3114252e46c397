import { hostname } from 'node:os'
import { env } from '@/lib/core/env'
import { inMs, now } from '@/lib/core/clock'
import { endingWith } from '@/lib/core/http'
import { log } from '@/lib/core/log'
import { transact, type Ctx, type Work } from '@/lib/workspace'

/*
 * What is sent is a row, and whoever sends it claims the row first: one UPDATE that one worker wins, which raises the
 * row's fence and sets a lease. Every later write names the fence, so a worker that was taken for dead writes nothing.
 * The tables are their rooms' own; what such a row says while somebody holds it is said here.
 */

/** This process, in ledgers. */
export const workerName = `${hostname()}:${process.pid}`

/** Another worker has taken over: whatever this one still wants to write would be a lie. */
export class LostClaim extends Error {
  constructor(what: string, fence: number) {
    super(`${what}, fence ${fence}`)
  }
}

/** States in which a worker has the row in its hands. */
const inHands = ['claimed', 'sending', 'reconciling'] as const

/** Until when a claim made at `at` holds without a sign of life. */
export const leaseUntil = (at: Date = now()): Date => inMs(env().PUBLISH_LEASE_MS, at)

/** What a claim writes beside the new state. Its `where` asks for the one state it may be taken from, and `isDue`. */
export const claiming = (at: Date) => ({ fence: { increment: 1 }, claimedBy: workerName, leaseUntil: leaseUntil(at) })

/** A row that nothing keeps waiting. */
export const isDue = (at: Date) => ({ OR: [{ notBefore: null }, { notBefore: { lte: at } }] })

/** The row as long as this claim to it stands. */
export const underFence = (id: string, fence: number) => ({ id, fence, state: { in: [...inHands] } })

/** A row that its worker left. */
export const abandoned = (at: Date) => ({ state: { in: [...inHands] }, leaseUntil: { lt: at } })

export const letGo = { claimedBy: null, leaseUntil: null }

/** A row that is moved stays claimed, for another lease, or is let go: which, its new state says. */
export const leaseIn = (state: string) =>
  inHands.some((each) => each === state) ? { leaseUntil: leaseUntil() } : letGo

/** What is still under way so shortly before a lease ends is ended: clocks differ a little, and lines are slow. */
const marginOf = (leaseMs: number): number => leaseMs / 10

/**
 * Works under a claim, which is kept alive meanwhile. `renew` changes the row `underFence`. When it finds it no more, or
 * did not come through until shortly before the lease ends, others may take the row for left: calls to networks that are
 * under way are ended then, none is begun any more, and `over` says so.
 * @returns `lost` when another worker took over: what this one then wanted to write does not hold.
 */
export async function underClaim<T>(
  claim: { readonly name: string; renew(leased: { leaseUntil: Date }): PromiseLike<{ count: number }> },
  lost: T,
  work: (over: AbortSignal) => Promise<T>,
): Promise<T> {
  const leaseMs = env().PUBLISH_LEASE_MS
  const over = new AbortController()
  const endAt = (until: Date) =>
    setTimeout(
      () => {
        log.warn({ claim: claim.name }, 'lease ends: its calls are ended')
        over.abort()
      },
      until.getTime() - marginOf(leaseMs) - now().getTime(),
    )
  let isDone = false
  let end = endAt(leaseUntil())
  const renew = async () => {
    const until = leaseUntil()
    const { count } = await claim.renew({ leaseUntil: until })
    clearTimeout(end)
    if (count !== 1) over.abort()
    else if (!isDone && !over.signal.aborted) end = endAt(until)
  }
  const timer = setInterval(() => {
    renew().catch((error: unknown) => log.warn({ claim: claim.name, error: String(error) }, 'lease not renewed'))
  }, leaseMs / 3)
  try {
    return await endingWith(over.signal, () => work(over.signal))
  } catch (error) {
    if (error instanceof LostClaim) return lost
    throw error
  } finally {
    isDone = true
    clearInterval(timer)
    clearTimeout(end)
  }
}

/** Locks the row of a claim. Throws `LostClaim` unless its fence still stands. */
export type Hold = (work: Work) => Promise<unknown>

/** One transaction under a claim: its row is held before anything is written, so that all of it holds or nothing. */
export const writeHeld = <T>(ctx: Ctx, hold: Hold, write: (work: Work) => Promise<T>): Promise<T> =>
  transact(ctx, async (work) => {
    await hold(work)
    return write(work)
  })
