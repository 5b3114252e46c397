import { createCipheriv, randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'

// The settings are read once for each process, so the first key of this one is set before anything reads them.
const key = (byte: number) => Buffer.alloc(32, byte).toString('base64')
process.env.ENCRYPTION_KEYS = `new:${key(7)},old:${key(8)}`
const { prisma } = await import('@/lib/core/db')
const { unseal } = await import('@/lib/core/crypto')
const { newId } = await import('@/lib/core/ids')
const { closeQueues, startWorkers } = await import('@/lib/core/queue')
const { closeRealtime } = await import('@/lib/core/realtime')
const { newWorkspace } = await import('@/lib/workspace/testing')
const { handle } = await import('./handle')
const { routes, sweeps } = await import('./routes')
const { sweepAll } = await import('./sweep')

afterAll(async () => {
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

/** What `seal` made when `old` was the current key. */
function sealedBefore(plain: string, purpose: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', Buffer.alloc(32, 8), iv).setAAD(Buffer.from(`old|${purpose}`))
  const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return ['old', iv.toString('base64url'), cipher.getAuthTag().toString('base64url'), data.toString('base64url')].join(
    '.',
  )
}

test('after a new key was put first, the worker seals the secrets of accounts, AI and webhooks again, so that the old one may go', async () => {
  const { workspaceId } = await newWorkspace()
  const [accountId, settingsId, webhookId] = [newId(), newId(), newId()]
  const credentials = JSON.stringify({ accessToken: 'token', scopes: [], externalId: '1' })
  await prisma.account.create({
    data: {
      id: accountId,
      workspaceId,
      platform: 'x',
      method: 'account',
      kind: 'person',
      externalId: '1',
      handle: '@a',
      displayName: 'A',
      profileUrl: 'https://x.com/a',
      credentialsSealed: sealedBefore(credentials, `account:${workspaceId}`),
      tokenIssuedAt: new Date(),
    },
  })
  await prisma.aiSettings.create({
    data: {
      id: settingsId,
      workspaceId,
      provider: 'openai',
      smallModel: 's',
      largeModel: 'l',
      keySealed: sealedBefore('sk-1', `ai:${workspaceId}`),
    },
  })
  await prisma.webhookEndpoint.create({
    data: {
      id: webhookId,
      workspaceId,
      url: 'https://example.com/',
      description: '',
      createdById: 'm',
      secretSealed: sealedBefore('whsec_1', `webhook:${workspaceId}`),
      previousSecretSealed: sealedBefore('whsec_0', `webhook:${workspaceId}`),
    },
  })
  const names = ['accounts.onOldKeys', 'ai.keysOnOldKeys', 'webhooks.onOldKeys']
  const ofKeys = sweeps.filter(({ sweep }) => names.includes(sweep.name))
  expect(ofKeys).toHaveLength(names.length)
  const stop = await startWorkers(handle(routes))
  await sweepAll(ofKeys)
  const sealed = async () => {
    const account = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
    const ai = await prisma.aiSettings.findUniqueOrThrow({ where: { id: settingsId } })
    const webhook = await prisma.webhookEndpoint.findUniqueOrThrow({ where: { id: webhookId } })
    return [account.credentialsSealed, ai.keySealed ?? '', webhook.secretSealed, webhook.previousSecretSealed ?? '']
  }
  await expect
    .poll(async () => (await sealed()).map((text) => text.split('.')[0]))
    .toEqual(['new', 'new', 'new', 'new'])
  await stop()
  const [account = '', ai = '', secret = '', previous = ''] = await sealed()
  expect(JSON.parse(unseal(account, `account:${workspaceId}`))).toMatchObject({ accessToken: 'token' })
  expect(unseal(ai, `ai:${workspaceId}`)).toBe('sk-1')
  expect([secret, previous].map((text) => unseal(text, `webhook:${workspaceId}`))).toEqual(['whsec_1', 'whsec_0'])
})
