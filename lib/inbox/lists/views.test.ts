import { afterAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { closeDesk, newDesk } from '../desk.fixture'
import { conversationStates, views } from '../schema'
import { isInView } from './views'
import { countTodo, listConversations } from './queries'

afterAll(() => closeDesk())

test('a card stands in a view exactly where the list of that view has it', async () => {
  const desk = await newDesk()
  const [me, other] = [await desk.as('owner'), await desk.as('editor')]
  const accountId = await desk.account('facebook')
  const at = new Date()
  const kinds = conversationStates.flatMap((state) =>
    [me.actor.id, other.actor.id, null].flatMap((assigneeId) =>
      [79, 80].flatMap((priority) =>
        [at, null].map((then) => ({ state, assigneeId, priority, escalatedAt: then, stuckAt: then, proposedAt: then })),
      ),
    ),
  )
  await prisma.conversation.createMany({
    data: kinds.map((kind) => {
      const id = newId()
      const rest = { workspaceId: desk.workspace.id, accountId, platform: 'facebook', externalKey: id, kind: 'dm' }
      return { id, ...rest, lastMessageAt: at, ...kind }
    }),
  })
  const listed = async (view: (typeof views)[number]) => must(await listConversations(me, { view, take: 100 })).items
  const all = await listed('all')
  expect(all).toHaveLength(kinds.length)
  for (const view of views) {
    const ids = (await listed(view)).map(({ id }) => id)
    const expected = all.filter((card) => isInView(view, card, me.actor.id)).map(({ id }) => id)
    expect([view, ids]).toEqual([view, expected])
    expect(ids.length).toBeGreaterThan(0)
  }
})

test('what is to do is counted by itself, to 100, and only here', async () => {
  const [desk, elsewhere] = [await newDesk(), await newDesk()]
  const me = await desk.as('owner')
  const begin = async (at: typeof desk, state: 'todo' | 'done', count: number) => {
    const rest = { workspaceId: at.workspace.id, accountId: await at.account('facebook'), platform: 'facebook' }
    await prisma.conversation.createMany({
      data: Array.from({ length: count }, () => {
        const id = newId()
        return { id, ...rest, externalKey: id, kind: 'dm', state, lastMessageAt: new Date() }
      }),
    })
  }
  await begin(desk, 'todo', 2)
  await begin(desk, 'done', 3)
  await begin(elsewhere, 'todo', 4)
  expect(must(await countTodo(me, {}))).toEqual({ todo: 2 })
  await begin(desk, 'todo', 120)
  expect(must(await countTodo(me, {}))).toEqual({ todo: 100 })
})
