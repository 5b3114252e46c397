import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, makeWorld, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Incoming } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { sendReply } from '../answer/send-reply'
import { writeReply } from '../answer/write-reply'
import { closeDesk } from '../desk.fixture'
import { defaultFactors } from '../triage/score'
import { watchAccount } from './feeds'
import { pollFeed } from './poll'
import { receive } from './receive'

let world: ConnectedWorld
let system: Ctx
let accountId: string
beforeAll(async () => {
  world = await makeWorld(['mastodon'])
  system = await systemIn(world.ctx.workspaceId)
  accountId = world.accounts.mastodon ?? ''
  must(await watchAccount(system, { accountId }))
  const undo = { workspaceId: world.ctx.workspaceId, undoSeconds: 0, factors: defaultFactors }
  await prisma.triageSettings.create({ data: undo })
})
afterAll(async () => {
  await world.close()
  await closeDesk()
})

/** An answer that is at the network, and of which that has told nothing yet. */
async function answered(text: string) {
  const by = { handle: 'mira', name: 'Mira' }
  await ask(world.sandbox, '/speak', {
    network: 'mastodon',
    account: 'northwind',
    kind: 'mention',
    by,
    text: `${text}?`,
  })
  const { id: feedId } = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: '' } })
  await prisma.inboxFeed.update({ where: { id: feedId }, data: { nextAt: new Date(0) } })
  must(await pollFeed(system, { feedId }))
  const question = await prisma.message.findFirstOrThrow({ where: { accountId, text: { contains: `${text}?` } } })
  const { replyId } = must(await writeReply(world.ctx, { messageId: question.id, text }))
  expect(must(await sendReply(system, { replyId }))).toEqual({ did: 'sent' })
  const { externalId } = await prisma.reply.findUniqueOrThrow({ where: { id: replyId } })
  return { question, externalId: externalId ?? '' }
}
const item = (externalId: string, more: Partial<Incoming> = {}): Incoming => ({
  externalId,
  kind: 'mention',
  change: 'new',
  text: 'Something else',
  at: new Date().toISOString(),
  author: { externalId: 'ben', handle: '@ben', displayName: 'Ben' },
  own: false,
  conversation: externalId,
  media: [],
  ref: {},
  ...more,
})
const rowOf = (externalId: string) =>
  prisma.message.findFirstOrThrow({
    where: { accountId, externalId },
    select: { own: true, text: true, deletedAt: true, parentExternalId: true },
  })

test('an answer of ours whose end is told before its echo is taken away, and nothing beside it is lost', async () => {
  const { externalId } = await answered('On Monday')
  const [gone, beside] = [newId(), newId()]
  const end = item(externalId, { change: 'deleted', text: '', author: { externalId: '', handle: '', displayName: '' } })
  must(await receive(system, { accountId, items: [end, item(beside), item(gone)], via: 'stream' }))
  expect(await rowOf(externalId)).toMatchObject({ own: true, text: '', deletedAt: expect.any(Date) })
  expect(await rowOf(beside)).toMatchObject({ text: 'Something else' })
})

test('an answer of ours that is told as if anybody had said it stays ours, and answered stays what it answers', async () => {
  const { question, externalId } = await answered('On Tuesday')
  const told = item(externalId, { text: 'On Tuesday', conversation: 'elsewhere', parent: question.externalId })
  for (const items of [[told], [told, item(newId())], [{ ...told, own: true }], [told]])
    must(await receive(system, { accountId, items, via: 'webhook' }))
  expect(await rowOf(externalId)).toEqual({
    own: true,
    text: 'On Tuesday',
    deletedAt: null,
    parentExternalId: question.externalId,
  })
  expect(await prisma.message.findUniqueOrThrow({ where: { id: question.id } })).toMatchObject({
    answeredAt: expect.any(Date),
  })
})
