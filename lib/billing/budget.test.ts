import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import type { Ctx } from '@/lib/workspace'
import { codeOf, newMember, newWorkspace } from '@/lib/workspace/testing'
import { getBudget, listAiCalls, setBudget } from './budget'
import { costOf, priceOf } from './prices'
import { reserveBudget } from './reserve'
import type { AiFeature } from './schema'
import { expireReservation, noteCacheHit, releaseBudget, settleBudget } from './settle'

afterAll(async () => {
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

let owner: Ctx
beforeEach(async () => {
  owner = (await newWorkspace()).owner
})

/** One dollar for a million tokens: a token is a micro-dollar. */
process.env.AI_MONTHLY_LIMIT_USD = '0.01'
const price = { input: 1_000_000, output: 1_000_000, source: 'the test' }
const asking = (tokens: number, more: { feature?: AiFeature; message?: string } = {}) => ({
  feature: more.feature ?? ('draft' as const),
  subject: { type: 'message' as const, id: more.message ?? 'm-1' },
  conversationId: 'c-1',
  provider: 'test',
  model: 'stand-in',
  price,
  inputTokensAtMost: tokens,
  outputTokensAtMost: 0,
})
async function reserved(
  ctx: Ctx,
  tokens: number,
  more: { feature?: AiFeature; message?: string } = {},
): Promise<string> {
  const taken = await reserveBudget(ctx, asking(tokens, more))
  if (!taken.ok) throw new Error(taken.error.message)
  return taken.value.callId
}
const paid = { durationMs: 5, outcome: 'answered' }
async function seen(ctx: Ctx) {
  const view = await getBudget(ctx, {})
  if (!view.ok) throw new Error(view.error.message)
  return view.value
}
const limitTo = (ctx: Ctx, limitDollars: number | null, feature?: AiFeature) =>
  setBudget(ctx, { limitDollars, ...(feature ? { feature } : {}) })

describe('a budget', () => {
  test('is never overspent by 200 calls at once, and lets through exactly as many as fit', async () => {
    await limitTo(owner, 0.01)
    const answers = await Promise.all(Array.from({ length: 200 }, () => reserveBudget(owner, asking(1_000))))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(10)
    expect(new Set(answers.filter(({ ok }) => !ok).map(codeOf))).toEqual(new Set(['QUOTA_EXCEEDED']))
    expect(await seen(owner)).toMatchObject({ spentMicros: 0, reservedMicros: 10_000, leftMicros: 0 })
  })

  test('is never overspent while 200 calls of two features reserve, settle and give back at once', async () => {
    await limitTo(owner, 0.01)
    await limitTo(owner, 0.004, 'triage')
    const costs = await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        const feature = n % 2 === 0 ? ('draft' as const) : ('triage' as const)
        const taken = await reserveBudget(owner, asking(1_000, { feature }))
        if (!taken.ok) return { feature, cost: 0 }
        const { callId } = taken.value
        const done =
          n % 3 === 0
            ? await releaseBudget(owner, { callId, ...paid, outcome: 'refused' })
            : await settleBudget(owner, { callId, ...paid, usage: { inputTokens: 500 + n, outputTokens: 0 } })
        if (!done.ok) throw new Error(done.error.message)
        return { feature, cost: done.value.costMicros }
      }),
    )
    const sum = (feature?: AiFeature) =>
      costs.filter((one) => !feature || one.feature === feature).reduce((total, { cost }) => total + cost, 0)
    const view = await seen(owner)
    expect(view).toMatchObject({ reservedMicros: 0, spentMicros: sum() })
    expect(sum()).toBeGreaterThan(0)
    expect(sum()).toBeLessThanOrEqual(10_000)
    expect(sum('triage')).toBeLessThanOrEqual(4_000)
    expect(view.features.find(({ feature }) => feature === 'triage')).toMatchObject({ spentMicros: sum('triage') })
  })

  test('begins at ten dollars a month, which the page says nobody chose', async () => {
    expect(await seen(owner)).toMatchObject({ limitMicros: 10_000_000, isDefaultLimit: true })
    expect(codeOf(await reserveBudget(owner, asking(10_000_001)))).toBe('QUOTA_EXCEEDED')
    expect(codeOf(await reserveBudget(owner, asking(10_000_000)))).toBe('ok')
  })

  test('of a feature holds inside that of the workspace, and counts what the feature has cost since the first', async () => {
    const callId = await reserved(owner, 3_000, { feature: 'triage' })
    await settleBudget(owner, { callId, ...paid, usage: { inputTokens: 3_000, outputTokens: 0 } })
    await limitTo(owner, 0.005, 'triage')
    expect(codeOf(await reserveBudget(owner, asking(2_001, { feature: 'triage' })))).toBe('QUOTA_EXCEEDED')
    expect(codeOf(await reserveBudget(owner, asking(2_001)))).toBe('ok')
    await limitTo(owner, null, 'triage')
    expect(codeOf(await reserveBudget(owner, asking(2_001, { feature: 'triage' })))).toBe('ok')
  })

  test('of nothing stops every call', async () => {
    await limitTo(owner, 0)
    expect(codeOf(await reserveBudget(owner, asking(1)))).toBe('QUOTA_EXCEEDED')
  })

  test('is a workspace’s own: another’s spending does not touch it, nor can another settle its calls', async () => {
    const other = (await newWorkspace()).owner
    const callId = await reserved(owner, 10_000_000)
    expect(codeOf(await reserveBudget(other, asking(10_000_000)))).toBe('ok')
    expect(codeOf(await settleBudget(other, { callId, ...paid, usage: null }))).toBe('NOT_FOUND')
  })

  test('may be seen by managers and set by owners alone', async () => {
    const { workspaceId } = owner
    const [manager, editor, admin] = await Promise.all([
      newMember(workspaceId, 'manager'),
      newMember(workspaceId, 'editor'),
      newMember(workspaceId, 'admin'),
    ])
    expect([codeOf(await getBudget(manager, {})), codeOf(await getBudget(editor, {}))]).toEqual(['ok', 'FORBIDDEN'])
    expect(codeOf(await limitTo(admin, 1))).toBe('FORBIDDEN')
  })
})

describe('the key of the server', () => {
  const total = () => prisma.serverSpending.findFirstOrThrow({ select: { spentMicros: true, reservedMicros: true } })
  const byServer = (ctx: Ctx, tokens = 1_000) => reserveBudget(ctx, { ...asking(tokens), byServer: true })

  test('costs all workspaces together no more than the server allows, however many ask and settle at once', async () => {
    const owners = await Promise.all(Array.from({ length: 4 }, async () => (await newWorkspace()).owner))
    await limitTo(owners[0] ?? owner, 1_000)
    const answers = await Promise.all(
      Array.from({ length: 80 }, async (_, n) => {
        const ctx = owners[n % 4] ?? owner
        return { ctx, taken: await byServer(ctx) }
      }),
    )
    const taken = answers.flatMap(({ ctx, taken: one }) => (one.ok ? [{ ctx, callId: one.value.callId }] : []))
    expect(taken).toHaveLength(10)
    expect(answers.find(({ taken: one }) => !one.ok)?.taken).toMatchObject({
      error: { code: 'QUOTA_EXCEEDED', message: expect.stringContaining('AI_MONTHLY_LIMIT_USD') },
    })
    // What did not fit there is set aside nowhere.
    const views = await Promise.all(owners.map((ctx) => seen(ctx)))
    expect(views.reduce((sum, { reservedMicros }) => sum + reservedMicros, 0)).toBe(10_000)
    expect(codeOf(await reserveBudget(owner, asking(1_000)))).toBe('ok')

    await Promise.all(
      taken.flatMap(({ ctx, callId }, n) =>
        n % 2 === 0
          ? [releaseBudget(ctx, { callId, ...paid }), releaseBudget(ctx, { callId, ...paid })]
          : [settleBudget(ctx, { callId, ...paid, usage: { inputTokens: 600, outputTokens: 0 } }), byServer(ctx)],
      ),
    )
    const { spentMicros, reservedMicros } = await total()
    expect(spentMicros).toBe(3_000n)
    expect(spentMicros + reservedMicros).toBeLessThanOrEqual(10_000n)
  })

  test('is settled with a call that was given up for lost and came back', async () => {
    await prisma.serverSpending.deleteMany()
    const one = await byServer(owner, 5_000)
    const callId = one.ok ? one.value.callId : ''
    await prisma.aiCall.update({ where: { id: callId }, data: { leaseUntil: new Date(0) } })
    await expireReservation(owner, { callId })
    expect(await total()).toEqual({ spentMicros: 5_000n, reservedMicros: 0n })
    await settleBudget(owner, { callId, ...paid, usage: { inputTokens: 700, outputTokens: 0 } })
    expect(await total()).toEqual({ spentMicros: 700n, reservedMicros: 0n })
  })
})

describe('a call', () => {
  test('costs what it really used, and what it did not use is given back', async () => {
    const callId = await reserved(owner, 5_000, { message: 'm-7' })
    await settleBudget(owner, { callId, ...paid, usage: { inputTokens: 1_200, outputTokens: 34 } })
    expect(await seen(owner)).toMatchObject({ spentMicros: 1_234, reservedMicros: 0 })
    const calls = await listAiCalls(owner, {})
    expect(calls.ok && calls.value).toMatchObject([
      { subject: { type: 'message', id: 'm-7' }, conversationId: 'c-1', costMicros: 1_234, inputTokens: 1_200 },
    ])
  })

  test('is paid once, however often and by whichever road it is closed', async () => {
    const callId = await reserved(owner, 5_000)
    const usage = { inputTokens: 1_000, outputTokens: 0 }
    await Promise.all([
      settleBudget(owner, { callId, ...paid, usage }),
      settleBudget(owner, { callId, ...paid, usage }),
      settleBudget(owner, { callId, ...paid, usage }),
    ])
    await releaseBudget(owner, { callId, ...paid })
    expect(await seen(owner)).toMatchObject({ spentMicros: 1_000, reservedMicros: 0 })
  })

  test('counts as wholly spent when the provider does not say what it used', async () => {
    const callId = await reserved(owner, 5_000)
    await settleBudget(owner, { callId, ...paid, usage: null })
    expect(await seen(owner)).toMatchObject({ spentMicros: 5_000, reservedMicros: 0 })
  })

  test('of a dead worker counts as spent when its lease ends, and is put right if the worker was only late', async () => {
    const callId = await reserved(owner, 5_000)
    await expireReservation(owner, { callId })
    expect(await seen(owner)).toMatchObject({ spentMicros: 0, reservedMicros: 5_000 })
    await prisma.aiCall.update({ where: { id: callId }, data: { leaseUntil: new Date(0) } })
    await expireReservation(owner, { callId })
    await expireReservation(owner, { callId })
    expect(await seen(owner)).toMatchObject({ spentMicros: 5_000, reservedMicros: 0 })
    await settleBudget(owner, { callId, ...paid, usage: { inputTokens: 700, outputTokens: 0 } })
    expect(await seen(owner)).toMatchObject({ spentMicros: 700, reservedMicros: 0 })
  })

  test('of a model whose price nobody knows is not made', async () => {
    const { price: _unknown, ...rest } = asking(1)
    expect(codeOf(await reserveBudget(owner, { ...rest, model: 'somebody-elses-model' }))).toBe('QUOTA_EXCEEDED')
    expect(codeOf(await reserveBudget(owner, { ...rest, model: 'gpt-5-mini-2025-08-07' }))).toBe('ok')
  })

  test('that needed no asking is noted and costs nothing', async () => {
    const { price: _none, inputTokensAtMost: _in, outputTokensAtMost: _out, ...what } = asking(1)
    await noteCacheHit(owner, what)
    const view = await seen(owner)
    expect(view).toMatchObject({ spentMicros: 0, reservedMicros: 0 })
    expect(view.features.find(({ feature }) => feature === 'draft')).toMatchObject({ calls: 1, cacheHits: 1 })
  })
})

describe('spending', () => {
  test('is told by day on the workspace’s wall clock, and adds up to what the budget says', async () => {
    for (const tokens of [100, 20, 3]) {
      const callId = await reserved(owner, tokens)
      await settleBudget(owner, { callId, ...paid, usage: { inputTokens: tokens, outputTokens: 0 } })
    }
    // 23:30 UTC is the next day in Zurich.
    const [first] = await prisma.aiCall.findMany({ where: { workspaceId: owner.workspaceId }, take: 1 })
    const eve = new Date(`${(await seen(owner)).period}-10T23:30:00Z`)
    await prisma.aiCall.update({ where: { id: first?.id ?? '' }, data: { at: eve } })
    const view = await seen(owner)
    expect(view.days.map(({ day }) => day)).toContain(`${view.period}-11`)
    expect(view.days.reduce((sum, { spentMicros }) => sum + spentMicros, 0)).toBe(123)
    expect(view.spentMicros).toBe(123)
  })
})

test('prices are whole micro-dollars for a million tokens, and costs are rounded up, never down', () => {
  expect(priceOf('gpt-5-mini')).toMatchObject({ input: 250_000, output: 2_000_000 })
  expect(priceOf('gpt-5-mini-next')).toBeUndefined()
  fc.assert(
    fc.property(fc.nat(200_000), fc.nat(20_000), fc.nat(100_000_000), fc.nat(100_000_000), (i, o, input, output) => {
      const exact = (i * input + o * output) / 1_000_000
      const cost = costOf({ input, output }, { inputTokens: i, outputTokens: o })
      return Number.isInteger(cost) && cost >= exact && cost < exact + 1
    }),
  )
})
