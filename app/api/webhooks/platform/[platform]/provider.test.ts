import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve } from '@/app/api/serve.fixture'
import { hmacSha256 } from '@/lib/core/crypto'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { closeQueues } from '@/lib/core/queue'
import { closeDoors } from '@/lib/core/rate'
import { closeRealtime } from '@/lib/core/realtime'
import { handleIncoming } from '@/lib/workspace'
import { POST } from './route'

const secret = 'what was written into the dashboard of Ayrshare'
process.env.AYRSHARE_WEBHOOK_SECRET = secret

let server: Awaited<ReturnType<typeof serve>>
beforeAll(async () => {
  server = await serve({ POST }, { platform: 'ayrshare' })
})
afterAll(async () => {
  await server.close()
  await Promise.all([closeDoors(), closeQueues(), closeRealtime()])
  await prisma.$disconnect()
})

const send = (report: object) => {
  const body = JSON.stringify(report)
  return fetch(server.origin, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-authorization-timestamp': String(Math.floor(Date.now() / 1_000)),
      'x-authorization-content-sha256': hmacSha256(secret, body).toString('hex'),
    },
  })
}

test('a provider’s report is about the account of its network, and is told to its workspace once', async () => {
  const workspaceId = newId()
  await prisma.workspace.create({
    data: { id: workspaceId, slug: workspaceId, name: 'Told', timeZone: 'Europe/Zurich' },
  })
  const accountId = newId()
  await prisma.account.create({
    data: {
      id: accountId,
      workspaceId,
      platform: 'facebook',
      method: 'ayrshare',
      kind: 'page',
      externalId: 'ref1/facebook',
      handle: 'Northwind',
      displayName: 'Northwind',
      profileUrl: 'https://facebook.test/northwind',
      scopes: [],
      credentialsSealed: 'none',
      tokenIssuedAt: new Date(),
    },
  })
  const report = {
    action: 'comments',
    hookId: 'hook-1',
    id: '1_2_c3',
    platform: 'facebook',
    refId: 'ref1',
    text: 'Hello',
    media: { id: '1_2' },
  }
  expect(await (await send(report)).json()).toEqual({ received: 1, new: 1 })
  expect(await (await send(report)).json()).toEqual({ received: 1, new: 0 })
  const row = await prisma.incomingEvent.findFirstOrThrow({ where: { externalId: 'hook-1' } })
  expect(row).toMatchObject({ platform: 'facebook', type: 'comments', accountExternalId: 'ref1/facebook' })
  expect(await handleIncoming({ incomingIds: [row.id] })).toEqual({ ok: true, value: { told: 1 } })
  expect(await prisma.event.findMany({ where: { workspaceId, type: 'account.reported' } })).toMatchObject([
    { subjectId: accountId, particulars: { incomingId: row.id } },
  ])
})

test('what is not about a network that is reached is taken, and keeps nothing', async () => {
  expect(await (await send({ action: 'social', platform: 'snapchat', refId: 'ref1' })).json()).toEqual({
    received: 0,
    new: 0,
  })
})
