import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import type { Incoming } from '@/lib/platforms'
import { closeDesk, newDesk, saidAt } from '../desk.fixture'
import { receive } from './receive'

let desk: Awaited<ReturnType<typeof newDesk>>
beforeAll(async () => {
  desk = await newDesk()
})
afterAll(() => closeDesk())

const listed = (externalId: string, minute: number, who: string, parent: string): Incoming => ({
  externalId,
  kind: 'comment',
  change: 'new',
  text: `Number ${externalId}`,
  at: saidAt(minute),
  author: { externalId: `urn:li:person:${who}`, handle: who, displayName: who },
  own: who === 'us',
  conversation: 'post',
  post: 'post',
  parent,
  media: [],
  ref: { on: 'post', under: parent === 'post' ? externalId : parent },
})
/** The same, as a network tells of it that does not say what it answers. */
function told(item: Incoming): Incoming {
  const { parent: _notSaid, ...rest } = item
  return { ...rest, ref: { on: 'post', under: item.externalId }, unplaced: true }
}

const inOrders = (one: Incoming) => [
  { order: 'told of first', reports: [told(one), one] },
  { order: 'listed first', reports: [one, told(one)] },
  // Edited, or stamped a little later than the comment itself.
  { order: 'told of later', reports: [one, { ...told(one), at: saidAt(30) }] },
]

test.each(inOrders(listed('102', 20, 'us', '100')))(
  'an answer given in the network’s own app counts for whom it answers, and for nobody else: $order',
  async ({ reports }) => {
    const accountId = await desk.account('linkedin')
    const take = async (items: readonly Incoming[]) =>
      must(await receive(desk.system, { accountId, items: [...items], via: 'poll' }))
    await take([listed('100', 1, 'anna', 'post'), listed('101', 2, 'ben', 'post')])
    for (const report of reports) await take([report])
    const rows = await prisma.message.findMany({ where: { accountId }, orderBy: { externalId: 'asc' } })
    expect(
      rows.map(({ externalId, parentExternalId, answeredAt }) => [externalId, parentExternalId, answeredAt !== null]),
    ).toEqual([
      ['100', 'post', true],
      ['101', 'post', false],
      ['102', '100', false],
    ])
  },
)

test.each(inOrders(listed('103', 20, 'anna', '100')))(
  'what answers an answer is answered where its thread is: $order',
  async ({ reports }) => {
    const accountId = await desk.account('linkedin')
    for (const report of reports) must(await receive(desk.system, { accountId, items: [report], via: 'poll' }))
    const [row] = await prisma.message.findMany({ where: { accountId } })
    expect(row).toMatchObject({ parentExternalId: '100', ref: { ref: { on: 'post', under: '100' } } })
  },
)
