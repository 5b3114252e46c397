import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { ask, makeWorld, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { closeDoors } from '@/lib/core/rate'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { closeDesk } from '../desk.fixture'
import { openDoor } from '../door.fixture'
import { hearMessages } from './hear'

let world: ConnectedWorld
let system: Ctx
let door: Awaited<ReturnType<typeof openDoor>>
beforeAll(async () => {
  process.env.NETWORK_TIMEOUT_MS = '1500'
  world = await makeWorld(['instagram'])
  system = await systemIn(world.ctx.workspaceId)
  door = await openDoor('instagram', 'account')
  const portal = { network: 'instagram', clientId: 'posthorn-instagram', url: door.url, verifyToken: 'sandbox-verify' }
  await ask(world.sandbox, '/portal', portal)
})
afterEach(async () => {
  await fetch(`${world.sandbox.url}/faults`, { method: 'DELETE' })
})
afterAll(async () => {
  await world.close()
  await door.close()
  await closeDoors()
  await closeDesk()
})

const accountId = () => world.accounts.instagram ?? ''
const by = { handle: 'mia.meer', name: 'Mia Meer' }

/** Somebody mentions the account in a post of theirs, which Instagram reports by its number alone. */
async function mentioned(text: string): Promise<string> {
  const { externalId: account } = await prisma.account.findUniqueOrThrow({ where: { id: accountId() } })
  const wish = { network: 'instagram', account, kind: 'mention', by, text }
  return (await ask<{ id: string }>(world.sandbox, '/speak', wish)).id
}
/** Hears all that was reported, once there are so many reports. */
const hear = (count: number) => door.hear(system, count, () => true)
const message = (externalId: string) =>
  prisma.message.findFirstOrThrow({
    where: { accountId: accountId(), externalId },
    select: { kind: true, text: true, authorHandle: true, url: true },
  })

test('a mention that is reported by its number comes in with its words, its author and its address', async () => {
  const id = await mentioned('My parcel is broken, @northwindcoffee')
  await hear(1)
  expect(await message(id)).toEqual({
    kind: 'mention',
    text: 'My parcel is broken, @northwindcoffee',
    authorHandle: 'mia.meer',
    url: expect.stringContaining('/p/'),
  })
})

test('what the network does not tell now is told again until it does, and comes in with its words', async () => {
  const told = await mentioned('Where is my order?')
  await hear(2)
  const words = await message(told)
  await ask(world.sandbox, '/faults', { network: 'instagram', fault: '429_until', operation: 'profile', param: 3_600 })
  const untold = await mentioned('And mine?')
  // Those of before are heard anew, too.
  const limited = await hear(3).catch(String)
  expect(limited).toContain('asked us to slow down')
  expect(await prisma.message.count({ where: { externalId: untold } })).toBe(0)
  expect(await message(told)).toEqual(words)

  await fetch(`${world.sandbox.url}/faults`, { method: 'DELETE' })
  await prisma.circuit.deleteMany()
  await hear(3)
  expect(await message(untold)).toMatchObject({
    kind: 'mention',
    text: '@northwindcoffee And mine?',
    authorHandle: 'mia.meer',
  })
})

test('what waits for its words holds up nothing else that was reported beside it', async () => {
  await ask(world.sandbox, '/faults', { network: 'instagram', fault: '500_after_accept', operation: 'profile' })
  const { externalId: account } = await prisma.account.findUniqueOrThrow({ where: { id: accountId() } })
  const untold = await mentioned('Broken again')
  const wish = { network: 'instagram', account, kind: 'dm', by, text: 'Hello there' }
  const { id } = await ask<{ id: string }>(world.sandbox, '/speak', wish)
  const reports = async () => {
    const rows = await prisma.incomingEvent.findMany({ orderBy: { receivedAt: 'desc' }, take: 2 })
    return Promise.all(rows.map((row) => hearMessages(system, { incomingId: row.id, accountId: accountId() })))
  }
  await vi.waitFor(async () => expect(await prisma.incomingEvent.count()).toBe(5), { timeout: 30_000 })
  expect((await reports()).map((each) => each.ok).toSorted()).toEqual([false, true])
  expect(await message(id)).toMatchObject({ text: 'Hello there' })
  await fetch(`${world.sandbox.url}/faults`, { method: 'DELETE' })
  expect((await reports()).map((each) => each.ok)).toEqual([true, true])
  expect(await message(untold)).toMatchObject({ text: '@northwindcoffee Broken again' })
})

test('what the network refuses to tell comes in without words', async () => {
  const gone = await mentioned('Never mind')
  await ask(world.sandbox, '/unsay', { network: 'instagram', id: gone })
  await hear(6)
  expect(await message(gone)).toMatchObject({ kind: 'mention', text: '' })
})

test('a report that waits for an account that was disconnected comes in as it is, and one that is gone is heard no more', async () => {
  await ask(world.sandbox, '/faults', { network: 'instagram', fault: '429_until', operation: 'profile', param: 3_600 })
  const untold = await mentioned('Are you there?')
  await expect(hear(7)).rejects.toThrow('asked us to slow down')
  await prisma.account.update({ where: { id: accountId() }, data: { state: 'disconnected' } })
  await hear(7)
  expect(await message(untold)).toMatchObject({ kind: 'mention', text: '' })
  await prisma.incomingEvent.deleteMany()
  const gone = await hearMessages(system, { incomingId: newId(), accountId: accountId() })
  expect(gone).toEqual({ ok: true, value: { heard: 0 } })
})
