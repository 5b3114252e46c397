import { z } from 'zod'
import { noteCacheHit, releaseBudget, reserveBudget, settleBudget } from '@/lib/billing'
import type { AiFeature } from '@/lib/billing/schema'
import { cleaned } from '@/lib/core/clean'
import { day, inMs, now } from '@/lib/core/clock'
import { sha256 } from '@/lib/core/crypto'
import { newId } from '@/lib/core/ids'
import { ordered } from '@/lib/core/json'
import { fail, ok, type Result } from '@/lib/core/result'
import { here, transact, type Ctx } from '@/lib/workspace'
import { callModel, type ModelOutcome } from './model'
import type { Connection } from './settings'

export type Question<T> = {
  readonly feature: AiFeature
  readonly messageId: string
  readonly conversationId: string
  /** The small model is cheaper: it reads; the large one writes. */
  readonly size: 'small' | 'large'
  /** Ours alone. Nothing from outside may stand in it. */
  readonly instructions: string
  /** Everything from outside: it is handed over as JSON, and called data. */
  readonly data: object
  readonly schema: z.ZodType<T>
  readonly outputTokensAtMost: number
  readonly again?: boolean
}
export type Answered<T> = {
  readonly value: T
  readonly model: string
  readonly callId: string
  readonly costMicros: number
}

/** The same question has the same answer for this long. */
const keptForMs = day

/**
 * Asks a model inside the budget: what it may cost is set aside first, what it cost is paid afterwards, and a question
 * that was answered within the last day costs nothing.
 * Fails with QUOTA_EXCEEDED when the budget is used up, AI_SERVICE_ERROR when the provider gives no usable answer.
 */
export async function ask<T>(ctx: Ctx, connection: Connection, asked: Question<T>): Promise<Result<Answered<T>>> {
  const { feature, messageId, conversationId, schema, instructions } = asked
  const model = connection.models[asked.size]
  const prompt = JSON.stringify({ data: asked.data })
  const shape = JSON.stringify(z.toJSONSchema(schema))
  const hash = sha256(
    JSON.stringify(
      ordered({ provider: connection.provider, base: connection.baseUrl, model, instructions, prompt, shape }),
    ),
  )
  const what = {
    feature,
    subject: { type: 'message' as const, id: messageId },
    conversationId,
    provider: connection.provider,
    model,
  }
  const known = asked.again ? undefined : await knownAnswer(ctx, hash, schema)
  if (known !== undefined) {
    const noted = await noteCacheHit(ctx, what)
    return noted.ok ? ok({ value: known, model, callId: noted.value.callId, costMicros: 0 }) : noted
  }
  const own = connection.prices[model]
  const reserved = await reserveBudget(ctx, {
    ...what,
    ...(own
      ? {
          price: {
            input: Math.round(own.input * 1_000_000),
            output: Math.round(own.output * 1_000_000),
            source: connection.byServer ? 'the settings of the server' : 'the AI settings of this workspace',
          },
        }
      : {}),
    byServer: connection.byServer,
    inputTokensAtMost: mostTokens(instructions + prompt + shape),
    outputTokensAtMost: asked.outputTokensAtMost,
  })
  if (!reserved.ok) return reserved
  const { callId } = reserved.value
  const startedAt = performance.now()
  const outcome = await callModel(connection, {
    model,
    instructions,
    prompt,
    schema,
    outputTokensAtMost: asked.outputTokensAtMost,
  })
  const paid = await pay(ctx, callId, outcome, Math.round(performance.now() - startedAt))
  if (!paid.ok) return paid
  if (outcome.kind !== 'answered') return fail({ code: 'AI_SERVICE_ERROR', message: outcome.why })
  const value = cleaned(outcome.value)
  await keepAnswer(ctx, messageId, hash, model, value)
  return ok({ value, model, callId, costMicros: paid.value.costMicros })
}

/** A token is at least one byte, and the wrapping of a call a few dozen: a bound, not a guess. */
const mostTokens = (text: string): number => Buffer.byteLength(text) + 500

function pay<T>(ctx: Ctx, callId: string, outcome: ModelOutcome<T>, durationMs: number) {
  switch (outcome.kind) {
    case 'answered':
    case 'unusable':
      return settleBudget(ctx, { callId, usage: outcome.usage, durationMs, outcome: outcome.kind })
    case 'unknown':
      // It may have been answered after we had hung up, and then it is on the bill.
      return settleBudget(ctx, { callId, usage: null, durationMs, outcome: outcome.kind })
    case 'refused':
    case 'unreachable':
      return releaseBudget(ctx, { callId, durationMs, outcome: outcome.kind })
  }
}

async function knownAnswer<T>(ctx: Ctx, hash: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const row = await ctx.db.aiAnswer.findFirst({ where: { hash, expiresAt: { gt: now() } }, select: { answer: true } })
  return row ? schema.safeParse(row.answer).data : undefined
}

/** Nothing is kept of what was asked about somebody who was erased meanwhile: whoever erases them holds their messages. */
async function keepAnswer(ctx: Ctx, messageId: string, hash: string, model: string, value: unknown): Promise<void> {
  const { workspaceId } = ctx
  const kept = { model, answer: JSON.parse(JSON.stringify(value)), expiresAt: inMs(keptForMs) }
  await transact(ctx, async ({ db, sql }) => {
    const [asked] = await sql<{ erasedAt: Date | null }>`
      select m."erasedAt" from "Message" m where m."workspaceId" = ${here} and m.id = ${messageId} for share`
    if (asked?.erasedAt) return
    await db.aiAnswer.deleteMany({ where: { expiresAt: { lt: now() } } })
    await db.aiAnswer.upsert({
      where: { workspaceId_hash: { workspaceId, hash } },
      create: { id: newId(), workspaceId, hash, ...kept },
      update: kept,
    })
  })
}
