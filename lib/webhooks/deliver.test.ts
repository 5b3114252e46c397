import { Webhook } from 'standardwebhooks'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { startReceiver } from './receiver.fixture'

// Settings are read once, at the first use.
const receiver = await startReceiver()
process.env.PRIVATE_WEBHOOK_ORIGINS = receiver.origin
const { day, hour, inMs, minute, second } = await import('@/lib/core/clock')
const { prisma } = await import('@/lib/core/db')
const { closeQueues, queueNamed } = await import('@/lib/core/queue')
const { closeRealtime } = await import('@/lib/core/realtime')
const { must } = await import('@/lib/accounts/connected.fixture')
const { createProject, eventDelivery, transact } = await import('@/lib/workspace')
const { newWorkspace, systemIn } = await import('@/lib/workspace/testing')
const { redeliver, testWebhook } = await import('./again')
const { deliverWebhook, dueDeliveries } = await import('./deliver')
const { changeWebhook, createWebhook } = await import('./manage')
const { rotateWebhookSecret } = await import('./rotate')
const { tellPrograms } = await import('./tell')
const { retrySeconds } = await import('./schema')

type Ctx = Awaited<ReturnType<typeof newWorkspace>>['owner']

let owner: Ctx
let system: Ctx
let webhookId = ''
let secret = ''

const hear = eventDelivery([
  (ctx, { id, type, subject }) => tellPrograms(ctx, { eventId: id, type, subjectId: subject.id }),
])

beforeEach(async () => {
  receiver.forget()
  const made = await newWorkspace()
  owner = made.owner
  system = await systemIn(made.workspaceId)
  const webhook = must(
    await createWebhook(owner, {
      url: `${receiver.origin}/told?key=1`,
      eventTypes: ['contact.updated', 'post.published'],
    }),
  )
  webhookId = webhook.id
  secret = webhook.secret
})
afterAll(async () => {
  await receiver.close()
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

/** Something happens, and those who listen hear of it. @returns the event's id */
async function happens(type: 'contact.updated' | 'post.published' | 'post.created' = 'contact.updated', ctx = owner) {
  await transact(ctx, async ({ record }) =>
    record({ type, subject: { type: 'contact', id: 'c1' }, particulars: { changed: ['name'] } }),
  )
  return heardLast(ctx)
}
async function heardLast({ workspaceId }: Ctx, listening = system): Promise<string> {
  const { id } = await prisma.event.findFirstOrThrow({ where: { workspaceId }, orderBy: { id: 'desc' } })
  must(await hear(listening, { eventIds: [id] }))
  return id
}
const rowOf = (eventId: string) =>
  prisma.webhookDelivery.findFirstOrThrow({ where: { endpointId: webhookId, eventId } })
const webhook = () => prisma.webhookEndpoint.findUniqueOrThrow({ where: { id: webhookId } })
const deliver = async (deliveryId: string, ctx = system) => must(await deliverWebhook(ctx, { deliveryId })).delivered
/** Its time has come. */
const makeDue = (id: string) =>
  prisma.webhookDelivery.update({ where: { id }, data: { nextAttemptAt: new Date(), leaseUntil: null } })
const verified = (one = receiver.got.at(-1), by = secret) =>
  // Node writes these three as single values.
  new Webhook(by).verify(one?.body ?? '', one?.headers as Record<string, string>)

describe('what a program is told', () => {
  test('is the event with its particulars, signed so that the library of the standard believes it', async () => {
    const eventId = await happens()
    const { id } = await rowOf(eventId)
    expect(await deliver(id)).toBe(true)
    const [one, ...more] = receiver.got
    expect([more, one?.path, one?.headers['webhook-id'], one?.headers['content-type']]).toEqual([
      [],
      '/told?key=1',
      eventId,
      'application/json',
    ])
    const event = await prisma.event.findUniqueOrThrow({ where: { id: eventId } })
    expect(verified()).toEqual({
      id: eventId,
      type: 'contact.updated',
      occurredAt: event.at.toISOString(),
      workspaceId: owner.workspaceId,
      subject: { type: 'contact', id: 'c1' },
      actor: { type: 'member', id: owner.actor.id },
      particulars: { changed: ['name'] },
    })
    expect(await rowOf(eventId)).toMatchObject({
      state: 'delivered',
      attempts: 1,
      lastStatus: 204,
      lastError: null,
      nextAttemptAt: null,
      leaseUntil: null,
      deliveredAt: expect.any(Date),
      durationMs: expect.any(Number),
    })
  })

  test('is believed by nobody who has another secret, nor when a letter of it was changed', async () => {
    await deliver((await rowOf(await happens())).id)
    const [one] = receiver.got
    if (!one) throw new Error('nothing came')
    expect(() => verified({ ...one, body: one.body.replace('c1', 'c2') })).toThrow('signature')
    const other = must(await createWebhook(owner, { url: `${receiver.origin}/o`, eventTypes: ['post.created'] }))
    expect(() => verified(one, other.secret)).toThrow('signature')
  })

  test('is planned once for each that asked for it, however often the event is heard, and for nobody else', async () => {
    const second = must(await createWebhook(owner, { url: `${receiver.origin}/2`, eventTypes: ['contact.updated'] }))
    must(await createWebhook(owner, { url: `${receiver.origin}/3`, eventTypes: ['post.created'] }))
    const elsewhere = await newWorkspace()
    must(await createWebhook(elsewhere.owner, { url: `${receiver.origin}/4`, eventTypes: ['contact.updated'] }))
    const eventId = await happens()
    const told = { eventId, type: 'contact.updated', subjectId: 'c1' }
    await Promise.all([1, 2, 3].map(async () => must(await tellPrograms(system, told))))
    const rows = await prisma.webhookDelivery.findMany({ where: { eventId } })
    expect(rows.map(({ endpointId }) => endpointId).toSorted()).toEqual([webhookId, second.id].toSorted())
    const jobs = rows.map(({ id }) => queueNamed('webhooks').getJob(`webhooks.deliver/${id}`))
    expect((await Promise.all(jobs)).map((job) => job?.data)).toMatchObject(
      rows.map(({ id }) => ({ workspaceId: system.workspaceId, payload: { deliveryId: id } })),
    )
  })

  test('is nothing of what does not leave the house, whoever asks', async () => {
    await prisma.webhookEndpoint.update({ where: { id: webhookId }, data: { eventTypes: ['project.created'] } })
    must(await createProject(owner, { name: 'Secret' }))
    await heardLast(owner)
    expect(await prisma.webhookDelivery.count({ where: { endpointId: webhookId } })).toBe(0)
  })

  test('is said with both signatures for a day after the secret was changed, and with the new one alone then', async () => {
    const rotated = must(await rotateWebhookSecret(owner, { webhookId }))
    expect(rotated.secret).not.toBe(secret)
    await deliver((await rowOf(await happens())).id)
    const signatures = () => String(receiver.got.at(-1)?.headers['webhook-signature']).split(' ')
    expect(signatures()).toHaveLength(2)
    expect([verified(), verified(undefined, rotated.secret)]).toHaveLength(2)
    const { previousUntil } = await webhook()
    expect(Math.abs((previousUntil?.getTime() ?? 0) - inMs(day).getTime())).toBeLessThan(minute)
    await prisma.webhookEndpoint.update({ where: { id: webhookId }, data: { previousUntil: new Date() } })
    await deliver((await rowOf(await happens())).id)
    expect(signatures()).toHaveLength(1)
    expect(() => verified()).toThrow('signature')
    expect(verified(undefined, rotated.secret)).toMatchObject({ type: 'contact.updated' })
  })
})

describe('a try that fails', () => {
  test('is followed by the next of the published schedule, under the same id and with the same body', async () => {
    receiver.status(500)
    const eventId = await happens()
    const { id } = await rowOf(eventId)
    const waits: number[] = []
    for (let tried = 0; tried <= retrySeconds.length; tried += 1) {
      const startedAt = Date.now()
      expect(await deliver(id)).toBe(false)
      const { nextAttemptAt } = await rowOf(eventId)
      if (nextAttemptAt) waits.push(Math.floor((nextAttemptAt.getTime() - startedAt) / second))
      if (tried < retrySeconds.length) await makeDue(id)
    }
    expect(waits.map((wait, n) => wait - (retrySeconds[n] ?? 0)).every((over) => over >= 0 && over < 60)).toBe(true)
    expect(waits).toHaveLength(retrySeconds.length)
    expect(await rowOf(eventId)).toMatchObject({
      state: 'failed',
      attempts: retrySeconds.length + 1,
      lastStatus: 500,
      lastError: 'It answered with 500.',
      nextAttemptAt: null,
    })
    expect(new Set(receiver.got.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([eventId]))
    expect(new Set(receiver.got.map(({ body }) => body)).size).toBe(1)
  })

  test('waits as long as the receiver asks, in seconds or until a date, but a day at most', async () => {
    const afterwards = async (status: number, retryAfter: string) => {
      receiver.status(status, { 'retry-after': retryAfter })
      await prisma.webhookEndpoint.update({ where: { id: webhookId }, data: { failingSince: null } })
      const eventId = await happens()
      await deliver((await rowOf(eventId)).id)
      return ((await rowOf(eventId)).nextAttemptAt?.getTime() ?? 0) - Date.now()
    }
    const about = (ms: number, wanted: number) => expect(Math.abs(ms - wanted)).toBeLessThan(minute)
    about(await afterwards(429, '3600'), hour)
    about(await afterwards(503, inMs(2 * hour).toUTCString()), 2 * hour)
    about(await afterwards(503, '9999999'), day)
    about(await afterwards(503, '9'.repeat(24)), day)
    about(await afterwards(429, 'soon'), 5 * second)
    about(await afterwards(500, '3600'), 5 * second)
  })

  test('does not follow where it is sent on to', async () => {
    receiver.status(302, { location: `${receiver.origin}/elsewhere` })
    const eventId = await happens()
    await deliver((await rowOf(eventId)).id)
    expect(receiver.got.map(({ path }) => path)).toEqual(['/told?key=1'])
    expect((await rowOf(eventId)).lastError).toContain('Redirects are not followed')
  })

  test('at an address that has become private says so, and nothing is sent there', async () => {
    const inside = await startReceiver()
    await prisma.webhookEndpoint.update({ where: { id: webhookId }, data: { url: inside.origin } })
    const eventId = await happens()
    expect(await deliver((await rowOf(eventId)).id)).toBe(false)
    expect((await rowOf(eventId)).lastError).toContain('not on the public internet')
    expect(inside.got).toEqual([])
    await inside.close()
  })
})

describe('of two workers', () => {
  test('one sends, and the other does nothing', async () => {
    const eventId = await happens()
    const { id } = await rowOf(eventId)
    const told = await Promise.all(Array.from({ length: 8 }, () => deliver(id)))
    expect(told.filter(Boolean)).toHaveLength(1)
    expect([receiver.got.length, (await rowOf(eventId)).attempts]).toEqual([1, 1])
  })

  test('the one that was taken for dead records nothing over the one that took its place', async () => {
    const eventId = await happens()
    const { id } = await rowOf(eventId)
    // While the first waits for its answer, its lease runs out and a second sends.
    let isFirst = true
    receiver.answer(async (_, answer) => {
      if (!isFirst) return answer.writeHead(204).end()
      isFirst = false
      await makeDue(id)
      await deliver(id)
      return answer.writeHead(500).end()
    })
    await deliver(id)
    expect(await rowOf(eventId)).toMatchObject({ state: 'delivered', attempts: 2, lastStatus: 204 })
    expect(receiver.got.map(({ headers }) => headers['webhook-id'])).toEqual([eventId, eventId])
  })
})

describe('a program that takes nothing', () => {
  test('is called once at a time, and at full speed again when it takes something', async () => {
    receiver.status(500)
    await deliver((await rowOf(await happens())).id)
    const [one, two] = [await rowOf(await happens()), await rowOf(await happens())]
    // The second comes while the first is under way.
    receiver.answer(async (_, answer) => {
      receiver.answer()
      expect(await deliver(two.id)).toBe(false)
      return answer.writeHead(204).end()
    })
    expect(await deliver(one.id)).toBe(true)
    expect((await webhook()).failingSince).toBeNull()
    expect((await rowOf(two.eventId)).attempts).toBe(0)
    await makeDue(two.id)
    expect(await deliver(two.id)).toBe(true)
  })

  test('and answers with 410 is told no more, and the trail says it', async () => {
    const waiting = await rowOf(await happens())
    receiver.status(410)
    const eventId = await happens()
    await deliver((await rowOf(eventId)).id)
    expect(await webhook()).toMatchObject({ state: 'disabled', end: 'gone' })
    expect(await rowOf(eventId)).toMatchObject({ state: 'failed', lastStatus: 410 })
    expect(await rowOf(waiting.eventId)).toMatchObject({ state: 'failed', attempts: 0 })
    const event = await prisma.event.findFirstOrThrow({
      where: { workspaceId: owner.workspaceId, type: 'webhook.disabled' },
    })
    expect(event.particulars).toMatchObject({ why: expect.stringContaining('410') })
    expect(JSON.stringify(event.particulars)).not.toContain('key=1')
    await happens()
    expect(receiver.got).toHaveLength(1)
    receiver.answer()
    expect(must(await changeWebhook(owner, { webhookId, isPaused: false }))).toMatchObject({
      state: 'active',
      end: null,
    })
    await deliver((await rowOf(await happens())).id)
    expect(receiver.got).toHaveLength(2)
  })

  test('for five days is told no more, and not before', async () => {
    receiver.status(500)
    const failingFor = async (ms: number) => {
      await prisma.webhookEndpoint.update({ where: { id: webhookId }, data: { failingSince: inMs(-ms) } })
      await deliver((await rowOf(await happens())).id)
      return webhook()
    }
    expect(await failingFor(5 * day - hour)).toMatchObject({ state: 'active' })
    await prisma.webhookDelivery.deleteMany({ where: { endpointId: webhookId } })
    expect(await failingFor(5 * day + hour)).toMatchObject({ state: 'disabled', end: 'failing' })
  })
})

describe('what waits', () => {
  const found = async () => {
    const { where } = dueDeliveries.find(new Date(), 10)
    const rows = await prisma.webhookDelivery.findMany({ where: { AND: [where, { endpointId: webhookId }] } })
    return rows.map(({ id }) => id)
  }

  test('and was lost by the queue, or left by a worker that died, is found by the sweep; what is not due is not', async () => {
    const { id } = await rowOf(await happens())
    expect(await found()).toEqual([id])
    const set = (data: object) => prisma.webhookDelivery.update({ where: { id }, data })
    await set({ leaseUntil: inMs(minute) })
    expect([await found(), await deliver(id)]).toEqual([[], false])
    await set({ leaseUntil: inMs(-1) })
    expect(await found()).toEqual([id])
    await set({ nextAttemptAt: inMs(minute) })
    expect([await found(), await deliver(id)]).toEqual([[], false])
    await set({ nextAttemptAt: inMs(-1) })
    expect(await deliver(id)).toBe(true)
    expect(await found()).toEqual([])
  })

  test('at one that is paused waits on, what happens meanwhile is not told, and resumed it goes on', async () => {
    const { id } = await rowOf(await happens())
    must(await changeWebhook(owner, { webhookId, isPaused: true }))
    expect([await found(), await deliver(id)]).toEqual([[], false])
    await happens()
    must(await changeWebhook(owner, { webhookId, isPaused: false }))
    await makeDue(id)
    expect([await found(), await deliver(id)]).toEqual([[id], true])
    expect(receiver.got).toHaveLength(1)
  })
})

describe('asked for by a person', () => {
  test('a test goes the road of all events, to that address alone', async () => {
    must(await createWebhook(owner, { url: `${receiver.origin}/2`, eventTypes: ['contact.updated'] }))
    must(await testWebhook(owner, { webhookId }))
    const eventId = await heardLast(owner)
    await deliver((await rowOf(eventId)).id)
    expect(verified()).toMatchObject({
      id: eventId,
      type: 'webhook.tested',
      subject: { type: 'webhook', id: webhookId },
    })
    expect(await prisma.webhookDelivery.count({ where: { eventId } })).toBe(1)
  })

  test('a delivery is sent again under its own id, from the beginning of the schedule, but not while it is being sent', async () => {
    const eventId = await happens()
    const { id } = await rowOf(eventId)
    await deliver(id)
    expect(must(await redeliver(owner, { deliveryId: id }))).toMatchObject({ state: 'waiting', eventId })
    await prisma.webhookDelivery.update({ where: { id }, data: { leaseUntil: inMs(minute) } })
    expect(await redeliver(owner, { deliveryId: id })).toMatchObject({ ok: false, error: { code: 'CONFLICT' } })
    await makeDue(id)
    await deliver(id)
    expect(await rowOf(eventId)).toMatchObject({ state: 'delivered', attempts: 2, tries: 1 })
    expect(receiver.got.map(({ headers }) => headers['webhook-id'])).toEqual([eventId, eventId])
    must(await changeWebhook(owner, { webhookId, isPaused: true }))
    expect(await redeliver(owner, { deliveryId: id })).toMatchObject({ ok: false, error: { code: 'CONFLICT' } })
    expect(await testWebhook(owner, { webhookId })).toMatchObject({ ok: false, error: { code: 'CONFLICT' } })
  })
})
