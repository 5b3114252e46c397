import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useAccount } from '@/lib/accounts'
import { ask, makeWorld, must, wayOf, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { serveFiles } from '@/lib/platforms/contract-files.fixture'
import { deliver, draftOf } from '@/lib/platforms/contract.fixture'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { watchPosts } from '../hear/feeds'
import { pollFeed } from '../hear/poll'
import { listMessages } from '../lists/messages'
import { closeDesk } from '../desk.fixture'
import { carryOutHiding } from './carry-out-hiding'
import { hideMessage } from './hide-message'

const networks = ['facebook', 'instagram', 'threads'] as const
type Network = (typeof networks)[number]
let world: ConnectedWorld
let files: Awaited<ReturnType<typeof serveFiles>>
let system: Ctx
beforeAll(async () => {
  files = await serveFiles()
  world = await makeWorld(networks)
  system = await systemIn(world.ctx.workspaceId)
})
afterAll(async () => {
  await world.close()
  await files.close()
  await closeDesk()
})

/** Somebody comments on a new post of ours, and it is heard. @returns the message. */
async function heard(network: Network, text: string) {
  const accountId = world.accounts[network] ?? ''
  const { platform, app, credentials } = must(await useAccount(system, { accountId }))
  const { displayName, handle, externalId: me } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
  const account = { kind: 'page', displayName, handle, profileUrl: '', credentials } as const
  const of = { way: wayOf(network), platform, app, account, as: credentials }
  const turn = (advanceMs: number) => ask(world.sandbox, '/clock', { advanceMs })
  const sent = await deliver(of, await draftOf(of, `Ask us, ${text}`), turn)
  if (!sent.ok) throw new Error(JSON.stringify(sent.error))
  await turn(2_000)
  const { externalId: post } = sent.value
  const by = { handle: 'rosa', name: 'Rosa' }
  const said = { network, account: me, kind: 'comment', by, text, on: post }
  const { id } = await ask<{ id: string }>(world.sandbox, '/speak', said)
  must(await watchPosts(system, { accountId, posts: [sent.value], publishedAt: new Date() }))
  await prisma.inboxFeed.updateMany({ where: { accountId }, data: { nextAt: new Date(0) } })
  const feed = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: post } })
  expect(must(await pollFeed(system, { feedId: feed.id })).did).toBe('read')
  return prisma.message.findFirstOrThrow({ where: { accountId, externalId: id } })
}
const hidingOf = async ({ id, conversationId }: { id: string; conversationId: string }) =>
  must(await listMessages(world.ctx, { conversationId })).items.find((item) => item.id === id)?.hiding
const told = async (conversationId: string) =>
  (
    await prisma.event.findMany({
      where: { subjectId: conversationId, type: { contains: 'hid' } },
      orderBy: { id: 'asc' },
    })
  ).map(({ type, actorKind }) => [type, actorKind])

describe.each(networks)('on %s', (network) => {
  test('a comment is hidden, shows so, and is shown again; the trail says who had it done', async () => {
    const message = await heard(network, 'Rubbish!')
    const carryOut = async () => must(await carryOutHiding(system, { messageId: message.id })).did
    const states = async () => {
      const { hidden, isPending, trouble } = (await hidingOf(message)) ?? {}
      return [hidden, isPending, trouble]
    }
    expect(await states()).toEqual([false, false, null])
    must(await hideMessage(world.ctx, { messageId: message.id, hidden: true }))
    expect(await states()).toEqual([false, true, null])
    expect([await carryOut(), await carryOut()]).toEqual(['done', 'skipped'])
    expect(await states()).toEqual([true, false, null])
    expect((await told(message.conversationId)).map(([type]) => type)).toEqual([
      'message.hidingWished',
      'message.hidden',
    ])
    must(await hideMessage(world.ctx, { messageId: message.id, hidden: false }))
    expect(await carryOut()).toBe('done')
    expect(await states()).toEqual([false, false, null])
  })

  test('what the network refuses says why, and what did not get an answer is done again', async () => {
    const message = await heard(network, 'Humbug!')
    await ask(world.sandbox, '/faults', { network, fault: '500_after_accept', operation: 'comment', times: 1 })
    must(await hideMessage(world.ctx, { messageId: message.id, hidden: true }))
    expect(must(await carryOutHiding(system, { messageId: message.id })).did).toBe('failed')
    await prisma.message.update({ where: { id: message.id }, data: { hideAt: new Date(0) } })
    expect(must(await carryOutHiding(system, { messageId: message.id })).did).toBe('done')

    const gone = await heard(network, 'Twaddle!')
    await ask(world.sandbox, '/unsay', { network, id: gone.externalId })
    must(await hideMessage(world.ctx, { messageId: gone.id, hidden: true }))
    expect(must(await carryOutHiding(system, { messageId: gone.id })).did).toBe('refused')
    expect(await hidingOf(gone)).toMatchObject({ hidden: false, isPending: false, trouble: expect.any(String) })
  })
})

test('nobody hides from elsewhere, nor what was taken away', async () => {
  const message = await heard('facebook', 'Nonsense!')
  await prisma.message.update({ where: { id: message.id }, data: { deletedAt: new Date() } })
  const answer = await hideMessage(world.ctx, { messageId: message.id, hidden: true })
  expect(answer).toMatchObject({ ok: false, error: { code: 'CONFLICT' } })
  const other = await hideMessage(world.ctx, { messageId: 'nothing', hidden: true })
  expect(other).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
})
