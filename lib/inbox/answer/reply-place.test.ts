import { afterAll, beforeAll, expect, test } from 'vitest'
import { bareDriver, statementsOf } from '@/bench/calendar/statements'
import { prisma } from '@/lib/core/db'
import { transact, type Work } from '@/lib/workspace'
import { closeDesk, newDesk } from '../desk.fixture'
import { fill } from '../many.fixture'
import { echoHeard, proveByEcho } from './reply-proof'

const many = 12_000
let desk: Awaited<ReturnType<typeof newDesk>>
let driver: Awaited<ReturnType<typeof bareDriver>>
beforeAll(async () => {
  desk = await newDesk()
  driver = await bareDriver()
  const owner = await desk.as('owner')
  await fill(desk.workspace.id, await desk.account('facebook'), many, owner.actor.id)
})
afterAll(async () => {
  await driver.close()
  await closeDesk()
})

const anAnswer = () =>
  prisma.reply.findFirstOrThrow({
    where: { workspaceId: desk.workspace.id },
    select: { id: true, accountId: true, conversation: { select: { externalKey: true } } },
  })
const rowsReadBy = async (work: (work: Work) => Promise<unknown>) =>
  driver.rowsLookedAt(await statementsOf(() => transact(desk.system, work)))

test('an echo that fits no answer is known for that by the answers of its own place', async () => {
  const { accountId, conversation } = await anAnswer()
  const echo = { externalId: 'of-none', text: 'Nobody of ours said this', at: new Date(), url: null }
  for (const externalKey of [conversation.externalKey, 'a chat of which nothing was heard'])
    expect(await rowsReadBy((work) => proveByEcho(work, { accountId, externalKey }, echo))).toBeLessThan(30)
})

test('whether the echo of an answer came before is asked of its own place', async () => {
  const { id: replyId, accountId } = await anAnswer()
  const asked = (work: Work) => echoHeard(work, { replyId, since: new Date(0) })
  expect(await rowsReadBy(asked)).toBeLessThan(30)
  await prisma.reply.update({ where: { id: replyId }, data: { privatelyTo: `somebody of ${accountId}` } })
  expect(await rowsReadBy(asked)).toBeLessThan(30)
})
