import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { useAccount } from '@/lib/accounts'
import { ask, makeWorld, must, wayOf, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { deliver, draftOf, type Subject } from '@/lib/platforms/contract.fixture'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { closeDesk } from '../desk.fixture'
import { watchAccount } from './feeds'
import { streamFeed } from './stream'

let world: ConnectedWorld
let system: Ctx
let accountId = ''
let of: Subject
let on = ''
beforeAll(async () => {
  world = await makeWorld(['discord bot'])
  system = await systemIn(world.ctx.workspaceId)
  accountId = world.accounts['discord bot'] ?? ''
  must(await watchAccount(system, { accountId }))
  const { platform, app, credentials } = must(await useAccount(system, { accountId }))
  const { displayName, handle } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
  const account = { kind: 'page', displayName, handle, profileUrl: '', credentials } as const
  of = { way: wayOf('discord bot'), platform, app, account, as: credentials }
  const sent = await deliver(of, await draftOf(of, 'What do you think?'))
  if (!sent.ok) throw new Error(sent.error.code)
  on = sent.value.externalId
})
afterAll(async () => {
  await world.close()
  await closeDesk()
})

const react = (handle: string, to = on) =>
  ask(world.sandbox, '/speak', {
    network: 'discord',
    account: 'announcements',
    kind: 'reaction',
    by: { handle, name: handle },
    text: '🔥',
    on: to,
  })
const heard = () =>
  prisma.message.findMany({ where: { accountId, kind: 'reaction' }, orderBy: { authorHandle: 'asc' } })
const reactionOf = async (handle: string) => (await heard()).find(({ authorHandle }) => authorHandle === `@${handle}`)
const standing = async () => (await heard()).flatMap(({ authorHandle, deletedAt }) => (deletedAt ? [] : [authorHandle]))
async function takeBack(handle: string, from = on): Promise<void> {
  const [, person = ''] = (await reactionOf(handle))?.externalId.split('/') ?? []
  const [, channel = ''] = of.as.externalId.split('/')
  const path = `channels/${channel}/messages/${from}/reactions/${encodeURIComponent('🔥')}/${person}`
  const headers = { authorization: `Bot ${of.as.accessToken}` }
  expect((await fetch(`${of.app.apiUrl}/api/v10/${path}`, { method: 'DELETE', headers })).status).toBe(204)
}
/** Listens until these people's reactions stand. */
async function listenUntil(people: readonly string[]): Promise<void> {
  const { id: feedId } = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: '' } })
  await prisma.inboxFeed.update({ where: { id: feedId }, data: { streamNextAt: null } })
  const hangUp = new AbortController()
  const over = streamFeed(system, { feedId, signal: hangUp.signal })
  await vi.waitFor(async () => expect(await standing()).toEqual(people), 20_000)
  hangUp.abort()
  expect(must(await over).did).toBe('ended')
}

test('reactions given or taken back on Discord while nobody listened are known to the next who does, and keep their time', async () => {
  await react('mira')
  await react('rosa')
  await listenUntil(['@mira', '@rosa'])
  const before = await reactionOf('mira')
  expect(before).toMatchObject({ via: 'stream', reaction: '🔥', deletedAt: null })

  await takeBack('rosa')
  await react('tom')
  await react('zoe')
  await listenUntil(['@mira', '@tom', '@zoe'])
  expect(await reactionOf('mira')).toEqual(before)
  expect(await reactionOf('rosa')).toMatchObject({ deletedAt: expect.any(Date) })

  await takeBack('mira')
  await react('rosa')
  await takeBack('tom')
  await listenUntil(['@rosa', '@zoe'])
  expect(await heard()).toHaveLength(4)
}, 60_000)

test('reactions to an answer of ours, which stand in its talk, are looked for in the same way', async () => {
  const by = { handle: 'ida', name: 'Ida' }
  const said = { network: 'discord', account: 'announcements', kind: 'comment', by, text: 'Where is it?' }
  const { id: asked } = await ask<{ id: string }>(world.sandbox, '/speak', said)
  const to = {
    externalId: asked,
    kind: 'comment',
    conversation: asked,
    ref: { channel: of.as.externalId.split('/')[1] },
  } as const
  const words = { to, text: 'On its way', key: of.platform.newKey(new Date()) }
  const sent = await of.platform.inbox?.reply?.(of.app, of.as, words)
  if (!sent?.ok) throw new Error(JSON.stringify(sent))
  const answer = sent.value.externalId
  await react('nina', answer)
  const before = await standing()
  await listenUntil([...before, '@nina'].toSorted())
  const { conversation } = await prisma.message.findFirstOrThrow({
    where: { accountId, authorHandle: '@nina' },
    include: { conversation: true },
  })
  expect(conversation.externalKey).toBe(asked)
  await takeBack('nina', answer)
  await listenUntil(before)
}, 60_000)
