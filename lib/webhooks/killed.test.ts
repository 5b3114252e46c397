import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startReceiver } from './receiver.fixture'

// Both are read once, before anything else.
const receiver = await startReceiver()
process.env.PRIVATE_WEBHOOK_ORIGINS = receiver.origin
const folder = (process.env.FAILPOINTS = mkdtempSync(path.join(tmpdir(), 'webhooks-')))
const { inMs } = await import('@/lib/core/clock')
const { prisma } = await import('@/lib/core/db')
const { closeQueues } = await import('@/lib/core/queue')
const { closeRealtime } = await import('@/lib/core/realtime')
const { must } = await import('@/lib/accounts/connected.fixture')
const { transact } = await import('@/lib/workspace')
const { newWorkspace, systemIn } = await import('@/lib/workspace/testing')
const { deliverWebhook } = await import('./deliver')
const { createWebhook } = await import('./manage')
const { tellPrograms } = await import('./tell')

afterAll(async () => {
  rmSync(folder, { recursive: true })
  await receiver.close()
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

test('a worker that dies after it sent and before it wrote that down leaves a retry under the same id', async () => {
  const { owner, workspaceId } = await newWorkspace()
  const system = await systemIn(workspaceId)
  must(await createWebhook(owner, { url: receiver.origin, eventTypes: ['contact.updated'] }))
  await transact(owner, async ({ record }) =>
    record({ type: 'contact.updated', subject: { type: 'contact', id: 'c' } }),
  )
  const event = await prisma.event.findFirstOrThrow({ where: { workspaceId, type: 'contact.updated' } })
  must(await tellPrograms(system, { eventId: event.id, type: event.type, subjectId: 'c' }))
  const { id } = await prisma.webhookDelivery.findFirstOrThrow({ where: { eventId: event.id } })
  const row = () => prisma.webhookDelivery.findUniqueOrThrow({ where: { id } })

  writeFileSync(path.join(folder, `webhook.before_record@${id}`), '')
  // It never comes back, as one that was killed there.
  void deliverWebhook(system, { deliveryId: id })
  await expect.poll(() => readdirSync(folder)).toEqual([`webhook.before_record@${id}.${process.pid}`])
  expect(receiver.got).toHaveLength(1)
  expect(await row()).toMatchObject({ state: 'waiting', attempts: 1, lastStatus: null, leaseUntil: expect.any(Date) })
  expect(must(await deliverWebhook(system, { deliveryId: id })).delivered).toBe(false)

  await prisma.webhookDelivery.update({ where: { id }, data: { leaseUntil: inMs(-1) } })
  expect(must(await deliverWebhook(system, { deliveryId: id })).delivered).toBe(true)
  const [first, second] = receiver.got
  expect([second?.headers['webhook-id'], second?.body]).toEqual([first?.headers['webhook-id'], first?.body])
  expect(await row()).toMatchObject({ state: 'delivered', attempts: 2 })
})
