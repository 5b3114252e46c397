import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { addContactNote, eraseContact, getContact, mergeContacts, updateContact } from '@/lib/contacts'
import { Prisma, prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Incoming } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { cancelReply } from '../answer/decide-reply'
import { settleReply } from '../answer/settle-reply'
import { writeReply } from '../answer/write-reply'
import { closeDesk, newDesk, saidAt } from '../desk.fixture'
import { assignConversations } from '../desk/assign'
import { labelConversations } from '../desk/label'
import { setState } from '../desk/set-state'
import { receive } from '../hear/receive'

let desk: Awaited<ReturnType<typeof newDesk>>
let admin: Ctx
beforeAll(async () => {
  desk = await newDesk()
  admin = await desk.as('admin')
})
afterAll(() => closeDesk())

type Row = { readonly table: 'Contact' | 'ContactIdentity' | 'Conversation' | 'Message' | 'Reply'; readonly id: string }
type Tx = Prisma.TransactionClient

/** @returns the row when it is locked now; none where `skip locked` finds it held by another */
const lock = (tx: Tx, { table, id }: Row, how: 'for update' | 'for update skip locked') =>
  tx.$queryRaw<unknown[]>`select 1 as held from ${Prisma.raw(`"${table}"`)} where id = ${id} ${Prisma.raw(how)}`

/** Whether somebody waits for this transaction, or for one that does. */
async function isWaitedFor(pid: number, howMany = 1): Promise<boolean> {
  const [row] = await prisma.$queryRaw<{ n: number }[]>`
    with recursive waiting as (
      select a.pid from pg_stat_activity a where ${pid} = any(pg_blocking_pids(a.pid))
      union
      select a.pid from waiting w join pg_stat_activity a on w.pid = any(pg_blocking_pids(a.pid)))
    select count(*)::int as n from waiting`
  return (row?.n ?? 0) >= howMany
}

async function pidOf(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid`
  return row?.pid ?? 0
}

/** Does something while `first` is held by somebody. @returns which of these it does not hold while it waits for that */
async function freeMeanwhile(first: Row, rows: readonly Row[], act: () => Promise<unknown>): Promise<readonly Row[]> {
  const { acting, free } = await prisma.$transaction(
    async (tx) => {
      await lock(tx, first, 'for update')
      const begun = act()
      const pid = await pidOf(tx)
      await expect.poll(() => isWaitedFor(pid)).toBe(true)
      const found: Row[] = []
      for (const row of rows) if ((await lock(tx, row, 'for update skip locked')).length > 0) found.push(row)
      return { acting: { begun }, free: found }
    },
    { timeout: 90_000 },
  )
  await acting.begun
  return free
}

let second = 0
const said = (name: string, conversation: string, more: Partial<Incoming> = {}): Incoming => ({
  externalId: newId(),
  kind: 'dm',
  change: 'new',
  text: `Said by ${name}`,
  at: saidAt((second += 1) / 60),
  author: { externalId: name, handle: `@${name}`, displayName: name },
  own: false,
  conversation,
  media: [],
  ref: null,
  ...more,
})

async function heard(accountId: string, item: Incoming) {
  must(await receive(desk.system, { accountId, items: [item], via: 'webhook' }))
  const message = await prisma.message.findFirstOrThrow({ where: { accountId, externalId: item.externalId } })
  const identity = await prisma.contactIdentity.findFirst({ where: { id: message.identityId ?? '' } })
  return { ...message, contactId: identity?.contactId ?? '' }
}

test('whoever changes a person waits for each of its contacts by their ids, also for those merged into it', async () => {
  const accountId = await desk.account('facebook')
  const both = [await heard(accountId, said(newId(), newId())), await heard(accountId, said(newId(), newId()))]
  const [lower = '', higher = ''] = both.map(({ contactId }) => contactId).sort()
  must(await mergeContacts(admin, { contactId: higher, otherId: lower }))
  const root = { table: 'Contact', id: higher } as const
  const part = { table: 'Contact', id: lower } as const
  expect(
    await freeMeanwhile(part, [root], async () =>
      must(await updateContact(admin, { contactId: higher, tags: ['vip'], leadStage: 'none' })),
    ),
  ).toEqual([root])
  const third = await heard(accountId, said(newId(), newId()))
  const later = [root, { table: 'Contact', id: third.contactId }] as const
  expect(
    await freeMeanwhile(part, later, async () =>
      must(await mergeContacts(admin, { contactId: third.contactId, otherId: higher })),
    ),
  ).toEqual(later)
})

test('who is changed or noted while they are erased stays erased', async () => {
  const accountId = await desk.account('facebook')
  const { contactId, identityId } = await heard(accountId, said(newId(), newId()))
  const done = await prisma.$transaction(
    async (tx) => {
      const pid = await pidOf(tx)
      await lock(tx, { table: 'ContactIdentity', id: identityId ?? '' }, 'for update')
      const erasing = eraseContact(admin, { contactId })
      await expect.poll(() => isWaitedFor(pid)).toBe(true)
      const others = [
        updateContact(admin, { contactId, name: 'Brought back', tags: ['back'] }),
        addContactNote(admin, { contactId, text: 'They live next door' }),
      ]
      await expect.poll(() => isWaitedFor(pid, 3)).toBe(true)
      return { all: Promise.all([erasing, ...others]) }
    },
    { timeout: 90_000 },
  )
  const [erased, ...others] = await done.all
  expect(erased).toEqual({ ok: true, value: { erased: true } })
  for (const other of others) expect(other).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  expect(must(await getContact(admin, { contactId }))).toMatchObject({ name: 'Erased person', tags: [], notes: [] })
})

test('whoever changes several conversations waits for each by their ids', async () => {
  const accountId = await desk.account('facebook')
  const label = await prisma.label.create({
    data: { id: newId(), workspaceId: desk.workspace.id, name: newId(), colour: 'red' },
  })
  const [lower, higher] = [`a-${accountId}`, `b-${accountId}`]
  // The higher one stands first in the table.
  for (const id of [higher, lower])
    await prisma.conversation.create({
      data: {
        id,
        workspaceId: desk.workspace.id,
        accountId,
        platform: 'facebook',
        externalKey: id,
        kind: 'dm',
        lastMessageAt: new Date(),
      },
    })
  // Of a table known to be small the database reads all, in the order in which it stands there.
  await prisma.$executeRaw`analyze "Conversation"`
  const conversationIds = [higher, lower]
  const first = { table: 'Conversation', id: lower } as const
  const later = [{ table: 'Conversation', id: higher }] as const
  for (const act of [
    () => assignConversations(admin, { conversationIds, assigneeId: admin.actor.id }),
    () => setState(admin, { conversationIds, state: 'done' }),
    () => labelConversations(admin, { conversationIds, add: [label.id], remove: [] }),
  ])
    expect(await freeMeanwhile(first, later, async () => must(await act()))).toEqual(later)
})

test('whoever changes an answer, or takes a name to what was said, waits for the conversation before', async () => {
  const accountId = await desk.account('facebook')
  const name = newId()
  const nameless: Incoming['author'] = { externalId: name, handle: name, displayName: name, nameless: true }
  const message = await heard(accountId, said(name, newId(), { author: nameless }))
  const written = async (text: string) => must(await writeReply(admin, { messageId: message.id, text })).replyId
  const first = { table: 'Conversation', id: message.conversationId } as const
  const cancelled = [{ table: 'Reply', id: await written('Never mind') }] as const
  const cancel = async () => must(await cancelReply(admin, { replyId: cancelled[0].id }))
  expect(await freeMeanwhile(first, cancelled, cancel)).toEqual(cancelled)
  const doubtful = [{ table: 'Reply', id: await written('It was sent, perhaps') }] as const
  const replyId = doubtful[0].id
  await prisma.reply.update({ where: { id: replyId }, data: { state: 'needs_person' } })
  const settle = async () =>
    must(await settleReply(admin, { replyId, answer: 'it_is_there', url: 'https://n.test/it' }))
  expect(await freeMeanwhile(first, doubtful, settle)).toEqual(doubtful)
  const named = [{ table: 'Message', id: message.id }] as const
  expect(await freeMeanwhile(first, named, () => heard(accountId, said(name, newId())))).toEqual(named)
  expect(await prisma.message.findUniqueOrThrow({ where: { id: message.id } })).toMatchObject({
    authorHandle: `@${name}`,
  })
})
