import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { may, roles, transact, type Ctx } from '@/lib/workspace'
import { eventTypes } from '@/lib/workspace/sentences'
import { asSystem } from '@/lib/workspace/system'
import { codeOf, newMember, newWorkspace } from '@/lib/workspace/testing'
import { redeliver, testWebhook } from './again'
import { deliverWebhook } from './deliver'
import { forgetDeliveries, oldDeliveries } from './forget'
import { changeWebhook, createWebhook, removeWebhook } from './manage'
import { getWebhook, listDeliveries, listWebhooks } from './queries'
import { rotateWebhookSecret } from './rotate'
import { mostWebhooks, webhookEventTypes } from './schema'
import { tellPrograms } from './tell'

const url = 'https://hooks.example.com/told/very-secret'
let owner: Ctx
beforeAll(async () => {
  owner = (await newWorkspace()).owner
})
afterAll(async () => {
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

const make = async (ctx = owner) => must(await createWebhook(ctx, { url, eventTypes: ['post.created'] }))
async function systemOf({ workspaceId }: Ctx): Promise<Ctx> {
  const system = await asSystem(workspaceId, 'test')
  if (!system) throw new Error('the workspace is there')
  return system
}
/** A delivery that waits. */
async function planned(ctx: Ctx): Promise<string> {
  await transact(ctx, async ({ record }) => record({ type: 'post.created', subject: { type: 'post', id: 'p' } }))
  const { id: eventId } = await prisma.event.findFirstOrThrow({
    where: { workspaceId: ctx.workspaceId, type: 'post.created' },
    orderBy: { id: 'desc' },
  })
  must(await tellPrograms(await systemOf(ctx), { eventId, type: 'post.created', subjectId: 'p' }))
  return (await prisma.webhookDelivery.findFirstOrThrow({ where: { eventId }, orderBy: { id: 'desc' } })).id
}

test('what may leave the house are events that happen, and none of people’s own doors and keys', () => {
  expect(webhookEventTypes.filter((type) => !eventTypes.includes(type))).toEqual([])
  const private_ = /^(session|password|passwordReset|invitation|member|apiKey|budget|billing|ai|webhook)\./
  expect(webhookEventTypes.filter((type) => private_.test(type))).toEqual([])
})

test('a program can mirror the inbox: all that happens to its messages, drafts, answers and conversations may be told', () => {
  const kept = {
    'message.echoed': 'the answer it proves is told as sent',
    'message.hidingWished': 'a step on the way',
    'message.deletionWished': 'a step on the way',
    'conversation.named': 'read with the conversation',
    'conversation.called': 'a matter of people’s own bells',
    'conversation.routed': 'what a rule did is told by what it did',
    'reply.attempted': 'a step on the way',
    'reply.recovered': 'a step on the way',
    'reply.foundTwice': 'the answer stays sent',
  }
  const untold = eventTypes
    .filter((type) => /^(message|draft|reply|conversation)\./.test(type))
    .filter((type) => !webhookEventTypes.some((told) => told === type))
  expect(untold.filter((type) => !(type in kept))).toEqual([])
})

describe('an address', () => {
  const refusal = async (given: string) => {
    const answer = await createWebhook(owner, { url: given, eventTypes: ['post.created'] })
    return answer.ok ? 'ok' : [answer.error.code, answer.error.fields?.url?.[0]]
  }

  test.each([
    'https://127.0.0.1/x',
    'https://localhost/x',
    'https://10.1.2.3/',
    'https://192.168.0.1:8443/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://2130706433/',
  ])('in a private network is refused: %s', async (given) => {
    expect(await refusal(given)).toEqual(['VALIDATION_ERROR', 'The address is not on the public internet.'])
  })

  test('that can be read along, is none, or carries a password is refused, each with why', async () => {
    expect(await refusal('http://hooks.example.com/')).toEqual([
      'VALIDATION_ERROR',
      expect.stringContaining('https://'),
    ])
    for (const none of ['hooks.example.com', 'ftp://hooks.example.com/', 'javascript:alert(1)'])
      expect(await refusal(none)).toEqual(['VALIDATION_ERROR', expect.stringContaining('Enter the address')])
    expect(await refusal('https://me:word@hooks.example.com/')).toEqual([
      'VALIDATION_ERROR',
      expect.stringContaining('Leave name and password out'),
    ])
  })

  test('is judged again when it is changed', async () => {
    const { id } = await make()
    expect(codeOf(await changeWebhook(owner, { webhookId: id, url: 'https://10.0.0.1/' }))).toBe('VALIDATION_ERROR')
    expect(must(await getWebhook(owner, { webhookId: id })).url).toBe(url)
  })
})

test('a secret is shown when it is made, and never again; nothing of it, nor the path it may be in, is kept in the open', async () => {
  const { owner: mine, workspaceId } = await newWorkspace()
  const { secret, id } = await make(mine)
  const { secret: next } = must(await rotateWebhookSecret(mine, { webhookId: id }))
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  const events = await prisma.event.findMany({ where: { workspaceId } })
  const shown = JSON.stringify([
    await prisma.webhookEndpoint.findUnique({ where: { id } }),
    await listWebhooks(mine, {}),
    await getWebhook(mine, { webhookId: id }),
    events,
  ])
  for (const one of [secret, next]) expect(shown).not.toContain(one)
  expect(events.map(({ type }) => type)).toEqual(['webhook.created', 'webhook.secretRotated'])
  expect(JSON.stringify(events)).not.toContain('very-secret')
})

test('what was changed is what was named, and the trail tells it', async () => {
  const { owner: mine, workspaceId } = await newWorkspace()
  const { id: webhookId } = await make(mine)
  const changed = must(await changeWebhook(mine, { webhookId, description: 'CRM', isPaused: true }))
  expect(changed).toMatchObject({ url, description: 'CRM', eventTypes: ['post.created'], state: 'paused' })
  must(await changeWebhook(mine, { webhookId, isPaused: true }))
  must(await changeWebhook(mine, { webhookId, isPaused: false }))
  must(await removeWebhook(mine, { webhookId }))
  expect(codeOf(await getWebhook(mine, { webhookId }))).toBe('NOT_FOUND')
  const events = await prisma.event.findMany({ where: { workspaceId }, orderBy: { id: 'asc' } })
  expect(events.map(({ type }) => type)).toEqual([
    'webhook.created',
    'webhook.changed',
    'webhook.paused',
    'webhook.resumed',
    'webhook.removed',
  ])
})

test('there are no more than a workspace may have', async () => {
  const { owner: mine } = await newWorkspace()
  for (let n = 0; n < mostWebhooks; n += 1) await make(mine)
  expect(await createWebhook(mine, { url, eventTypes: ['post.created'] })).toMatchObject({
    ok: false,
    error: { code: 'CONFLICT', message: expect.stringContaining('Remove one first') },
  })
})

test('of thirty that are made at the same moment as many are made as a workspace may have more', async () => {
  const { owner: mine, workspaceId } = await newWorkspace()
  const { id } = await make(mine)
  const first = await prisma.webhookEndpoint.findUniqueOrThrow({ where: { id } })
  await prisma.webhookEndpoint.createMany({
    data: Array.from({ length: mostWebhooks - 3 }, () => ({ ...first, id: newId() })),
  })
  const made = await Promise.all(
    Array.from({ length: 30 }, () => createWebhook(mine, { url, eventTypes: ['post.created'] })),
  )
  expect(made.filter(({ ok }) => ok)).toHaveLength(2)
  expect(await prisma.webhookEndpoint.count({ where: { workspaceId } })).toBe(mostWebhooks)
})

test('deliveries are listed the newest first, page by page, none twice', async () => {
  const { owner: mine } = await newWorkspace()
  const { id: webhookId } = await make(mine)
  const ids = []
  for (let n = 0; n < 5; n += 1) ids.push(await planned(mine))
  const pages = []
  for (let after: string | undefined; ;) {
    const { items, next } = must(await listDeliveries(mine, { webhookId, take: 2, ...(after && { after }) }))
    pages.push(items.map(({ id }) => id))
    if (!next) break
    after = next
  }
  expect(pages.map(({ length }) => length)).toEqual([2, 2, 1])
  expect(pages.flat()).toEqual(ids.toReversed())
})

test('what is older than 30 days is forgotten, and nothing younger', async () => {
  const { owner: mine } = await newWorkspace()
  await make(mine)
  const [old, young] = [await planned(mine), await planned(mine)]
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)
  await prisma.webhookDelivery.update({ where: { id: old }, data: { createdAt: daysAgo(31) } })
  await prisma.webhookDelivery.update({ where: { id: young }, data: { createdAt: daysAgo(29) } })
  const { where } = oldDeliveries.find(new Date(), 10)
  expect((await prisma.webhookDelivery.findMany({ where })).map(({ id }) => id)).toEqual([old])
  expect(must(await forgetDeliveries(await systemOf(mine), { deliveryId: old })).forgotten).toBe(1)
  expect(await prisma.webhookDelivery.findUnique({ where: { id: young } })).not.toBeNull()
})

describe('another workspace’s ids', () => {
  test('find nothing, and change nothing', async () => {
    const { owner: theirs } = await newWorkspace()
    const { id: webhookId } = await make(theirs)
    const deliveryId = await planned(theirs)
    const everything = async () => [
      await prisma.webhookEndpoint.findMany({ where: { workspaceId: theirs.workspaceId } }),
      await prisma.webhookDelivery.findMany({ where: { workspaceId: theirs.workspaceId } }),
    ]
    const before = await everything()
    const tries = [
      getWebhook(owner, { webhookId }),
      changeWebhook(owner, { webhookId, isPaused: true }),
      removeWebhook(owner, { webhookId }),
      rotateWebhookSecret(owner, { webhookId }),
      testWebhook(owner, { webhookId }),
      listDeliveries(owner, { webhookId }),
      redeliver(owner, { deliveryId }),
    ]
    expect((await Promise.all(tries)).map(codeOf)).toEqual(tries.map(() => 'NOT_FOUND'))
    expect(must(await deliverWebhook(await systemOf(owner), { deliveryId })).delivered).toBe(false)
    expect(must(await listWebhooks(owner, {})).map(({ id }) => id)).not.toContain(webhookId)
    expect(await everything()).toEqual(before)
  })
})

test.each(roles)('a %s may do of this what the permission page says', async (role) => {
  const ctx = await newMember(owner.workspaceId, role)
  const one = { webhookId: newId() }
  const answers = await Promise.all([
    createWebhook(ctx, { url: 'http://127.0.0.1', eventTypes: ['post.created'] }),
    changeWebhook(ctx, one),
    removeWebhook(ctx, one),
    rotateWebhookSecret(ctx, one),
    testWebhook(ctx, one),
    redeliver(ctx, { deliveryId: newId() }),
    listWebhooks(ctx, {}),
    getWebhook(ctx, one),
    listDeliveries(ctx, one),
  ])
  const refused = answers.map((answer) => codeOf(answer) === 'FORBIDDEN')
  expect(new Set(refused)).toEqual(new Set([!may(role, 'webhook.manage')]))
})
