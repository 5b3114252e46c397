import { afterAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { newWorkspace } from './testing'
import { here, transact } from '.'
import { transactUnscoped } from './transact'

afterAll(async () => {
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

test('two changes that wait for each other are both done, each once, and counted once', async () => {
  const { owner } = await newWorkspace()
  const { workspaceId } = owner
  const [a, b] = await Promise.all(
    ['a', 'b'].map((id) => prisma.project.create({ data: { id: `${workspaceId}-${id}`, workspaceId, name: id } })),
  )
  if (!a || !b) throw new Error('no projects')
  const both = Promise.withResolvers<void>()
  let begun = 0
  const counted: string[] = []
  const write = (first: string, second: string, mark: string) =>
    transact(owner, async ({ sql, record, onceHeld }) => {
      onceHeld(() => counted.push(mark))
      await sql`update "Project" p set name = p.name || ${mark} where p.id = ${first} and p."workspaceId" = ${here}`
      if (++begun >= 2) both.resolve()
      await both.promise
      await sql`update "Project" p set name = p.name || ${mark} where p.id = ${second} and p."workspaceId" = ${here}`
      record({ type: 'project.renamed', subject: { type: 'project', id: first }, particulars: { mark } })
    })
  await Promise.all([write(a.id, b.id, 'x'), write(b.id, a.id, 'y')])
  // One of them at least was ended and began again.
  expect(begun).toBeGreaterThan(2)
  expect(counted.toSorted()).toEqual(['x', 'y'])
  const rows = await prisma.project.findMany({ where: { workspaceId }, orderBy: { id: 'asc' }, select: { name: true } })
  expect(rows.map(({ name }) => [...name].toSorted().join(''))).toEqual(['axy', 'bxy'])
  const told = await prisma.event.findMany({ where: { workspaceId, type: 'project.renamed' } })
  expect(told.map(({ particulars }) => JSON.stringify(particulars)).toSorted()).toEqual([
    '{"mark":"x"}',
    '{"mark":"y"}',
  ])
})

test('so are two changes over the whole database', async () => {
  const { workspaceId } = (await newWorkspace()).owner
  const [a, b] = ['c', 'd'].map((id) => `${workspaceId}-${id}`)
  if (!a || !b) throw new Error('no ids')
  await prisma.project.createMany({ data: [a, b].map((id) => ({ id, workspaceId, name: id })) })
  const both = Promise.withResolvers<void>()
  let begun = 0
  const archive = (first: string, second: string) =>
    transactUnscoped(async ({ db, record }) => {
      await db.project.update({ where: { id: first }, data: { archivedAt: new Date() } })
      if (++begun >= 2) both.resolve()
      await both.promise
      await db.project.update({ where: { id: second }, data: { archivedAt: new Date() } })
      record(
        workspaceId,
        { kind: 'system', id: 'test' },
        { type: 'project.archived', subject: { type: 'project', id: first } },
      )
    })
  await Promise.all([archive(a, b), archive(b, a)])
  expect(begun).toBeGreaterThan(2)
  expect(await prisma.event.count({ where: { workspaceId, type: 'project.archived' } })).toBe(2)
})
