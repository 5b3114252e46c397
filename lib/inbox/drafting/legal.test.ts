import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { startStandIn } from '@/lib/ai/stand-in.fixture'
import { prisma } from '@/lib/core/db'
import { toJson } from '@/lib/core/json'
import { saveLabel, saveRule } from '@/lib/routing'
import type { Ctx } from '@/lib/workspace'
import { closeDesk, hears, newDesk } from '../desk.fixture'
import { listConversations } from '../lists/queries'
import { defaultFactors } from '../triage/score'
import { getTriage, saveTriage } from '../triage/triage-settings'
import { saveAiPolicy } from './ai-policies'
import { considerMessage, noticeMessage } from './consider'

let model: Awaited<ReturnType<typeof startStandIn>>
beforeAll(async () => {
  model = await startStandIn()
})
afterAll(async () => {
  await model.close()
  await closeDesk()
})

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
let accountId = ''
beforeEach(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
  accountId = await desk.account('facebook')
  await model.use(owner, { refines: true })
})

/** Something about law in a language that only the model reads, read by it. @returns its conversation. */
async function threatened() {
  const { id: messageId, conversationId } = await hears(desk, accountId, 'Greta', 'Davon hört noch heute mein lawyer.')
  must(await noticeMessage(desk.system, { messageId, kind: 'comment', via: 'webhook' }))
  const { id: readingId } = await prisma.aiReading.findUniqueOrThrow({ where: { messageId } })
  must(await considerMessage(desk.system, { readingId }))
  return prisma.conversation.findUniqueOrThrow({ where: { id: conversationId }, include: { labels: true } })
}

test('what a model reads as a legal matter is urgent by that alone, says why, and is found by it', async () => {
  const weights = { ...defaultFactors, veryNegative: 0 }
  must(await saveTriage(owner, { factors: weights, undoSeconds: 10 }))
  const { id, intent, priority, reasons } = await threatened()
  expect(intent).toBe('legal')
  expect(priority).toBeGreaterThanOrEqual(80)
  expect(JSON.stringify(reasons)).toContain('It looks like a legal matter')
  const listed = must(await listConversations(owner, { view: 'urgent', intent: 'legal' }))
  expect(listed.items.map((card) => card.id)).toEqual([id])
})

test('a workspace that weighed everything before that was told apart has the usual weight of it, until it says another', async () => {
  const { legal: _legal, ...before } = defaultFactors.intents
  const factors = toJson({ ...defaultFactors, intents: { ...before, complaint: 3, question: 0 } })
  await prisma.triageSettings.create({ data: { workspaceId: desk.workspace.id, factors, undoSeconds: 10 } })
  const read = must(await getTriage(owner, {})).factors
  expect(read.intents).toMatchObject({ legal: defaultFactors.intents.legal, complaint: 3, question: 0 })
  must(await saveTriage(owner, { factors: { ...read, intents: { ...read.intents, legal: 0 } }, undoSeconds: 10 }))
  expect(must(await getTriage(owner, {})).factors.intents.legal).toBe(0)
})

test('a rule can wait for a legal matter', async () => {
  const label = must(await saveLabel(owner, { name: 'Law', colour: 'red' }))
  must(
    await saveRule(owner, {
      name: 'To the lawyers',
      moment: 'escalated',
      conditions: { intents: ['legal'] },
      actions: [{ do: 'label', labelIds: [label.id] }],
    }),
  )
  must(
    await saveAiPolicy(owner, {
      accountId,
      mode: 'draft',
      threshold: 0.85,
      delayMinutes: 5,
      hourlyCap: 10,
      quietFrom: '',
      quietTo: '',
      escalateTo: '',
    }),
  )
  expect((await threatened()).labels.map(({ labelId }) => labelId)).toEqual([label.id])
})
