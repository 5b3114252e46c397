import { setTimeout as wait } from 'node:timers/promises'
import { day, inMs, minute, now, second } from '@/lib/core/clock'
import { seal, unseal } from '@/lib/core/crypto'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import type { Ctx } from './context'
import { isTaken } from './taken'

/** How long an answer is kept. After that the key may be used again. */
export const keptMs = day
/** A request that has not answered in this time was cut off. */
const abandonedMs = 2 * minute
/** How long a second request waits for the first. */
const patienceMs = 5 * second

export type StoredAnswer = { readonly status: number; readonly body: string }

/**
 * What to do with a request that carries an `Idempotency-Key`.
 * `run`: it is the first; carry it out and call `keep`, or `forget` when nothing was done. `replay`: it was answered before.
 */
export type FirstOrAgain =
  | { readonly turn: 'run'; keep(answer: StoredAnswer): Promise<void>; forget(): Promise<void> }
  | { readonly turn: 'replay'; readonly answer: StoredAnswer }

const purpose = (id: string) => `idempotent:${id}`
const caller = ({ actor }: Ctx) => actor.id

const otherBody: Failure = {
  code: 'CONFLICT',
  message: 'This Idempotency-Key was used for another request. Use a new key for each request.',
}
const cutOff: Failure = {
  code: 'CONFLICT',
  message:
    'The first request with this Idempotency-Key was cut off, so it is not known whether it was carried out. Look, then send what is missing under a new key.',
}
const stillRunning = (): Failure => ({
  code: 'CONFLICT',
  message: 'The first request with this Idempotency-Key is still running. Send this one again in a moment.',
  retryAt: inMs(2 * second),
})

/**
 * Takes a key for one request of one caller. Of several at once exactly one gets to run; the others wait up to 5 s for
 * its answer. Keys are kept for a day; the answer is encrypted, since it may hold a secret that is shown once.
 * @param requestHash recognises the request: the same key with another one is refused with CONFLICT.
 */
export async function takeKey(ctx: Ctx, key: string, requestHash: string): Promise<Result<FirstOrAgain>> {
  const mine = { apiKeyId: caller(ctx) }
  // One whose day is over must not answer, though the worker has not come by to forget it.
  await ctx.db.idempotentRequest.deleteMany({ where: { ...mine, createdAt: { lt: inMs(-keptMs) } } })
  const id = newId()
  try {
    await ctx.db.idempotentRequest.create({ data: { id, workspaceId: ctx.workspaceId, ...mine, key, requestHash } })
  } catch (error) {
    if (isTaken(error)) return again(ctx, key, requestHash)
    throw error
  }
  return ok({
    turn: 'run',
    async keep({ status, body }) {
      await ctx.db.idempotentRequest.updateMany({ where: { id }, data: { status, response: seal(body, purpose(id)) } })
    },
    async forget() {
      await ctx.db.idempotentRequest.deleteMany({ where: { id } })
    },
  })
}

async function again(ctx: Ctx, key: string, requestHash: string): Promise<Result<FirstOrAgain>> {
  const until = inMs(patienceMs)
  for (let pauseMs = 50; ; pauseMs = Math.min(500, pauseMs * 2)) {
    const first = await ctx.db.idempotentRequest.findFirst({ where: { apiKeyId: caller(ctx), key } })
    // The first came to nothing and was forgotten, so this one is now the first.
    if (!first) return takeKey(ctx, key, requestHash)
    if (first.requestHash !== requestHash) return fail(otherBody)
    if (first.status !== null && typeof first.response === 'string')
      return ok({ turn: 'replay', answer: { status: first.status, body: unseal(first.response, purpose(first.id)) } })
    if (first.createdAt < inMs(-abandonedMs)) return fail(cutOff)
    if (now() > until) return fail(stillRunning())
    await wait(pauseMs)
  }
}
