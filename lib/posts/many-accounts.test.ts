import { afterAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { accountsMeant } from './import/accounts-meant'
import { exportPosts } from './import/export'
import { importPosts, previewImport } from './import/import'
import { closeAll, must, newDesk } from './desk.test-data'
import { listTargets } from './rules/targets'

afterAll(closeAll)

test('no account is left out of what can be posted to, however many there are', async () => {
  const desk = await newDesk()
  const owner = await desk.as('owner')
  const known = await prisma.account.findUniqueOrThrow({ where: { id: await desk.account('x', 'handle-0000') } })
  const { traits: _, ...row } = known
  const ids = Array.from({ length: 520 }, newId)
  await prisma.account.createMany({
    data: ids.map((id, at) => ({ ...row, id, externalId: id, handle: `handle-${String(at + 1).padStart(4, '0')}` })),
  })
  const bluesky = await desk.account('bluesky')
  const targets = must(await listTargets(owner, {}))
  expect(targets).toHaveLength(522)
  expect(targets.slice(0, 3).map(({ handle }) => handle)).toEqual(['ada-bluesky', 'handle-0000', 'handle-0001'])
  // The last of them is named beside the many that the network's name stands for.
  const last = ids.toSorted().at(-1) ?? ''
  expect(must(await accountsMeant(owner, { platforms: ['x', 'bluesky'], accountIds: [last] }))).toEqual([
    { accountId: last, platform: 'x' },
    { accountId: bluesky, platform: 'bluesky' },
  ])
})

test('a table may name the account that was connected last, and a post of it is written by name', async () => {
  const desk = await newDesk()
  const owner = await desk.as('owner')
  const { traits: _, ...row } = await prisma.account.findUniqueOrThrow({ where: { id: await desk.account() } })
  const ids = Array.from({ length: 1_001 }, newId)
  await prisma.account.createMany({
    data: ids.map((id, at) => ({ ...row, id, externalId: id, handle: `handle-${at + 1}` })),
  })
  const text = 'date,time,accounts,text\n2031-03-03,09:00,x:handle-1001,Good morning'
  const { rows } = must(await previewImport(owner, { format: 'csv', text }))
  expect(rows.map(({ state, accounts }) => [state, ...accounts.map(({ handle }) => handle)])).toEqual([
    ['ready', 'handle-1001'],
  ])
  must(await importPosts(owner, { format: 'csv', text }))
  expect(must(await exportPosts(owner, { format: 'csv' })).text).toContain('x:handle-1001')
})
