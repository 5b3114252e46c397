import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { prisma } from '@/lib/core/db'
import { env } from '@/lib/core/env'
import { counted } from '@/lib/core/metrics.fixture'
import { newId } from '@/lib/core/ids'
import { adapterOf } from '@/lib/platforms'
import { makeCtx, type Ctx } from '@/lib/workspace/context'
import { findEverywhere } from '@/lib/workspace/system'
import { codeOf, newMember, newWorkspace } from '@/lib/workspace/testing'
import { decideConsent } from '@/sandbox/person'
import { connectAs, makeOwner, makeWorld, must, wayOf, type ConnectedWorld } from './connected.fixture'
import { connectByForm, finishConnection, startConnection } from './connect'
import { endedAttempts, forgetAttempt } from './forget-attempts'
import {
  checkAccount,
  disconnectAccount,
  getAccount,
  listAccounts,
  setAccountProject,
  setAccountSwitches,
} from './manage'
import { connectionOffers } from './offers'
import { renewToken, restingTokens } from './renew'
import { accountsOnOldKeys, resealAccount } from './reseal'
import { sealCredentials, unsealCredentials } from './secrets'
import { useAccount } from './use'

let world: ConnectedWorld
let owner: Ctx
let system: Ctx
beforeAll(async () => {
  world = await makeWorld()
  owner = world.ctx
  system = makeCtx({ id: owner.workspaceId, ...owner.workspace }, { kind: 'system', id: 'test' }, 'system')
})
afterAll(async () => {
  await world.close()
  await Promise.all([closeQueues(), closeRealtime(), prisma.$disconnect()])
})

const begin = async (ctx: Ctx = owner) => must(await startConnection(ctx, { platform: 'x', method: 'account' })).url
const finish = (ctx: Ctx, back: { state: string; code?: string; error?: string }) =>
  finishConnection(ctx, { platform: 'x', ...back })

test('a consent connects the account it names, and its secrets are readable nowhere', async () => {
  const { items } = must(await listAccounts(owner, {}))
  expect(items.map(({ platform, kind }) => `${platform} ${kind}`).toSorted()).toEqual([
    'bluesky person',
    'linkedin page',
    'linkedin page',
    'linkedin person',
    'x person',
  ])
  const row = await owner.db.account.findUniqueOrThrow({ where: { id: world.accounts.x } })
  const { accessToken } = unsealCredentials(owner.workspaceId, row.credentialsSealed)
  expect(JSON.stringify(items)).not.toContain(accessToken)
  expect(JSON.stringify(row)).not.toContain(accessToken)
  expect(() => unsealCredentials('another workspace', row.credentialsSealed)).toThrow(/auth/)
})

test('a state works once, in the session that began it, and a made-up one never', async () => {
  const back = await decideConsent(await begin(), 'northwind_help')
  const elsewhere = makeCtx(
    { id: owner.workspaceId, ...owner.workspace },
    { ...owner.actor, kind: 'member', userId: 'u', name: 'n', sessionId: newId() },
    'owner',
  )
  expect(codeOf(await finish(elsewhere, back))).toBe('INVALID_TOKEN')
  expect(codeOf(await finish(owner, { ...back, state: `${owner.workspace.slug}.made-up` }))).toBe('INVALID_TOKEN')
  expect(codeOf(await finish(owner, back))).toBe('ok')
  expect(codeOf(await finish(owner, back))).toBe('INVALID_TOKEN')
})

test('that a consent was begun is in the trail, without its secrets', async () => {
  const url = new URL(await begin())
  const [event] = await prisma.event.findMany({
    where: { workspaceId: owner.workspaceId, type: 'connection.started' },
    orderBy: { id: 'desc' },
  })
  expect(event).toMatchObject({ actorId: owner.actor.id, particulars: { platform: 'x', method: 'account' } })
  expect(JSON.stringify(event)).not.toContain(url.searchParams.get('state')?.split('.')[1])
})

test('a consent that ended a day ago is forgotten with its sealed verifier, and no other', async () => {
  await begin()
  const ids = () => prisma.connectionAttempt.findMany({ orderBy: { id: 'asc' }, select: { id: true } })
  const [old, ...rest] = await ids()
  if (!old) throw new Error('no attempt')
  await prisma.connectionAttempt.update({ where: old, data: { expiresAt: new Date(Date.now() - 25 * 3_600_000) } })
  const { where } = endedAttempts.find(new Date(), 10)
  expect(await prisma.connectionAttempt.findMany({ where, select: { id: true } })).toEqual([old])
  for (const { id } of [old, ...rest]) await forgetAttempt(system, { attemptId: id })
  expect(await ids()).toEqual(rest)
})

test('a code that was used already connects nothing', async () => {
  const first = await decideConsent(await begin(), 'northwind')
  expect(codeOf(await finish(owner, first))).toBe('ok')
  const second = await decideConsent(await begin(), 'northwind')
  expect(codeOf(await finish(owner, { state: second.state, ...(first.code ? { code: first.code } : {}) }))).toBe(
    'PLATFORM_AUTH_FAILED',
  )
})

test('a state of one network is nothing at another’s address, and is still good at its own', async () => {
  const back = await decideConsent(await begin(), 'northwind')
  expect(codeOf(await finishConnection(owner, { platform: 'linkedin', ...back }))).toBe('INVALID_TOKEN')
  expect(codeOf(await finish(owner, back))).toBe('ok')
})

test('someone who cancels at the network changes nothing and is told so', async () => {
  const before = must(await listAccounts(owner, {})).items.length
  const cancelled = await finish(owner, await decideConsent(await begin(), 'northwind', 'cancel'))
  expect(cancelled).toMatchObject({ ok: false, error: { code: 'PLATFORM_AUTH_FAILED' } })
  expect(must(await listAccounts(owner, {})).items).toHaveLength(before)
})

test('a wrong app password is refused in words', async () => {
  expect(
    await connectByForm(owner, {
      platform: 'bluesky',
      method: 'password',
      values: { handle: '@northwind.sandbox', password: 'wrong' },
    }),
  ).toMatchObject({
    ok: false,
    error: { code: 'PLATFORM_AUTH_FAILED', message: expect.stringContaining('app password') },
  })
})

test('a network without its keys says which are missing and where to get them', async () => {
  const kept = process.env.X_CLIENT_ID
  delete process.env.X_CLIENT_ID
  const offers = must(await connectionOffers(owner, {}))
  expect(offers.find(({ platform }) => platform === 'x')).toMatchObject({
    missing: ['X_CLIENT_ID'],
    helpUrl: expect.stringMatching(/^https:/),
  })
  expect(await startConnection(owner, { platform: 'x', method: 'account' })).toMatchObject({
    ok: false,
    error: { code: 'SERVICE_UNAVAILABLE', message: expect.stringContaining('X_CLIENT_ID') },
  })
  process.env.X_CLIENT_ID = kept
})

test('ten workers that find a spent token renew it once, and all get the new one', async () => {
  const accountId = world.accounts.x
  await owner.db.account.update({ where: { id: accountId }, data: { tokenExpiresAt: new Date(Date.now() - 1_000) } })
  const before = unsealCredentials(
    owner.workspaceId,
    (await owner.db.account.findUniqueOrThrow({ where: { id: accountId } })).credentialsSealed,
  )
  const renewals = () => counted('posthorn_token_refreshes_total', { network: 'x', outcome: 'renewed' })
  const renewed = await renewals()
  const used = await Promise.all(Array.from({ length: 10 }, () => useAccount(system, { accountId })))
  expect((await renewals()) - renewed).toBe(1)
  const tokens = new Set(used.map((answer) => must(answer).credentials.accessToken))
  expect(tokens.size).toBe(1)
  expect(tokens).not.toContain(before.accessToken)
  expect(must(await checkAccount(owner, { accountId })).state).toBe('healthy')
})

test('a token that ended while its account rested is renewed, so that the right to renew it does not end', async () => {
  const accountId = world.accounts.x
  const ago = new Date(Date.now() - 1_000)
  const soon = new Date(Date.now() + 86_400_000)
  await owner.db.account.update({ where: { id: accountId }, data: { tokenExpiresAt: ago, refreshExpiresAt: soon } })
  const resting = async () => (await findEverywhere(restingTokens, new Date(), 500)).map(({ id }) => id)
  expect(await resting()).toEqual([accountId])

  // A network that does not answer is left alone for an hour, and nothing is lost by that.
  const url = process.env.X_API_URL
  process.env.X_API_URL = 'http://127.0.0.1:9'
  expect(must(await renewToken(system, { accountId }))).toEqual({ renewed: false })
  process.env.X_API_URL = url
  expect(await resting()).toEqual([])
  expect(must(await getAccount(owner, { accountId })).state).toBe('healthy')

  await owner.db.account.update({ where: { id: accountId }, data: { lastErrorAt: new Date(Date.now() - 3_700_000) } })
  expect(await resting()).toEqual([accountId])
  expect(must(await renewToken(system, { accountId }))).toEqual({ renewed: true })
  expect(await resting()).toEqual([])
  expect(must(await getAccount(owner, { accountId })).lastError).toBeNull()
})

test('a revoked token asks for a reconnection and keeps the account', async () => {
  const accountId = world.accounts.bluesky
  const { credentialsSealed } = await owner.db.account.findUniqueOrThrow({ where: { id: accountId } })
  const broken = {
    ...unsealCredentials(owner.workspaceId, credentialsSealed),
    accessToken: 'revoked',
    refreshToken: 'revoked',
  }
  await owner.db.account.update({
    where: { id: accountId },
    data: { credentialsSealed: sealCredentials(owner.workspaceId, broken) },
  })
  expect(codeOf(await useAccount(system, { accountId, refused: 'revoked' }))).toBe('PLATFORM_AUTH_FAILED')
  expect(must(await getAccount(owner, { accountId }))).toMatchObject({
    state: 'needs_reconnect',
    lastError: { message: expect.stringContaining('Reconnect') },
  })
  expect(await useAccount(system, { accountId })).toMatchObject({
    error: { message: 'Reconnect @northwind.sandbox to keep posting.' },
  })
  must(
    await connectByForm(owner, {
      platform: 'bluesky',
      method: 'password',
      values: { handle: 'northwind.sandbox', password: 'app-pass-northwind' },
    }),
  )
  expect(must(await getAccount(owner, { accountId })).state).toBe('healthy')
})

test('a check renews a token that ended early instead of asking for a reconnection', async () => {
  const accountId = world.accounts.x
  const { credentialsSealed } = await owner.db.account.findUniqueOrThrow({ where: { id: accountId } })
  const ended = { ...unsealCredentials(owner.workspaceId, credentialsSealed), accessToken: 'ended' }
  await owner.db.account.update({
    where: { id: accountId },
    data: { credentialsSealed: sealCredentials(owner.workspaceId, ended) },
  })
  expect(must(await checkAccount(owner, { accountId }))).toMatchObject({ state: 'healthy', lastError: null })
})

test('a check takes over what the account may do by now', async () => {
  const accountId = world.accounts.x
  const where = { id: accountId }
  const { handle } = await owner.db.account.findUniqueOrThrow({ where })
  const most = async () => {
    const row = await owner.db.account.findUniqueOrThrow({ where })
    return adapterOf(row).limitsFor?.(z.record(z.string(), z.unknown()).parse(row.traits)).text.max
  }
  expect(await most()).toBe(280)
  const form = new URLSearchParams({ account: handle.slice(1), plan: 'Premium' })
  await fetch(`${world.sandbox.networks.x?.url}/i/premium_sign_up`, { method: 'POST', body: form })
  must(await checkAccount(owner, { accountId }))
  expect(await most()).toBe(25_000)
})

test('after a key was rotated, accounts are sealed anew and still open', async () => {
  env().ENCRYPTION_KEYS.unshift(`fresh:${Buffer.alloc(32, 9).toString('base64')}`)
  const { where } = accountsOnOldKeys.find(new Date(), 10)
  const stale = await owner.db.account.findMany({ where, select: { id: true } })
  expect(stale.length).toBeGreaterThan(0)
  for (const { id } of stale) must(await resealAccount(system, { accountId: id }))
  expect(await owner.db.account.count({ where })).toBe(0)
  expect(codeOf(await useAccount(system, { accountId: world.accounts.x }))).toBe('ok')
})

test('a disconnected account is never used again, and its token is gone', async () => {
  const accountId = world.accounts['linkedin person']
  must(await disconnectAccount(owner, { accountId }))
  const row = await owner.db.account.findUniqueOrThrow({ where: { id: accountId } })
  expect(unsealCredentials(owner.workspaceId, row.credentialsSealed).accessToken).toBe('')
  expect(codeOf(await useAccount(system, { accountId }))).toBe('PLATFORM_AUTH_FAILED')
})

test('another workspace’s accounts and projects cannot be found', async () => {
  const stranger = await makeOwner()
  const accountId = world.accounts.x
  const project = await stranger.db.project.create({
    data: { id: newId(), workspaceId: stranger.workspaceId, name: 'Theirs' },
  })
  expect(codeOf(await getAccount(stranger, { accountId }))).toBe('NOT_FOUND')
  expect(codeOf(await checkAccount(stranger, { accountId }))).toBe('NOT_FOUND')
  expect(codeOf(await disconnectAccount(stranger, { accountId }))).toBe('NOT_FOUND')
  expect(codeOf(await setAccountProject(stranger, { accountId, projectId: null }))).toBe('NOT_FOUND')
  expect(codeOf(await setAccountProject(owner, { accountId, projectId: project.id }))).toBe('NOT_FOUND')
  expect(codeOf(await setAccountSwitches(stranger, { accountId, looksAgain: false }))).toBe('NOT_FOUND')
  expect(codeOf(await startConnection(owner, { platform: 'x', method: 'account', projectId: project.id }))).toBe(
    'NOT_FOUND',
  )
})

test('an editor may see accounts but not connect or disconnect them', async () => {
  const { workspaceId } = await newWorkspace()
  const editor = await newMember(workspaceId, 'editor')
  expect(codeOf(await listAccounts(editor, {}))).toBe('ok')
  expect(codeOf(await startConnection(editor, { platform: 'x', method: 'account' }))).toBe('FORBIDDEN')
  expect(codeOf(await disconnectAccount(editor, { accountId: world.accounts.x }))).toBe('FORBIDDEN')
  expect(codeOf(await setAccountSwitches(editor, { accountId: world.accounts.x, looksAgain: false }))).toBe('FORBIDDEN')
})

test('an account does by itself what its network has, unless it is told not to', async () => {
  const accountId = world.accounts.x
  const switches = async () => must(await getAccount(owner, { accountId })).switches
  const price = { mostADay: 50, eachMicros: 5_000 }
  expect(await switches()).toEqual({ looksAgain: { on: true, ...price }, showsRead: null })
  expect(codeOf(await setAccountSwitches(owner, { accountId, showsRead: false }))).toBe('VALIDATION_ERROR')
  expect(codeOf(await setAccountSwitches(owner, { accountId }))).toBe('VALIDATION_ERROR')
  must(await setAccountSwitches(owner, { accountId, looksAgain: false }))
  expect(await switches()).toEqual({ looksAgain: { on: false, ...price }, showsRead: null })
  must(await setAccountSwitches(owner, { accountId, looksAgain: true }))
})

test('a renewal that comes back after the account was disconnected does not bring its token back', async () => {
  const accountId = world.accounts.x
  const slow = createServer((_request, response) => {
    void disconnectAccount(owner, { accountId }).then(() =>
      response
        .setHeader('content-type', 'application/json')
        .end(
          JSON.stringify({ token_type: 'bearer', access_token: 'a', refresh_token: 'r', expires_in: 7_200, scope: '' }),
        ),
    )
  })
  await new Promise<void>((listening) => slow.listen(0, '127.0.0.1', listening))
  const kept = process.env.X_API_URL
  // It listens on a port, so its address is one of these.
  process.env.X_API_URL = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`
  await owner.db.account.update({ where: { id: accountId }, data: { tokenExpiresAt: new Date(Date.now() - 1_000) } })
  expect(codeOf(await useAccount(system, { accountId }))).toBe('PLATFORM_AUTH_FAILED')
  process.env.X_API_URL = kept
  slow.close()
  const row = await owner.db.account.findUniqueOrThrow({ where: { id: accountId } })
  expect(row.state).toBe('disconnected')
  expect(unsealCredentials(owner.workspaceId, row.credentialsSealed)).toMatchObject({ accessToken: '' })
})

test('an account on a server of its own is connected by an app that was registered there once', async () => {
  const connect = async (account: string, server?: string) => {
    const { url } = must(
      await startConnection(owner, { platform: 'mastodon', method: 'account', ...(server ? { server } : {}) }),
    )
    const back = await decideConsent(url, account)
    return must(await finishConnection(owner, { platform: 'mastodon', ...back })).accounts
  }
  const server = world.sandbox.networks.mastodon?.url
  const [first] = await connect('northwind', server)
  const [second] = await connect('nora')
  expect(first?.id).not.toBe(second?.id)
  const apps = await owner.db.serverApp.findMany()
  expect(apps.map((app) => app.server)).toEqual([server])
  const account = must(await useAccount(system, { accountId: first?.id ?? '' }))
  expect(account.credentials.server).toBe(server)
  // Neither what the server gave us as an app nor the account's token is readable in a row.
  const rows = JSON.stringify([apps, await owner.db.account.findMany()])
  expect(rows).not.toContain(account.credentials.accessToken)
  expect(apps[0]?.secretSealed).toMatch(/^\w+\.[\w-]+\.[\w-]+\.[\w-]+$/)
  expect(
    codeOf(await startConnection(owner, { platform: 'mastodon', method: 'account', server: 'http://10.0.0.1' })),
  ).toBe('VALIDATION_ERROR')
})

describe('an account that was disconnected on purpose', () => {
  const pages = async () => {
    const ctx = await makeOwner()
    await connectAs(ctx, 'facebook')
    const rows = await ctx.db.account.findMany({ orderBy: { id: 'asc' } })
    const [kept, given] = rows
    if (!kept || !given) throw new Error('This person of the sandbox runs more than one page')
    const state = async (id: string) => (await ctx.db.account.findUniqueOrThrow({ where: { id } })).state
    const connect = async (accountId?: string) => {
      const aim = { platform: 'facebook', method: 'pages', ...(accountId ? { accountId } : {}) }
      const { url } = must(await startConnection(ctx, aim))
      const back = await decideConsent(url, wayOf('facebook').who)
      return must(await finishConnection(ctx, { platform: 'facebook', ...back }))
    }
    return { ctx, kept, given, all: rows.map(({ id }) => id), state, connect }
  }

  test('stays so when another of the same grant is connected again, and nothing of it is kept', async () => {
    const { ctx, kept, given, all, state, connect } = await pages()
    must(await disconnectAccount(ctx, { accountId: given.id }))
    const before = await ctx.db.account.findUniqueOrThrow({ where: { id: given.id } })
    for (const accountId of [kept.id, undefined]) {
      const { accounts, left } = await connect(accountId)
      expect(accounts.map(({ id }) => id)).toEqual(all.filter((id) => id !== given.id))
      expect(left).toEqual([{ id: given.id, handle: given.handle }])
      expect(await ctx.db.account.findUniqueOrThrow({ where: { id: given.id } })).toEqual(before)
    }
    const told = await prisma.event.findMany({ where: { subjectId: given.id, type: 'account.reconnected' } })
    expect(told).toEqual([])
    expect(await state(kept.id)).toBe('healthy')
  })

  test('comes back by its own “Reconnect”, and by no one else’s', async () => {
    const { ctx, given, all, state, connect } = await pages()
    for (const accountId of all) must(await disconnectAccount(ctx, { accountId }))
    // A grant of many names none: without a word nothing comes back.
    expect(await connect()).toMatchObject({ accounts: [] })
    const { accounts, left } = await connect(given.id)
    expect(accounts).toEqual([{ id: given.id, handle: given.handle }])
    expect(left.map(({ id }) => id)).toEqual(all.filter((id) => id !== given.id))
    expect(await state(given.id)).toBe('healthy')
  })

  test('comes back when the network is connected anew and gives it alone', async () => {
    const ctx = await makeOwner()
    const [other, alone] = [await connectAs(ctx, 'bluesky'), await connectAs(ctx, 'x')]
    must(await disconnectAccount(ctx, { accountId: alone }))
    expect(await connectAs(ctx, 'x')).toBe(alone)
    expect(must(await getAccount(ctx, { accountId: alone })).state).toBe('healthy')
    // Begun from another account, and the wrong one answered at the network's page.
    must(await disconnectAccount(ctx, { accountId: alone }))
    const { url } = must(await startConnection(ctx, { platform: 'x', method: 'account', accountId: other }))
    const before = await ctx.db.account.findMany({ orderBy: { id: 'asc' } })
    expect(await finish(ctx, await decideConsent(url, wayOf('x').who))).toMatchObject({
      error: {
        code: 'PLATFORM_AUTH_FAILED',
        message: expect.stringMatching(/^You allowed @northwind at X, so .* was not/),
      },
    })
    expect(await ctx.db.account.findMany({ orderBy: { id: 'asc' } })).toEqual(before)
  })

  test('is of no other workspace', async () => {
    const stranger = await makeOwner()
    const aim = { platform: 'x', method: 'account', accountId: world.accounts.x }
    expect(codeOf(await startConnection(stranger, aim))).toBe('NOT_FOUND')
  })
})
