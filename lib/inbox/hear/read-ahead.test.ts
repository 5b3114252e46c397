import { afterAll, beforeAll, expect, test } from 'vitest'
import { statementsOf } from '@/bench/calendar/statements'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { closeDesk, hears, newDesk } from '../desk.fixture'
import { readText } from './read-ahead'

let desk: Awaited<ReturnType<typeof newDesk>>
beforeAll(async () => {
  desk = await newDesk()
})
afterAll(() => closeDesk())

/** What takes long to understand, and is unlike any other. */
const long = () => Array.from({ length: 1500 }, (_, n) => `Where is my parcel ${n} ${newId()}?`).join(' ')
const cpuMsOf = (work: () => unknown) => {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

test('words are read before anything is locked for them, and once where they are told again', async () => {
  const accountId = await desk.account('facebook')
  await hears(desk, accountId, 'Rosa', 'Hello')
  const text = long()
  const readMs = cpuMsOf(() => readText({ text: long(), kind: 'comment' }))
  const externalId = newId()
  const told = { externalId, at: new Date(Date.now() - 60_000).toISOString() }
  const first = await statementsOf(() => hears(desk, accountId, 'Rosa', text, told))
  const cpuAt = (which: RegExp) => first.find((one) => which.test(one.text))?.cpuMs ?? Number.NaN
  const [before, locked, held] = [cpuAt(/./), cpuAt(/^begin/i), cpuAt(/^commit/i)]
  expect(held - locked).toBeLessThan(locked - before)
  expect(await prisma.message.findFirst({ where: { accountId, externalId } })).toMatchObject({
    intent: 'support_request',
  })
  const cpuBefore = process.cpuUsage().user
  await hears(desk, accountId, 'Rosa', text, told)
  expect((process.cpuUsage().user - cpuBefore) / 1000).toBeLessThan(readMs)
})
