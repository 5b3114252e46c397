import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { updateContact } from '@/lib/contacts'
import { ask, makeWorld, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { closeDoors } from '@/lib/core/rate'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { closeDesk } from '../desk.fixture'
import { openDoor } from '../door.fixture'
import { watchAccount } from './feeds'
import { nameSomebody } from './name-somebody'
import { pollFeed } from './poll'
import { listMessages } from '../lists/messages'
import { listConversations } from '../lists/queries'

const kinds = ['facebook', 'instagram'] as const
type Kind = (typeof kinds)[number]

let world: ConnectedWorld
let system: Ctx
const doors = new Map<Kind, Awaited<ReturnType<typeof openDoor>>>()
beforeAll(async () => {
  process.env.NETWORK_TIMEOUT_MS = '1500'
  world = await makeWorld(kinds)
  system = await systemIn(world.ctx.workspaceId)
  for (const kind of kinds) {
    const door = await openDoor(kind, kind === 'facebook' ? 'pages' : 'account')
    doors.set(kind, door)
    const clientId = `posthorn-${kind}`
    await ask(world.sandbox, '/portal', { network: kind, clientId, url: door.url, verifyToken: 'sandbox-verify' })
  }
})
afterEach(async () => {
  await fetch(`${world.sandbox.url}/faults`, { method: 'DELETE' })
  await prisma.circuit.deleteMany({ where: { workspaceId: system.workspaceId } })
})
afterAll(async () => {
  await world.close()
  for (const door of doors.values()) await door.close()
  await closeDoors()
  await closeDesk()
})

/** Somebody writes, and the network reports it by their id alone. @returns the message as it came in */
async function somebodyWrites(kind: Kind, name: string, text: string) {
  const accountId = world.accounts[kind] ?? ''
  const { externalId: account } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
  const by = { handle: name.toLowerCase().replace(' ', '.'), name }
  const { id } = await ask<{ id: string }>(world.sandbox, '/speak', { network: kind, account, kind: 'dm', by, text })
  await doors.get(kind)?.hear(system, 1, (externalId) => externalId === id)
  const message = await prisma.message.findFirstOrThrow({ where: { accountId, externalId: id } })
  return { ...message, identityId: message.identityId ?? '' }
}

const identity = (id: string) => prisma.contactIdentity.findUniqueOrThrow({ where: { id } })
/** What the inbox shows of a conversation: whom it is with, and who said each thing. */
async function shown(conversationId: string) {
  const { items } = must(await listConversations(world.ctx, { view: 'all', ids: [conversationId] }))
  const messages = must(await listMessages(world.ctx, { conversationId }))
  return { row: items[0]?.contact?.name, authors: messages.items.map(({ author }) => author.name) }
}
const askedFor = (identityId: string) => nameSomebody(system, { identityId })

test.for(kinds)(
  'whoever writes to a page on %s stands in the inbox by name, though the report has but an id',
  async (kind) => {
    const message = await somebodyWrites(kind, 'Mia Meer', 'Do you roast on Sundays?')
    expect((await shown(message.conversationId)).row).toMatch(/^Somebody on /)
    expect(must(await askedFor(message.identityId))).toEqual({ did: 'named' })
    expect(await shown(message.conversationId)).toEqual({ row: 'Mia Meer', authors: ['Mia Meer'] })
    const told = { workspaceId: system.workspaceId, type: 'conversation.named', subjectId: message.conversationId }
    expect(await prisma.event.count({ where: told })).toBe(1)
    // The next report has but an id again, and takes nothing away.
    const next = await somebodyWrites(kind, 'Mia Meer', 'Or on Mondays?')
    expect(next).toMatchObject({ authorName: 'Mia Meer', identityId: message.identityId })
    expect((await shown(message.conversationId)).row).toBe('Mia Meer')
    expect(must(await askedFor(message.identityId))).toEqual({ did: 'skipped' })
  },
)

test('a person is asked for once, however many workers want to', async () => {
  const { identityId } = await somebodyWrites('facebook', 'Olga Olm', 'Hello')
  const all = await Promise.all([1, 2, 3, 4].map(() => askedFor(identityId)))
  expect(all.map((one) => must(one).did).toSorted()).toEqual(['named', 'skipped', 'skipped', 'skipped'])
})

test('a network that limits us is asked again when it said, and no sooner', async () => {
  const { identityId, conversationId } = await somebodyWrites('facebook', 'Tim Tau', 'Hello')
  const network = { network: 'facebook', fault: '429_until', operation: 'profile', param: 3_600 }
  await ask(world.sandbox, '/faults', network)
  expect(must(await askedFor(identityId))).toEqual({ did: 'failed' })
  expect((await identity(identityId)).nameAskAt?.getTime()).toBeGreaterThan(Date.now() + 60_000)
  expect(must(await askedFor(identityId))).toEqual({ did: 'skipped' })
  await fetch(`${world.sandbox.url}/faults`, { method: 'DELETE' })
  await prisma.circuit.deleteMany({ where: { workspaceId: system.workspaceId } })
  await prisma.contactIdentity.update({ where: { id: identityId }, data: { nameAskAt: new Date(0) } })
  expect(must(await askedFor(identityId))).toEqual({ did: 'named' })
  expect((await shown(conversationId)).row).toBe('Tim Tau')
})

test('a name that comes by asking for messages counts as well, though its clock is coarser', async () => {
  const { identityId, conversationId, accountId } = await somebodyWrites('facebook', 'Ute Uhl', 'Hello')
  must(await watchAccount(system, { accountId }))
  const feed = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: '' } })
  must(await pollFeed(system, { feedId: feed.id }))
  expect(await shown(conversationId)).toEqual({ row: 'Ute Uhl', authors: ['Ute Uhl'] })
  expect(await identity(identityId)).toMatchObject({ nameless: false, nameAskAt: null })
})

test('a name that somebody of ours chose stays', async () => {
  const { identityId, conversationId } = await somebodyWrites('facebook', 'Kai Krug', 'Hello')
  const { contactId } = await identity(identityId)
  must(await updateContact(world.ctx, { contactId, name: 'Kai from the fair' }))
  expect(must(await askedFor(identityId))).toEqual({ did: 'named' })
  expect(await shown(conversationId)).toEqual({ row: 'Kai from the fair', authors: ['Kai Krug'] })
})
