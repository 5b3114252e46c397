import { afterAll, describe, expect, test } from 'vitest'
import { inMs } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { fail, ok } from '@/lib/core/result'
import { eventDelivery, undeliveredEvents, type Heard } from './deliver-events'
import { createProject } from './projects'
import { findEverywhere } from './system'
import { codeOf, newWorkspace, systemIn } from './testing'
import { transact } from './transact'

afterAll(() => Promise.all([closeQueues(), closeRealtime(), prisma.$disconnect()]))

async function busyWorkspace() {
  const { owner, workspaceId } = await newWorkspace()
  await createProject(owner, { name: 'Project' })
  return { workspaceId, system: await systemIn(workspaceId) }
}

/** As if the wait of these events had passed. */
const waitIsOver = (eventIds: readonly string[]) =>
  prisma.eventOutbox.updateMany({ where: { eventId: { in: [...eventIds] } }, data: { nextAt: new Date(0) } })

describe('an event', () => {
  test('is told to all who listen, once it was written, and then leaves the outbox', async () => {
    const { workspaceId, system } = await busyWorkspace()
    const [waiting] = await prisma.eventOutbox.findMany({ where: { workspaceId } })
    const eventId = waiting?.eventId ?? ''
    const heard: Heard[] = []
    let deaf = true
    const deliver = eventDelivery([
      async (_, event) => ok(heard.push(event)),
      async () => (deaf ? fail({ code: 'SERVICE_UNAVAILABLE', message: 'Not now.' }) : ok(0)),
    ])
    expect(codeOf(await deliver(system, { eventIds: [eventId] }))).toBe('SERVICE_UNAVAILABLE')
    expect(await prisma.eventOutbox.count({ where: { workspaceId } })).toBe(1)
    deaf = false
    await waitIsOver([eventId])
    expect(await deliver(system, { eventIds: [eventId] })).toEqual({ ok: true, value: { delivered: 1 } })
    expect(await deliver(system, { eventIds: [eventId] })).toEqual({ ok: true, value: { delivered: 0 } })
    expect(heard.map(({ type }) => type)).toEqual(['project.created', 'project.created'])
    expect(await prisma.eventOutbox.count({ where: { workspaceId } })).toBe(0)
  })

  test('that a listener throws over keeps none beside it, and is told again after waits that grow', async () => {
    const { workspaceId, system } = await busyWorkspace()
    await prisma.eventOutbox.deleteMany({ where: { workspaceId } })
    const subject = { type: 'account', id: newId() }
    await transact(system, async ({ record }) => {
      for (let n = 0; n < 3; n++) record({ type: 'account.reported', subject, particulars: { n } })
    })
    const rows = () => prisma.eventOutbox.findMany({ where: { workspaceId }, orderBy: { eventId: 'asc' } })
    const eventIds = (await rows()).map(({ eventId }) => eventId)
    const heard: unknown[] = []
    const deliver = eventDelivery([
      async (_, { id, particulars }) => {
        if (id === eventIds[1]) throw new Error('a bug over this one')
        return ok(heard.push(particulars))
      },
    ])
    const waits: number[] = []
    for (let tries = 1; tries <= 3; tries++) {
      const at = Date.now()
      expect(codeOf(await deliver(system, { eventIds }))).toBe('INTERNAL_ERROR')
      const [left, ...more] = await rows()
      expect([left?.eventId, left?.tries, more]).toEqual([eventIds[1], tries, []])
      waits.push((left?.nextAt.getTime() ?? 0) - at)
      // Not before its time.
      await prisma.eventOutbox.updateMany({ where: { workspaceId }, data: { nextAt: inMs(60_000) } })
      expect(await deliver(system, { eventIds })).toEqual({ ok: true, value: { delivered: 0 } })
      await waitIsOver(eventIds)
    }
    expect(heard).toEqual([{ n: 0 }, { n: 2 }])
    const [one = 0, two = 0, three = 0] = waits
    expect(one).toBeGreaterThanOrEqual(1_000)
    expect(two).toBeGreaterThanOrEqual(4_000)
    expect(three).toBeGreaterThanOrEqual(16_000)
  })

  test('that is not taken keeps the sweep from none that was lost', async () => {
    const [one, two] = [await busyWorkspace(), await busyWorkspace()]
    const deliver = eventDelivery([async () => fail({ code: 'SERVICE_UNAVAILABLE', message: 'Not now.' })])
    const idsOf = async ({ workspaceId }: { workspaceId: string }) =>
      (await prisma.eventOutbox.findMany({ where: { workspaceId } })).map(({ eventId }) => eventId)
    const [refused, lost] = [await idsOf(one), await idsOf(two)]
    await waitIsOver(lost)
    await prisma.eventOutbox.updateMany({
      where: { eventId: { in: refused } },
      data: { tries: 7, createdAt: new Date(0), nextAt: new Date(0) },
    })
    await deliver(one.system, { eventIds: refused })
    const found = await findEverywhere(undeliveredEvents, new Date(), 500)
    const mine = found.map(({ id }) => id).filter((id) => [...refused, ...lost].includes(id))
    expect(mine.toSorted()).toEqual(lost.toSorted())
  })

  test('of another workspace is not delivered', async () => {
    const [one, two] = [await busyWorkspace(), await busyWorkspace()]
    const [waiting] = await prisma.eventOutbox.findMany({ where: { workspaceId: two.workspaceId } })
    expect(await eventDelivery([])(one.system, { eventIds: [waiting?.eventId ?? ''] })).toEqual({
      ok: true,
      value: { delivered: 0 },
    })
    expect(await prisma.eventOutbox.count({ where: { workspaceId: two.workspaceId } })).toBe(1)
  })
})
