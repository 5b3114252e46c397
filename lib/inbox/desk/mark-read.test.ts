import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, makeWorld, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { setAccountSwitches } from '@/lib/accounts'
import { prisma } from '@/lib/core/db'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { sendReply } from '../answer/send-reply'
import { writeReply } from '../answer/write-reply'
import { closeDesk } from '../desk.fixture'
import { receive } from '../hear/receive'
import { markRead, noteRead } from './mark-read'

let world: ConnectedWorld
let system: Ctx
let accountId: string
beforeAll(async () => {
  world = await makeWorld(['whatsapp', 'telegram'])
  accountId = world.accounts.whatsapp ?? ''
  system = await systemIn(world.ctx.workspaceId)
})
afterAll(async () => {
  await world.close()
  await closeDesk()
})

const number = '4915200000001'
/** Somebody writes to the number, and it comes in. */
async function writes(text: string) {
  const { externalId: account } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
  const by = { handle: number, name: 'Mia' }
  const { id } = await ask<{ id: string }>(world.sandbox, '/speak', {
    network: 'whatsapp',
    account,
    kind: 'dm',
    by,
    text,
  })
  const item = {
    externalId: id,
    kind: 'dm',
    change: 'new',
    text,
    at: new Date().toISOString(),
    author: { externalId: number, handle: `+${number}`, displayName: 'Mia' },
    own: false,
    conversation: number,
    media: [],
    ref: { to: number },
  } as const
  must(await receive(system, { accountId, items: [item], via: 'webhook' }))
  return prisma.message.findFirstOrThrow({ where: { accountId, externalId: id } })
}
const readThere = async () => {
  const base = process.env.WHATSAPP_WEB_URL ?? ''
  return ((await (await fetch(`${base}/${number}`)).text()).match(/Read<\/span>/g) ?? []).length
}

test('who is answered by a person, or said to be done by one, sees that they were read; what programs do shows nothing', async () => {
  const asked = await writes('Do you ship to Norway?')
  const { conversationId } = asked
  const done = (by: string, at: Date) => noteRead(system, { conversationId, by, at })
  expect(must(await done('system', new Date()))).toEqual({ asked: false })
  expect(await readThere()).toBe(0)

  const { replyId } = must(await writeReply(world.ctx, { messageId: asked.id, text: 'We do' }))
  must(await sendReply(system, { replyId }))
  expect(must(await noteRead(system, { replyId }))).toEqual({ asked: true })
  must(await markRead(system, { messageId: asked.id }))
  expect(await readThere()).toBe(1)

  await prisma.reply.update({ where: { id: replyId }, data: { authorKind: 'ai' } })
  expect(must(await noteRead(system, { replyId }))).toEqual({ asked: false })

  const thanks = await writes('Thank you!')
  expect(must(await done('member', new Date(0)))).toEqual({ asked: false })
  expect(must(await done('member', new Date()))).toEqual({ asked: true })
  must(await markRead(system, { messageId: thanks.id }))
  must(await markRead(system, { messageId: thanks.id }))
  expect(await readThere()).toBe(2)
})

test('an account that tells nobody tells nobody, until it does again', async () => {
  const { conversationId } = await writes('Are you there?')
  const done = () => noteRead(system, { conversationId, by: 'member', at: new Date() })
  must(await setAccountSwitches(world.ctx, { accountId, showsRead: false }))
  expect(must(await done())).toEqual({ asked: false })
  must(await setAccountSwitches(world.ctx, { accountId, showsRead: true }))
  expect(must(await done())).toEqual({ asked: true })
})

test('where a network has no such thing, nobody is asked', async () => {
  const telegram = world.accounts.telegram ?? ''
  const item = {
    externalId: 'dm-1',
    kind: 'dm',
    change: 'new',
    text: 'Hello',
    at: new Date().toISOString(),
    author: { externalId: '7', handle: '@mia', displayName: 'Mia' },
    own: false,
    conversation: '7',
    media: [],
    ref: {},
  } as const
  must(await receive(system, { accountId: telegram, items: [item], via: 'webhook' }))
  const { conversationId } = await prisma.message.findFirstOrThrow({ where: { accountId: telegram } })
  expect(must(await noteRead(system, { conversationId, by: 'member', at: new Date() }))).toEqual({ asked: false })
})
