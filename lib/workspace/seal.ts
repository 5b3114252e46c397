import { hour, inMs, now } from '@/lib/core/clock'
import { prisma, type Prisma } from '@/lib/core/db'
import { ok } from '@/lib/core/result'
import { link, root } from './chain'
import { sealEventsJob } from './jobs'
import { operation } from './operation'

const atOnce = 1_000
/**
 * Ids are given before the commit, so an event may appear after later ones were sealed. It then takes the next place.
 * No transaction lasts nearly as long as this, so there is no need to look further back: what is dated before that and in no
 * seal was put in behind, and verify-audit.ts says so.
 */
export const stragglersMs = hour

/**
 * Adds the events that are not sealed yet to the workspace's hash chain, in the order of their ids.
 * One at a time for each workspace; a second caller waits and finds nothing left.
 */
export const sealEvents = operation({
  can: 'audit.seal',
  input: sealEventsJob.payload,
  async run({ workspaceId }) {
    let sealed = 0
    for (;;) {
      const batch = await prisma.$transaction((db) => sealBatch(db, workspaceId), { timeout: 60_000, maxWait: 30_000 })
      sealed += batch
      if (batch < atOnce) return ok({ sealed })
    }
  },
})

async function sealBatch(db: Prisma.TransactionClient, workspaceId: string): Promise<number> {
  await db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`posthorn seal ${workspaceId}`}, 0))`
  const last = await db.eventSeal.findFirst({ where: { workspaceId }, orderBy: { seq: 'desc' } })
  const lastAt = last && (await db.event.findUnique({ where: { id: last.eventId }, select: { at: true } }))?.at
  // A clock that was ahead and was put right dates what happens from then on before what is sealed: all of that is looked for.
  const from = lastAt && lastAt <= now() ? inMs(-stragglersMs, lastAt) : new Date(0)
  const unsealed = await db.$queryRaw<{ id: string }[]>`
    select e.id from "Event" e
    where e."workspaceId" = ${workspaceId} and e.at >= ${from}
      and not exists (select 1 from "EventSeal" s where s."eventId" = e.id)
    order by e.id limit ${atOnce}`
  if (unsealed.length === 0) return 0
  const events = await db.event.findMany({
    where: { id: { in: unsealed.map(({ id }) => id) } },
    orderBy: { id: 'asc' },
  })
  let seq = last?.seq ?? 0
  let previousHash = last?.hash ?? root(workspaceId)
  const seals = events.map((event) => {
    seq += 1
    const seal = { workspaceId, seq, eventId: event.id, previousHash, hash: link(previousHash, seq, event) }
    previousHash = seal.hash
    return seal
  })
  await db.eventSeal.createMany({ data: seals })
  return seals.length
}
