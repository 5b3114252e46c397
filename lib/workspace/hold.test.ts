import { afterAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { hold, holdStill } from './hold'
import { newMember, newWorkspace } from './testing'
import { transact } from './transact'

afterAll(() => Promise.all([closeQueues(), closeRealtime(), prisma.$disconnect()]))

test('what is held waits for its end, and what is of another workspace is neither held nor told of', async () => {
  const [here, there] = [await newWorkspace(), await newWorkspace()]
  const mine = await newMember(here.workspaceId, 'editor')
  const ids = [mine.actor.id, here.owner.actor.id, there.owner.actor.id]
  const order: string[] = []
  let isOver = () => {}
  const untilOver = new Promise<void>((resolve) => (isOver = resolve))
  const first = transact(here.owner, async (work) => {
    expect(await hold(work, 'Member', ids)).toEqual(new Set(ids.slice(0, 2)))
    isOver()
    await prisma.member.update({ where: { id: there.owner.actor.id }, data: { role: 'admin' } })
    // The other waits for a lock by now, or will.
    await expect
      .poll(async () => {
        const [waiting] = await prisma.$queryRaw<{ n: bigint }[]>`
          select count(*) as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
        return Number(waiting?.n)
      })
      .toBe(1)
    order.push('first')
  })
  await untilOver
  const second = transact(here.owner, async (work) => {
    await holdStill(work, 'Member', ids.toReversed())
    order.push('second')
  })
  await Promise.all([first, second])
  expect(order).toEqual(['first', 'second'])
})
