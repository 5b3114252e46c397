import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ask, makeWorld, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { closeDoors } from '@/lib/core/rate'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { closeDesk } from '../desk.fixture'
import { openDoor } from '../door.fixture'

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

test('what the network does not tell now comes in without words, and takes none from what is here', async () => {
  const told = await mentioned('Where is my order?')
  await hear(2)
  const words = await message(told)
  await ask(world.sandbox, '/faults', { network: 'instagram', fault: '429_until', operation: 'profile', param: 3_600 })
  const untold = await mentioned('And mine?')
  // Those of before are heard anew, too.
  await hear(3)
  expect(await message(untold)).toMatchObject({ kind: 'mention', text: '' })
  expect(await message(told)).toEqual(words)
})
