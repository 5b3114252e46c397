import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkAccount, connectByForm, getAccount, useAccount } from '@/lib/accounts'
import { asSystem } from '@/lib/workspace/system'
import { credentialColumns } from '@/lib/accounts/secrets'
import { now } from '@/lib/core/clock'
import type { Credentials } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { connect, must, newDesk, type Desk } from './desk'
import { startWorker, type Worker } from './worker'

let desk: Desk
let worker: Worker
let system: Ctx
beforeAll(async () => {
  desk = await newDesk()
  worker = startWorker()
  const found = await asSystem(desk.ctx.workspaceId, 'test')
  if (!found) throw new Error('the workspace was just made')
  system = found
})
afterAll(async () => {
  await worker.kill()
  await desk.close()
})

const credentials = async () => must(await useAccount(system, { accountId: desk.accountId })).credentials
const keep = (changed: Credentials) =>
  system.db.account.update({
    where: { id: desk.accountId },
    data: credentialColumns(system.workspaceId, changed, now()),
    select: { id: true },
  })
const texts = async () => (await desk.person.posts()).map(({ record }) => record.text)

/** The same token, long over, signed with the secret that the makers give to every test server. */
function expired(jwt: string): string {
  const [head = '', body = ''] = jwt.split('.')
  const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString())
  if (typeof claims !== 'object') throw new Error('not a token')
  const late = Buffer.from(JSON.stringify({ ...claims, iat: 1_700_000_000, exp: 1_700_007_200 })).toString('base64url')
  return `${head}.${late}.${createHmac('sha256', 'jwt-secret').update(`${head}.${late}`).digest('base64url')}`
}

test('a wrong app password connects nothing and says so', async () => {
  const before = await desk.ctx.db.account.count()
  const tried = await connectByForm(desk.ctx, {
    platform: 'bluesky',
    method: 'password',
    values: { handle: desk.person.handle, password: 'abcd-efgh-ijkl-mnop' },
  })
  expect(tried).toMatchObject({ ok: false, error: { code: 'PLATFORM_AUTH_FAILED' } })
  expect(await desk.ctx.db.account.count()).toBe(before)
})

test('a connected account is healthy, bears the server’s name for it, and knows when its token ends', async () => {
  const account = must(await checkAccount(desk.ctx, { accountId: desk.accountId }))
  expect(account).toMatchObject({ state: 'healthy', handle: `@${desk.person.handle}`, renews: true, lastError: null })
  expect(new Date(account.tokenExpiresAt ?? 0).getTime()).toBeGreaterThan(now().getTime())
  expect((await credentials()).externalId).toBe(desk.person.did)
})

test('connected again with an @ before the handle, it stays the same account', async () => {
  const again = await connect(desk.ctx, `@${desk.person.handle}`, await desk.person.appPassword('Again'))
  expect(again).toBe(desk.accountId)
})

test('a token near its end is renewed before a post is sent, and the refresh token with it', async () => {
  const old = await credentials()
  await keep({ ...old, accessExpiresAt: new Date(now().getTime() + 30_000).toISOString() })
  await desk.until(await desk.send({ text: 'Renewed before' }), 'published')
  const renewed = await credentials()
  expect(renewed.accessToken).not.toBe(old.accessToken)
  expect(renewed.refreshToken).not.toBe(old.refreshToken)
  expect(await texts()).toContain('Renewed before')
})

test('a token that the server calls expired is renewed, and the post goes out once', async () => {
  const live = await credentials()
  const spent = { ...live, accessToken: expired(live.accessToken) }
  await keep(spent)
  const postId = await desk.send({ text: 'Renewed after' })
  const { steps } = await desk.until(postId, 'published')
  expect(steps[0]?.attempts.map(({ outcome }) => outcome)).toEqual(['not_sent', 'accepted'])
  expect((await texts()).filter((text) => text === 'Renewed after')).toHaveLength(1)
  expect((await credentials()).accessToken).not.toBe(spent.accessToken)
})

test('when a person takes the app password back the post waits, and goes out once the account is connected again', async () => {
  await connect(desk.ctx, desk.person.handle, await desk.person.appPassword('Short-lived'))
  await desk.person.revoke('Short-lived')
  const live = await credentials()
  await keep({ ...live, accessToken: expired(live.accessToken) })
  const postId = await desk.send({ text: 'After reconnecting' })
  const { reason } = await desk.until(postId, 'needs_person')
  expect(reason).toMatchObject({ kind: 'reconnect' })
  expect(must(await getAccount(desk.ctx, { accountId: desk.accountId })).state).toBe('needs_reconnect')
  expect(await texts()).not.toContain('After reconnecting')

  await connect(desk.ctx, desk.person.handle, await desk.person.appPassword('Anew'))
  await desk.until(postId, 'published')
  expect((await texts()).filter((text) => text === 'After reconnecting')).toHaveLength(1)
})
