import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import type { Incoming } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { closeDesk, newDesk, saidAt } from '../desk.fixture'
import { receive } from '../hear/receive'
import { listMessages } from './messages'

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
beforeAll(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
})
afterAll(() => closeDesk())

const item = (externalId: string, minute: number, more: Partial<Incoming> = {}): Incoming => ({
  externalId,
  kind: 'comment',
  change: 'new',
  text: `Words of ${externalId}`,
  at: saidAt(minute),
  author: { externalId: 'u-rosa', handle: '@rosa', displayName: 'Rosa' },
  own: false,
  conversation: 'post',
  post: 'post',
  parent: 'post',
  media: [],
  ref: {},
  ...more,
})
const tom = { externalId: 'u-tom', handle: '@tom', displayName: 'Tom' }

test('an answer says what it answers, also when that is on an earlier page, has no words or was taken away', async () => {
  const accountId = await desk.account()
  const items = [
    item('first', 1),
    item('picture', 2, { text: '', media: [{ kind: 'image', url: 'https://n.test/p.png' }] }),
    item('ours', 3, { own: true, parent: 'first' }),
    item('gone', 4),
    item('a', 5, { author: tom, parent: 'first' }),
    item('b', 6, { author: tom, parent: 'picture' }),
    item('c', 7, { author: tom, parent: 'ours' }),
    item('d', 8, { author: tom, parent: 'gone' }),
  ]
  must(await receive(desk.system, { accountId, items, via: 'webhook' }))
  must(await receive(desk.system, { accountId, items: [item('gone', 9, { change: 'deleted' })], via: 'webhook' }))
  const { id: conversationId } = await prisma.conversation.findFirstOrThrow({ where: { accountId } })
  const idOf = async (externalId: string) =>
    (await prisma.message.findFirstOrThrow({ where: { accountId, externalId } })).id
  const page = must(await listMessages(owner, { conversationId, take: 4 }))
  expect(page.items.map(({ answers }) => answers)).toEqual([
    { id: await idOf('first'), own: false, author: 'Rosa', text: 'Words of first' },
    { id: await idOf('picture'), own: false, author: 'Rosa', text: 'Picture' },
    { id: await idOf('ours'), own: true, author: 'Rosa', text: 'Words of ours' },
    { id: await idOf('gone'), own: false, author: 'Rosa', text: '' },
  ])
  // What stands under the post itself answers nothing that is here.
  const before = must(await listMessages(owner, { conversationId, before: page.next ?? '' }))
  expect(before.items.map(({ answers }) => answers?.text ?? null)).toEqual([null, null, 'Words of first', null])
})

test('what stands in another conversation is not quoted', async () => {
  const accountId = await desk.account()
  const elsewhere = item('e1', 1, { conversation: 'elsewhere', text: 'Not for here' })
  must(await receive(desk.system, { accountId, items: [elsewhere, item('e2', 2, { parent: 'e1' })], via: 'webhook' }))
  const { id: conversationId } = await prisma.conversation.findFirstOrThrow({
    where: { accountId, externalKey: 'post' },
  })
  expect(must(await listMessages(owner, { conversationId })).items).toMatchObject([{ answers: null }])
})
