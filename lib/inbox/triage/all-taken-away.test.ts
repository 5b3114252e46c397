import { afterAll, beforeEach, expect, test } from 'vitest'
import { eraseContact } from '@/lib/contacts'
import type { Incoming } from '@/lib/platforms'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { closeDesk, newDesk, saidAt } from '../desk.fixture'
import { receive } from '../hear/receive'
import { listConversations } from '../lists/queries'

afterAll(() => closeDesk())

let desk: Awaited<ReturnType<typeof newDesk>>
let accountId: string
beforeEach(async () => {
  desk = await newDesk()
  accountId = await desk.account('facebook')
})

const by = (name: string) => ({ externalId: name, handle: `@${name}`, displayName: name })
const item = (name: string, minutes: number, more: Partial<Incoming> = {}): Incoming => ({
  externalId: `${name}-${minutes}`,
  kind: 'comment',
  change: 'new',
  text: `Words of ${name}`,
  at: saidAt(minutes),
  author: by(name),
  own: false,
  conversation: 'thread',
  media: [],
  ref: null,
  ...more,
})
const hear = async (...items: readonly Incoming[]) =>
  void must(await receive(desk.system, { accountId, items: [...items], via: 'webhook' }))
const takeAway = (said: Incoming) => hear({ ...said, change: 'deleted', text: '', at: saidAt(30) })
const shown = async () => {
  const [card] = must(await listConversations(await desk.as('owner'), { view: 'all' })).items
  return [card?.contact?.name, card?.state, card?.excerpt]
}

test('who takes away all they said keeps their name in the list, whichever report comes first', async () => {
  const [dora, ben] = [item('dora', 1), item('ben', 2)]
  await hear(dora, ben)
  expect(await shown()).toEqual(['dora', 'todo', 'Words of ben'])
  await takeAway(dora)
  expect(await shown()).toEqual(['ben', 'todo', 'Words of ben'])
  await takeAway(ben)
  expect(await shown()).toEqual(['ben', 'done', ''])

  desk = await newDesk()
  accountId = await desk.account('facebook')
  await hear(dora, ben)
  await takeAway(ben)
  await takeAway(dora)
  expect(await shown()).toEqual(['ben', 'done', ''])
})

test('of somebody who was erased it says nothing, though what they said was taken away before', async () => {
  const dora = item('dora', 1)
  await hear(dora)
  await takeAway(dora)
  const { contactId } = await prisma.conversation.findFirstOrThrow({ where: { accountId } })
  must(await eraseContact(await desk.as('owner'), { contactId: contactId ?? '' }))
  await hear({ ...item('us', 3), own: true })
  const [name] = await shown()
  expect(name ?? '').not.toContain('dora')
})
