import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { hmacSha256 } from '@/lib/core/crypto'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { counted } from '@/lib/core/metrics.fixture'
import { closeQueues, queueNamed } from '@/lib/core/queue'
import { closeDoors, doors, pass } from '@/lib/core/rate'
import { closeRealtime } from '@/lib/core/realtime'
import { handleIncoming, readIncoming, unhandledIncoming } from '@/lib/workspace'
import { asSystem, findEverywhere } from '@/lib/workspace/system'
import { serve } from '@/app/api/serve.fixture'
import { GET, POST } from './route'

const secret = 'the webhook secret of our app at X'
process.env.X_WEBHOOK_SECRET = secret
process.env.TRUSTED_PROXIES = '1'
process.env.LINKEDIN_PAGE_CLIENT_SECRET = 'the secret of our app for pages'

const servers: Awaited<ReturnType<typeof serve>>[] = []
let x: string
let linkedin: string
let nowhere: string
let twitter: string

beforeAll(async () => {
  for (const platform of ['x', 'linkedin', 'myspace', 'twitter']) servers.push(await serve({ GET, POST }, { platform }))
  ;[x = '', linkedin = '', nowhere = '', twitter = ''] = servers.map(({ origin }) => origin)
})
beforeEach(() => prisma.incomingEvent.deleteMany())
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()))
  await Promise.all([closeDoors(), closeQueues(), closeRealtime()])
  await prisma.$disconnect()
})

const report = (uuid: string, user = '42') =>
  JSON.stringify({
    data: {
      event_uuid: uuid,
      event_type: 'post.create',
      filter: { user_id: user },
      payload: { id: '1001', text: 'Grüezi', created_at: '2026-11-21T08:00:00.000Z' },
    },
  })
const signature = (body: string) => `sha256=${hmacSha256(secret, body).toString('base64')}`
const send = (
  body: string,
  headers: Record<string, string> = { 'x-twitter-webhooks-signature': signature(body) },
  to = x,
) => fetch(to, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })
const HandledIds = z.object({ incomingIds: z.array(z.string()) })
const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code
const kept = () => prisma.incomingEvent.count()

describe('what is believed', () => {
  test('a signed report is stored and queued', async () => {
    const stored = () => counted('posthorn_webhooks_total', { platform: 'x', outcome: 'stored' })
    const before = await stored()
    const response = await send(report('e1'))
    expect(await response.json()).toEqual({ received: 1, new: 1 })
    expect((await stored()) - before).toBe(1)
    const row = await prisma.incomingEvent.findFirstOrThrow()
    expect(row).toMatchObject({
      platform: 'x',
      externalId: 'e1',
      type: 'post.create',
      accountExternalId: '42',
      handledAt: null,
    })
    const queued = await queueNamed('upkeep').getJob(`workspace.handleIncoming/${row.id}`)
    expect(queued?.data).toMatchObject({ payload: { incomingIds: [row.id] } })
  })

  test('X may still report to the address of Twitter', async () => {
    const body = report('e2')
    expect((await send(body, { 'x-twitter-webhooks-signature': signature(body) }, twitter)).status).toBe(200)
    expect(await prisma.incomingEvent.findFirstOrThrow()).toMatchObject({ platform: 'x', externalId: 'e2' })
  })

  test('a report of LinkedIn signed with the app for pages is believed too', async () => {
    const body = JSON.stringify({
      type: 'ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS',
      notifications: [{ notificationId: 7, organizationalEntity: 'urn:li:organization:5', action: 'LIKE' }],
    })
    const signed = hmacSha256('the secret of our app for pages', `hmacsha256=${body}`).toString('hex')
    expect((await send(body, { 'x-li-signature': signed }, linkedin)).status).toBe(200)
    expect(await kept()).toBe(1)
  })
})

describe('what is not', () => {
  const body = report('e2')

  test('a body over 4 MB is refused before its signature is computed, and one of Meta’s 3 MB is not', async () => {
    const of = (sizeBytes: number) => report('e9').replace('Grüezi', 'x'.repeat(sizeBytes))
    expect([(await send(of(4 * 1024 * 1024))).status, await kept()]).toEqual([400, 0])
    expect([(await send(of(3 * 1024 * 1024))).status, await kept()]).toEqual([200, 1])
  })

  test('who keeps sending what is not signed is told to wait, and what the network signs goes through all the same', async () => {
    // The first is the caller's own claim.
    const address = { 'x-forwarded-for': '192.0.2.66, 198.51.100.7' }
    await Promise.all(Array.from({ length: doors.webhook.points }, () => pass('webhook', 'x:198.51.100.7')))
    const refused = await send(body, address)
    expect([refused.status, await codeOf(refused)]).toEqual([429, 'RATE_LIMIT_EXCEEDED'])
    expect((await send(body, { ...address, 'x-twitter-webhooks-signature': signature(body) })).status).toBe(200)
  })

  test('a network we do not know is 404', async () =>
    expect(await codeOf(await send(body, {}, nowhere))).toBe('NOT_FOUND'))
})

describe('repetition', () => {
  test('the same report sent twenty times at once is stored once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(report('e3'))))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as { new: number }[]
    expect(bodies.reduce((sum, { new: fresh }) => sum + fresh, 0)).toBe(1)
    expect(await kept()).toBe(1)
  })

  test('a crowd of reports and repetitions is stored once each, and queued together', async () => {
    const names = Array.from({ length: 60 }, (_, n) => `crowd-${n % 30}`)
    const answers = await Promise.all(names.map((name) => send(report(name))))
    const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as { new: number }[]
    expect(bodies.reduce((sum, { new: fresh }) => sum + fresh, 0)).toBe(30)
    const rows = await prisma.incomingEvent.findMany({ select: { id: true } })
    const jobs = await Promise.all(rows.map(({ id }) => queueNamed('upkeep').getJob(`workspace.handleIncoming/${id}`)))
    const queued = jobs.flatMap((job) => (job ? HandledIds.parse(job.data.payload).incomingIds : []))
    expect(queued.toSorted()).toEqual(rows.map(({ id }) => id).toSorted())
    expect(jobs.filter((job) => job !== undefined).length).toBeLessThan(30)
  })

  test('a day later it is still known', async () => {
    await send(report('e4'))
    await prisma.incomingEvent.updateMany({
      data: { receivedAt: new Date(Date.now() - 86_400_000), handledAt: new Date() },
    })
    expect(await (await send(report('e4'))).json()).toEqual({ received: 1, new: 0 })
  })
})

test('when the address was asked for is known, and a question that is none leaves nothing', async () => {
  expect((await fetch(`${x}?hello=1`)).status).toBe(400)
  expect(await prisma.handshake.count()).toBe(0)
  expect((await fetch(`${x}?crc_token=abc`)).status).toBe(200)
  expect(await prisma.handshake.findMany({ select: { platform: true } })).toEqual([{ platform: 'x' }])
})

describe('afterwards', () => {
  async function workspaceWith(externalId: string): Promise<{ workspaceId: string; accountId: string }> {
    const [workspaceId, accountId] = [newId(), newId()]
    await prisma.workspace.create({ data: { id: workspaceId, slug: workspaceId, name: 'Acme', timeZone: 'UTC' } })
    await prisma.account.create({
      data: {
        id: accountId,
        workspaceId,
        platform: 'x',
        method: 'person',
        kind: 'person',
        externalId,
        handle: 'ada',
        displayName: 'Ada',
        profileUrl: 'https://x.com/ada',
        credentialsSealed: '',
        tokenIssuedAt: new Date(),
      },
    })
    return { workspaceId, accountId }
  }
  const told = (workspaceId: string) => prisma.event.findMany({ where: { workspaceId, type: 'account.reported' } })

  test('every workspace that has the account is told, once, however often the job runs', async () => {
    const [one, two, other] = [await workspaceWith('77'), await workspaceWith('77'), await workspaceWith('78')]
    await send(report('e5', '77'))
    const { id: incomingId } = await prisma.incomingEvent.findFirstOrThrow()
    await Promise.all(Array.from({ length: 5 }, () => handleIncoming({ incomingIds: [incomingId] })))
    for (const { workspaceId, accountId } of [one, two])
      expect(await told(workspaceId)).toMatchObject([
        { subjectType: 'account', subjectId: accountId, particulars: { incomingId } },
      ])
    expect(await told(other.workspaceId)).toEqual([])

    const [mine, stranger] = [await asSystem(one.workspaceId, 'test'), await asSystem(other.workspaceId, 'test')]
    if (!mine || !stranger) throw new Error('the workspaces are gone')
    const seen = await readIncoming(mine, { incomingId, accountId: one.accountId })
    expect(seen).toMatchObject({
      ok: true,
      value: { accountId: one.accountId, published: { externalId: '1001', text: 'Grüezi' } },
    })
    for (const { accountId } of [one, other])
      expect(await readIncoming(stranger, { incomingId, accountId })).toMatchObject({
        ok: false,
        error: { code: 'NOT_FOUND' },
      })
  })

  test('what the queue lost is found after 30 s, and not before', async () => {
    await send(report('e6'))
    expect(await findEverywhere(unhandledIncoming, new Date(Date.now() + 20_000), 10)).toEqual([])
    const { id } = await prisma.incomingEvent.findFirstOrThrow()
    expect(await findEverywhere(unhandledIncoming, new Date(Date.now() + 40_000), 10)).toEqual([
      { id, workspaceId: '' },
    ])
    await handleIncoming({ incomingIds: [id] })
    expect(await findEverywhere(unhandledIncoming, new Date(Date.now() + 40_000), 10)).toEqual([])
  })
})

test('what a network tells two accounts by one name is kept and handled for each, once', async () => {
  // A comment under a post of one page that names another: Meta reports it to both.
  const both = [report('shared', '42'), report('shared', '43'), report('shared', '42')]
  for (const body of both) expect((await send(body)).status).toBe(200)
  const rows = await prisma.incomingEvent.findMany({ orderBy: { accountExternalId: 'asc' } })
  expect(rows.map(({ accountExternalId }) => accountExternalId)).toEqual(['42', '43'])
})

test.for(['a\0b', 'a\ud83d'])('a signed report is kept though the database would refuse its text: %j', async (text) => {
  // What is signed are the bytes that came, with their escapes.
  const body = report('unclean').replace('Grüezi', JSON.stringify(text).slice(1, -1))
  expect(body).toMatch(/\\u(0000|d83d)/)
  const answers = await Promise.all([send(body), send(report('beside it'))])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  const rows = await prisma.incomingEvent.findMany({ orderBy: { externalId: 'asc' } })
  expect(rows.map(({ externalId }) => externalId)).toEqual(['beside it', 'unclean'])
  expect(JSON.stringify(rows[1]?.raw)).toContain(text === 'a\0b' ? '"ab"' : '"a\ufffd"')
})
