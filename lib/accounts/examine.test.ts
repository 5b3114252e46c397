import { afterAll, beforeAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeDoors } from '@/lib/core/rate'
import { closeRealtime } from '@/lib/core/realtime'
import { platforms, type AppConfig, type Feature, type Webhook } from '@/lib/platforms'
import { newId } from '@/lib/core/ids'
import { codeOf, newMember } from '@/lib/workspace/testing'
import { noteHandshake, storeIncoming } from '@/lib/workspace/incoming'
import { networkChoices, networkObjections, networkQuota } from './ask-network'
import { connectAs, makeOwner, makeWorld, must, type ConnectedWorld } from './connected.fixture'
import {
  featureFindings,
  ownershipFindings,
  quotaFindings,
  tokenFinding,
  versionFinding,
  webhookFindings,
} from './diagnosis'
import { examineAccount } from './examine'
import { disconnectAccount } from './manage'
import type { Examined } from './schema'

let world: ConnectedWorld
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(async () => {
  await world.close()
  await Promise.all([closeQueues(), closeRealtime(), closeDoors()])
  await prisma.$disconnect()
})

const site = 'https://p.example'
const examine = async (accountId: string) => must(await examineAccount(world.ctx, { accountId }))
const named = (findings: readonly Examined[], name: string) => findings.find((one) => one.name === name)

test('a sound connection says what works, and gives the addresses to register', async () => {
  const findings = await examine(world.accounts.x)
  expect(findings.filter(({ state }) => state === 'problem')).toEqual([])
  expect(named(findings, 'network')).toMatchObject({ state: 'good' })
  expect(named(findings, 'redirect')).toMatchObject({ copy: expect.stringMatching(/\/api\/oauth\/callback\/x$/) })
  expect(named(findings, 'webhook_address')).toMatchObject({
    copy: expect.stringMatching(/\/api\/webhooks\/platform\/x$/),
  })
  expect(named(findings, 'webhook_secret')).toMatchObject({ state: 'good' })
  expect(named(findings, 'token')).toMatchObject({
    state: 'good',
    message: expect.stringContaining('renewed by itself'),
  })
  expect(named(findings, 'version')).toMatchObject({ state: 'good' })
})

test('what was not granted is a problem of the features that need it, unless all goes on without', () => {
  const features: readonly Feature[] = [
    { name: 'publish', label: 'Publish', scopes: ['write'] },
    { name: 'inbox', label: 'Read comments', scopes: ['read', 'comments'] },
    { name: 'hiding', label: 'Hide comments', scopes: ['moderate'], spare: true },
  ]
  expect(featureFindings(features, ['write', 'read'])).toMatchObject([
    { name: 'feature_publish', state: 'good' },
    { name: 'feature_inbox', state: 'problem', message: 'Not granted: comments. Reconnect the account and allow it.' },
    {
      name: 'feature_hiding',
      state: 'advice',
      message: expect.stringMatching(/^Not granted: moderate. All else works/),
    },
  ])
})

test('a token says how long it lasts, and who has to think of it', () => {
  const at = new Date('2030-01-10T00:00:00Z')
  const row = (more: object) => ({
    state: 'healthy' as const,
    handle: 'ada',
    lastErrorMessage: null,
    tokenIssuedAt: new Date('2030-01-01T00:00:00Z'),
    tokenExpiresAt: new Date('2030-02-01T00:00:00Z'),
    refreshExpiresAt: null,
    ...more,
  })
  expect(tokenFinding(row({}), true, at, 'Europe/Zurich')).toMatchObject({ state: 'good' })
  expect(tokenFinding(row({}), false, at, 'Europe/Zurich')).toMatchObject({
    state: 'good',
    message: expect.stringContaining('cannot be renewed'),
  })
  const night = { tokenExpiresAt: new Date('2030-03-01T23:30:00Z') }
  expect(tokenFinding(row(night), true, at, 'Europe/Zurich').message).toContain(
    'ends 2 Mar 2030, 00:30 in Europe/Zurich',
  )
  const soon = { tokenExpiresAt: new Date('2030-01-12T00:00:00Z') }
  expect(tokenFinding(row(soon), false, at, 'Europe/Zurich')).toMatchObject({ state: 'advice' })
  expect(tokenFinding(row({ tokenExpiresAt: at }), false, at, 'Europe/Zurich')).toMatchObject({ state: 'problem' })
  const last = { refreshExpiresAt: new Date('2030-01-12T00:00:00Z') }
  expect(tokenFinding(row(last), true, at, 'Europe/Zurich')).toMatchObject({
    state: 'advice',
    message: expect.stringContaining('12 Jan 2030 only'),
  })
  expect(tokenFinding(row({ tokenExpiresAt: null }), false, at, 'Europe/Zurich')).toMatchObject({
    message: 'Made 9 d ago. It does not end.',
  })
})

test('a webhook without its secret or a public address is worth a look', () => {
  const door = { handshake: () => undefined, verify: () => false, read: () => ({ ok: true as const, value: [] }) }
  const webhook = { ...door, trust: 'webhook_secret' } as const
  const app = { apiUrl: 'https://api.network.example', webUrl: 'https://network.example', hosts: {} }
  const x = { name: 'x', label: 'X', webhook } as const
  const at = new Date()
  expect(webhookFindings(x, app, 'http://localhost:3000', { at }).map(({ state }) => state)).toEqual([
    'advice',
    'advice',
  ])
  expect(named(webhookFindings(x, { ...app, webhookSecret: 's' }, site, { at }), 'webhook_secret')).toMatchObject({
    state: 'good',
  })
  expect(webhookFindings({ name: 'x', label: 'X' }, app, site, { at })).toEqual([])
})

test('nobody is said to report before a report came, or at least somebody asked for the address', () => {
  const door = { handshake: () => undefined, verify: () => false, read: () => ({ ok: true as const, value: [] }) }
  const app = { apiUrl: 'https://api.network.example', webUrl: 'https://network.example', hosts: {} }
  const x = { name: 'x', label: 'X', webhook: { ...door, trust: 'webhook_secret' } } as const
  const at = new Date('2030-01-01T12:00:00Z')
  const earlier = (minutes: number) => new Date(at.getTime() - minutes * 60_000)
  const said = (more: object) => named(webhookFindings(x, app, site, { at, ...more }), 'webhook_address')
  expect(said({})).toMatchObject({
    state: 'advice',
    message: expect.stringContaining('See that X has this address'),
    copy: `${site}/api/webhooks/platform/x`,
  })
  expect(said({ askedAt: earlier(5) })).toMatchObject({
    state: 'good',
    message: expect.stringContaining('asked for 5 min ago'),
  })
  expect(said({ askedAt: earlier(5), reportedAt: earlier(3) })).toMatchObject({
    state: 'good',
    message: 'X last reported on this account 3 min ago.',
  })
})

test('what came about an account is in its examination, and nothing that came about another', async () => {
  const { x, bluesky } = world.accounts
  const address = async () => named(await examine(x), 'webhook_address')
  expect(await address()).toMatchObject({ state: 'advice' })
  const { externalId } = await prisma.account.findUniqueOrThrow({ where: { id: bluesky } })
  await storeIncoming('x', [{ externalId: newId(), type: 'post.create', accountExternalId: externalId, raw: {} }])
  expect(await address()).toMatchObject({ state: 'advice' })
  await noteHandshake('x')
  expect(await address()).toMatchObject({ state: 'good', message: expect.stringContaining('was asked for') })
  const own = await prisma.account.findUniqueOrThrow({ where: { id: x } })
  await storeIncoming('x', [{ externalId: newId(), type: 'post.create', accountExternalId: own.externalId, raw: {} }])
  expect(await address()).toMatchObject({ state: 'good', message: expect.stringContaining('X last reported on this') })
})

test('an account that is reached by a provider is examined as the provider has it', async () => {
  const findings = await examine(await connectAs(world.ctx, 'ayrshare facebook'))
  expect(named(findings, 'webhook_address')).toMatchObject({
    copy: expect.stringMatching(/\/api\/webhooks\/platform\/ayrshare$/),
  })
  expect(named(findings, 'webhook_secret')?.message).toContain('Ayrshare')
  expect(named(findings, 'version')?.message).toMatch(/^Ayrshare /)
})

test('what reports are believed by is said as each network has it, and a handshake’s word is not forgotten', () => {
  const door = { handshake: () => undefined, verify: () => false, read: () => ({ ok: true as const, value: [] }) }
  const app = { apiUrl: 'https://api.network.example', webUrl: 'https://network.example', hosts: {} }
  const said = (webhook: Pick<Webhook, 'trust' | 'wantsWord'>, more: Partial<AppConfig> = {}) =>
    webhookFindings(
      { name: 'facebook', label: 'Facebook', webhook: { ...door, ...webhook } },
      { ...app, ...more },
      site,
      { at: new Date() },
    )
  expect(named(said({ trust: 'app_secret' }, { clientSecret: 's' }), 'webhook_secret')).toMatchObject({ state: 'good' })
  expect(named(said({ trust: 'app_secret' }), 'webhook_secret')).toMatchObject({
    state: 'advice',
    message: expect.stringContaining('FACEBOOK_CLIENT_SECRET'),
  })
  expect(named(said({ trust: 'own_secret' }, { clientSecret: 's' }), 'webhook_secret')).toMatchObject({
    state: 'advice',
    message: expect.stringContaining('a long word of your own'),
  })
  expect(named(said({ trust: 'public_key' }, { webhookPublicKey: 'k' }), 'webhook_secret')).toMatchObject({
    state: 'good',
  })
  const worded = { trust: 'app_secret', wantsWord: true } as const
  expect(named(said(worded), 'webhook_word')).toMatchObject({ state: 'advice' })
  expect(named(said(worded, { webhookVerifyToken: 'w' }), 'webhook_word')).toMatchObject({ state: 'good' })
  expect(named(said({ trust: 'app_secret' }), 'webhook_word')).toBeUndefined()
})

test('a network that takes bytes needs no public address, and one that fetches says which files', async () => {
  expect(named(await examine(world.accounts.x), 'media_address')).toMatchObject({
    state: 'good',
    message: 'None is needed: files are sent to X byte by byte.',
  })
})

test('TikTok wants the address verified that it fetches pictures from, and X wants none', () => {
  const prefix = `${site}/api/media/public/`
  expect(ownershipFindings(platforms.tiktok, prefix)).toMatchObject([
    { state: 'advice', copy: prefix, message: expect.stringContaining('Verify') },
  ])
  expect(ownershipFindings(platforms.x, prefix)).toEqual([])
})

test('an API version that ends says when, and a used-up quota what that means', () => {
  const { linkedin } = platforms
  const at = (date: string) => versionFinding(linkedin, new Date(date)).state
  expect([at('2026-11-25'), at('2027-07-01'), at('2027-08-03')]).toEqual(['good', 'advice', 'problem'])
  const quota = (used: number) => quotaFindings([{ what: 'posts', used, max: 50, windowMs: 86_400_000 }], 'Instagram')
  expect([10, 45, 50].map((used) => quota(used)[0]?.state)).toEqual(['good', 'advice', 'problem'])
})

test('a disconnected account is a problem, and its network is not asked about it', async () => {
  must(await disconnectAccount(world.ctx, { accountId: world.accounts['linkedin page'] }))
  const findings = await examine(world.accounts['linkedin page'])
  expect(named(findings, 'state')).toMatchObject({ state: 'problem' })
  expect(named(findings, 'network')).toBeUndefined()
})

test('another workspace’s account is not there, and a question without an answer is none', async () => {
  const stranger = await makeOwner()
  const accountId = world.accounts.x
  expect(codeOf(await examineAccount(stranger, { accountId }))).toBe('NOT_FOUND')
  expect(codeOf(await networkChoices(stranger, { accountId, field: 'board' }))).toBe('PLATFORM_AUTH_FAILED')
  expect(codeOf(await networkChoices(world.ctx, { accountId, field: 'board' }))).toBe('NOT_FOUND')
  expect(must(await networkQuota(world.ctx, { accountId }))).toBeUndefined()
  const part = { kind: 'post' as const, text: 'one', media: [], key: { createdAt: '2030-01-01T00:00:00.000Z' } }
  expect(must(await networkObjections(world.ctx, { accountId, part }))).toEqual({ objections: [], untried: [] })
  const viewer = await newMember(world.ctx.workspaceId, 'viewer')
  expect(codeOf(await networkObjections(viewer, { accountId, part }))).toBe('FORBIDDEN')
})
