import { afterAll, beforeAll, expect, test } from 'vitest'
import { useAccount, type UsableAccount } from '@/lib/accounts'
import { makeWorld, must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { counted } from '@/lib/core/metrics.fixture'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { ok } from '@/lib/core/result'
import type { MediaFile } from '@/lib/platforms'
import { systemIn } from '@/lib/workspace/testing'
import type { Ctx } from '@/lib/workspace'
import { bring } from './bring'
import { callOnce } from './call'

let system: Ctx
let account: UsableAccount
let close: () => Promise<void>

beforeAll(async () => {
  const world = await makeWorld(['x'])
  close = world.close
  const { workspaceId } = world.ctx
  system = await systemIn(workspaceId)
  // A circuit that failed once, and of which nothing can be written: the database refuses.
  await prisma.circuit.create({
    data: {
      id: newId(),
      workspaceId,
      accountId: world.accounts.x,
      lane: 'publishing',
      failures: 1,
      changedAt: new Date(0),
    },
  })
  await prisma.$executeRaw`
    create function refuse_circuit() returns trigger language plpgsql as $$ begin raise 'the disk is full'; end $$`
  await prisma.$executeRaw`
    create trigger refuse_circuit before delete on "Circuit" for each row execute function refuse_circuit()`
  account = must(await useAccount(system, { accountId: world.accounts.x, lane: 'publishing' }))
})
afterAll(async () => {
  await prisma.$executeRaw`drop function refuse_circuit cascade`
  await close()
  await Promise.all([closeQueues(), closeRealtime(), prisma.$disconnect()])
})

const unnoted = () => counted('posthorn_network_calls_unnoted_total', { network: 'x', lane: 'publishing' })

test('a network’s yes reaches whoever records it though its circuit cannot be told, which is counted', async () => {
  const before = await unnoted()
  const published = { externalId: '1', url: 'https://x.com/i/web/status/1', ref: null }
  expect(await callOnce(system, account, 'publish', newId(), async () => ok(published))).toEqual(ok(published))
  expect((await unnoted()) - before).toBe(1)
})

test('so does its yes to a file', async () => {
  const file: MediaFile = {
    id: newId(),
    kind: 'image',
    mime: 'image/png',
    sizeBytes: 1,
    alt: '',
    open: () => new Blob(['x']).stream(),
  }
  const kept: unknown[] = []
  const brought = await bring(system, account, {
    mediaIds: [file.id],
    uploads: {},
    file: async () => file,
    upload: async () => ok({ ref: 'at the network', ready: true }),
    keep: async ({ outcome }) => void kept.push(outcome),
  })
  expect([brought.what, kept]).toEqual(['ready', ['accepted']])
})
