import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { eraseContact } from '@/lib/contacts'
import { inMs, minute } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { forgetIncoming, keepErasedNames, transact, unforgotten } from '@/lib/workspace'
import { findEverywhere } from '@/lib/workspace/system'
import { closeDesk, hears, newDesk } from '../desk.fixture'

let desk: Awaited<ReturnType<typeof newDesk>>
let accountId = ''
beforeAll(async () => {
  desk = await newDesk()
  accountId = await desk.account('facebook')
})
afterAll(() => closeDesk())

/** A report that was handled, with what it says of somebody or something. */
async function reported(event: object): Promise<string> {
  const account = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
  const { id } = await prisma.incomingEvent.create({
    data: {
      id: newId(),
      platform: 'facebook',
      externalId: newId(),
      type: 'feed',
      accountExternalId: account.externalId,
      raw: { event },
      handledAt: new Date(),
    },
  })
  return id
}
const isBlank = async (id: string) =>
  JSON.stringify((await prisma.incomingEvent.findUniqueOrThrow({ where: { id } })).raw) === '{"event":null}'

test('of what networks reported that goes which names who is erased, or something they said, and nothing else', async () => {
  const { id: ofAnother } = await hears(desk, accountId, 'Tom', 'Hello')
  await hears(desk, accountId, 'Rosa', 'My address is 12 High Street', { externalId: 'page-1_post-2_comment-77' })
  const { contactId } = await prisma.contactIdentity.findFirstOrThrow({
    where: { workspaceId: desk.workspace.id, externalId: 'u-Rosa' },
  })
  const theirs = [
    await reported({ from: { id: 'u-Rosa' }, message: 'My address is 12 High Street' }),
    await reported({ verb: 'remove', comment_id: 'page-1_post-2_comment-77' }),
    await reported({ thread: 'dm:u-Rosa/2' }),
  ]
  const others = [
    await reported({ from: { id: 'u-Rosamund' } }),
    await reported({ from: { id: 'u-Tom' }, message: 'Rosa is away', about: ofAnother }),
  ]
  must(await eraseContact(await desk.as('owner'), { contactId }))
  expect(await Promise.all(theirs.map(isBlank))).toEqual([true, true, true])
  expect(await Promise.all(others.map(isBlank))).toEqual([false, false])
  expect(await prisma.erasedNames.count({ where: { workspaceId: desk.workspace.id } })).toBe(0)
})

test('what networks reported of somebody erased goes also where whoever began it died before', async () => {
  const { workspace, system } = desk
  const report = await reported({ from: { id: 'u-Ben' } })
  const names = ['u-Ben', ...Array.from({ length: 12_000 }, (_, n) => `said-${n}`)]
  const ids = await transact(system, (work) => keepErasedNames(work, system, names))
  const found = async (at: Date) =>
    (await findEverywhere(unforgotten, at, 1_000)).filter(({ workspaceId }) => workspaceId === workspace.id)
  expect(await found(new Date())).toEqual([])
  const late = await found(inMs(10 * minute))
  expect(late.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
  for (const { id } of late) must(await forgetIncoming(system, { erasedNamesId: id }))
  expect(await isBlank(report)).toBe(true)
  expect(await found(inMs(10 * minute))).toEqual([])
})
