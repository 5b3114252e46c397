import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { serve } from '@/app/api/serve.fixture'
import { examineAccount, getAccount, lapseAccount } from '@/lib/accounts'
import { connectAs, makeWorld, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeDoors } from '@/lib/core/rate'
import { closeRealtime } from '@/lib/core/realtime'
import { handleIncoming } from '@/lib/workspace'
import { asSystem } from '@/lib/workspace/system'
import { publicKey } from '@/sandbox/discord/events'
import { GET, POST } from './route'

const kinds = [
  {
    kind: 'tiktok',
    platform: 'tiktok',
    remove: '/setting/manage-app/remove',
    why: 'The app was removed in TikTok.',
  },
  {
    kind: 'discord bot',
    platform: 'discord',
    remove: '/settings/authorized-apps/remove',
    why: 'Whoever connected it removed the app in Discord.',
  },
] as const

let world: ConnectedWorld
const doors: Awaited<ReturnType<typeof serve>>[] = []
beforeAll(async () => {
  world = await makeWorld(kinds.map(({ kind }) => kind))
  process.env.DISCORD_WEBHOOK_PUBLIC_KEY = publicKey
})
afterAll(async () => {
  await Promise.all(doors.map((door) => door.close()))
  await world.close()
  await Promise.all([closeDoors(), closeQueues(), closeRealtime()])
  await prisma.$disconnect()
})

const form = (path: string, fields: Record<string, string>) =>
  fetch(path, { method: 'POST', body: new URLSearchParams(fields) })
const Particulars = z.object({ at: z.string(), reason: z.string() })

describe.for(kinds)('an app that was removed at $platform', ({ kind, platform, remove, why }) => {
  const { env } = process
  const accountId = () => world.accounts[kind] ?? ''
  const site = () => world.sandbox.networks[platform]?.url ?? ''
  const clientId = () => env[`${platform.toUpperCase()}_CLIENT_ID`] ?? ''
  /** What the worker is given to do. */
  const told = () =>
    prisma.event.findMany({ where: { type: 'account.withdrawn', subjectId: accountId() }, orderBy: { at: 'asc' } })
  const state = async () => must(await getAccount(world.ctx, { accountId: accountId() }))

  async function removeApp(): Promise<void> {
    const before = await told()
    const { externalId } = await prisma.account.findUniqueOrThrow({ where: { id: accountId() } })
    await form(site() + remove, { client_key: clientId(), client_id: clientId(), open_id: externalId })
    const reports = () => prisma.incomingEvent.findMany({ where: { platform, handledAt: null } })
    await vi.waitFor(async () => expect(await reports()).toHaveLength(1), { timeout: 30_000, interval: 20 })
    must(await handleIncoming({ incomingIds: (await reports()).map(({ id }) => id) }))
    expect(await told()).toHaveLength(before.length + 1)
  }
  async function hear(): Promise<{ lapsed: boolean }> {
    const system = await asSystem(world.ctx.workspaceId, 'test')
    const last = (await told()).at(-1)
    if (!system) throw new Error('The workspace is gone')
    return must(await lapseAccount(system, { accountId: accountId(), ...Particulars.parse(last?.particulars) }))
  }

  test('is reported under a real signature, and the account waits for a person with the reason, as the doctor says', async () => {
    const door = await serve({ GET, POST }, { platform })
    doors.push(door)
    const wish = { network: platform, clientId: clientId(), url: door.origin, verifyToken: 'unused' }
    const portal = await fetch(`${world.sandbox.url}/portal`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wish),
    })
    expect(portal.status).toBe(201)
    await prisma.incomingEvent.updateMany({ where: { platform }, data: { handledAt: new Date() } })
    await removeApp()
    expect((await state()).state).toBe('healthy')
    expect(await hear()).toEqual({ lapsed: true })
    expect(await state()).toMatchObject({
      state: 'needs_reconnect',
      lastError: { message: expect.stringMatching(new RegExp(`^${why} Reconnect .+ to keep posting.$`)) },
    })
    const [connection] = must(await examineAccount(world.ctx, { accountId: accountId() }))
    expect(connection).toMatchObject({ name: 'state', state: 'problem', message: expect.stringContaining(why) })
    expect(await prisma.event.count({ where: { type: 'account.lapsed', subjectId: accountId() } })).toBe(1)
  })

  test('is an old story once the account was connected again', async () => {
    // The report from above, heard once more a minute after it: by then somebody had connected the account again.
    expect(await connectAs(world.ctx, kind)).toBe(accountId())
    await prisma.account.update({
      where: { id: accountId() },
      data: { tokenIssuedAt: new Date(Date.now() + 60_000) },
    })
    expect(await hear()).toEqual({ lapsed: false })
    expect((await state()).state).toBe('healthy')
  })
})
