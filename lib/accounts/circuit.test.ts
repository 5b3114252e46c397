import { afterAll, beforeAll, expect, test } from 'vitest'
import fc from 'fast-check'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { fail, ok } from '@/lib/core/result'
import type { PlatformError } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { makeOwner, must } from './connected.fixture'
import { pass, noteAnswer } from './circuit'
import { after, closed, failuresToOpen, type Lane, type Standing } from './circuit-rules'
import { listAccounts } from './manage'
import { sealCredentials } from './secrets'

let owner: Ctx
let system: Ctx
beforeAll(async () => {
  owner = await makeOwner()
  system = await systemIn(owner.workspaceId)
})
afterAll(async () => {
  await Promise.all([closeQueues(), closeRealtime()])
  await prisma.$disconnect()
})

const down: PlatformError = { code: 'unavailable', reason: 'connection refused' }
const x = { name: 'x', label: 'X' }

async function newAccount(): Promise<string> {
  const { workspaceId } = owner
  const id = newId()
  await prisma.account.create({
    data: {
      id,
      workspaceId,
      platform: 'x',
      method: 'account',
      kind: 'person',
      externalId: id,
      handle: '@ada',
      displayName: 'Ada',
      profileUrl: 'https://x.com/ada',
      scopes: [],
      credentialsSealed: sealCredentials(workspaceId, { accessToken: 'secret', scopes: [], externalId: id }),
      tokenIssuedAt: new Date(),
    },
  })
  return id
}

/** One call that goes so, when the circuit lets it through. @returns whether it did */
async function call(accountId: string, error: PlatformError | undefined, lane: Lane = 'publishing'): Promise<boolean> {
  const passage = await pass(system, { accountId, lane })
  if (!passage.open) return false
  const answer = error ? fail(error) : ok(undefined)
  await noteAnswer(system, { account: { circuit: passage.passed, platform: x }, answer })
  return true
}
const fiveFailures = async (accountId: string) => {
  for (let n = 0; n < failuresToOpen; n++) expect(await call(accountId, down)).toBe(true)
}
const pauseIsOver = (accountId: string) =>
  prisma.circuit.updateMany({ where: { accountId }, data: { openUntil: new Date(0), changedAt: new Date(0) } })

test('a network that fails five times in a row is left alone, and the accounts page says until when and why', async () => {
  const accountId = await newAccount()
  await fiveFailures(accountId)
  expect(await call(accountId, undefined)).toBe(false)
  const card = must(await listAccounts(owner, {})).items.find(({ id }) => id === accountId)
  expect(card?.paused).toMatchObject([{ lane: 'publishing', why: 'X failed 5 times in a row' }])
  expect(Date.parse(card?.paused[0]?.until ?? '')).toBeGreaterThan(Date.now())
  expect(await prisma.event.count({ where: { subjectId: accountId, type: 'account.paused' } })).toBe(1)
})

test('what is paused for publishing may still be read', async () => {
  const accountId = await newAccount()
  await fiveFailures(accountId)
  expect(await call(accountId, undefined, 'reading')).toBe(true)
})

test('a success between failures begins the count anew', async () => {
  const accountId = await newAccount()
  for (const error of [down, down, down, down, undefined, down, down, down, down])
    expect(await call(accountId, error)).toBe(true)
  expect(await call(accountId, undefined)).toBe(true)
})

test('a refusal is an answer of a network that is well', async () => {
  const accountId = await newAccount()
  for (let n = 0; n < 8; n++) expect(await call(accountId, { code: 'rejected', reason: 'Too long' })).toBe(true)
})

test('so is a copy that does not tell yet, however often it comes', async () => {
  const accountId = await newAccount()
  const copy = { ageMs: 60_000, nextInMs: 540_000 }
  for (let n = 0; n < 8; n++) expect(await call(accountId, { ...down, copy }, 'reading')).toBe(true)
})

test('a limit pauses at once, until the very moment the network named', async () => {
  const accountId = await newAccount()
  const retryAt = new Date(Date.now() + 123_000)
  await call(accountId, { code: 'rate_limited', retryAt })
  const passage = await pass(system, { accountId, lane: 'publishing' })
  expect(passage).toMatchObject({ open: false, held: { code: 'RATE_LIMIT_EXCEEDED', retryAt } })
})

test('when the pause is over one tries, of many at once; it opens for all when it gets through', async () => {
  const accountId = await newAccount()
  await fiveFailures(accountId)
  await pauseIsOver(accountId)
  const asked = { accountId, lane: 'publishing' } as const
  const passages = await Promise.all(Array.from({ length: 12 }, () => pass(system, asked)))
  const [probe, second] = passages.filter((passage) => passage.open)
  expect(second).toBeUndefined()
  if (!probe?.open) throw new Error('nobody may try')
  await noteAnswer(system, { account: { circuit: probe.passed, platform: x }, answer: ok(undefined) })
  expect(await Promise.all([call(accountId, undefined), call(accountId, undefined)])).toEqual([true, true])
  expect(await prisma.event.count({ where: { subjectId: accountId, type: 'account.resumed' } })).toBe(1)
})

test('one that tries in vain lengthens the pause, and one that dies makes way for another', async () => {
  const accountId = await newAccount()
  await fiveFailures(accountId)
  await pauseIsOver(accountId)
  expect(await call(accountId, down)).toBe(true)
  expect(await call(accountId, undefined)).toBe(false)
  await pauseIsOver(accountId)
  expect(await pass(system, { accountId, lane: 'publishing' })).toMatchObject({ open: true })
  // It died: nothing was heard of its call.
  await prisma.circuit.updateMany({ where: { accountId }, data: { probeUntil: new Date(0) } })
  expect(await call(accountId, undefined)).toBe(true)
  expect(await prisma.circuit.count({ where: { accountId } })).toBe(0)
})

test('failures of calls that were under way when it opened do not lengthen the pause', async () => {
  const accountId = await newAccount()
  const asked = { accountId, lane: 'publishing' } as const
  const passages = await Promise.all(Array.from({ length: 12 }, () => pass(system, asked)))
  for (const passage of passages)
    if (passage.open)
      await noteAnswer(system, { account: { circuit: passage.passed, platform: x }, answer: fail(down) })
  expect(await prisma.circuit.findFirstOrThrow({ where: { accountId } })).toMatchObject({ failures: 5, openings: 1 })
})

test('pauses never shrink while nothing gets through, and none is longer than 64 first ones', () => {
  const rules = { pauseMs: 1_000, network: 'X' }
  fc.assert(
    fc.property(fc.integer({ min: 6, max: 40 }), (calls) => {
      let standing: Standing = closed
      let at = new Date('2030-01-01T00:00:00Z')
      let before = 0
      for (let n = 0; n < calls; n++) {
        standing = after(standing, down, { ...rules, at })
        if (!standing.openUntil) continue
        const pause = standing.openUntil.getTime() - at.getTime()
        expect(pause).toBeGreaterThanOrEqual(before)
        expect(pause).toBeLessThanOrEqual(64_000)
        before = pause
        at = standing.openUntil
      }
      expect(standing.openings).toBe(calls - failuresToOpen + 1)
    }),
  )
})
