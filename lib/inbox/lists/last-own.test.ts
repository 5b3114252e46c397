import { afterAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { closeDesk, hears, newDesk, saidAt } from '../desk.fixture'
import { listConversations } from './queries'

afterAll(() => closeDesk())

test('a card tells that its last words are ours, and only while nothing of theirs came after them', async () => {
  const desk = await newDesk()
  const [me, accountId] = [await desk.as('owner'), await desk.account('facebook')]
  const isOurs = async () => must(await listConversations(me, { view: 'all' })).items.map((card) => card.lastIsOwn)
  const says = (text: string, minute: number, more: object = {}) =>
    hears(desk, accountId, 'Bea', text, { at: saidAt(minute), ...more })

  await says('Where is it?', 1)
  expect(await isOurs()).toEqual([false])
  const ours = await says('On its way.', 2, { own: true })
  expect(await isOurs()).toEqual([true])
  await says('', 3, { kind: 'reaction', reaction: '👍', parent: ours.externalId })
  expect(await isOurs()).toEqual([false])
  await says('It is at your door.', 4, { own: true })
  expect(await isOurs()).toEqual([true])
  await says('It is not!', 5)
  expect(await isOurs()).toEqual([false])
})

test('of two in one second theirs is never called ours', async () => {
  const desk = await newDesk()
  const [me, accountId] = [await desk.as('owner'), await desk.account('facebook')]
  const at = saidAt(1)
  await hears(desk, accountId, 'Bea', 'Where is it?', { at, externalId: '2' })
  await hears(desk, accountId, 'Ada', 'We are open.', { at, externalId: '1', own: true })
  const [card] = must(await listConversations(me, { view: 'all' })).items
  expect(card).toMatchObject({ excerpt: 'Where is it?', lastIsOwn: false })
})
