import { inMs, now } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { link, root } from './chain'
import { commitmentIn, commitmentTo } from './excerpts'
import { stragglersMs } from './seal'

export type Verdict =
  | {
      readonly intact: true
      readonly sealed: number
      readonly unsealed: number
      /** Excerpts that are there, each as it was committed to. Those that were erased are no fault. */
      readonly excerpts: number
      /** Keep it elsewhere: it stands for all before it. */ readonly head: string
    }
  | {
      readonly intact: false
      /** Null where the chain holds, and the excerpt of an event does not. */ readonly seq: number | null
      readonly why: string
    }

const atOnce = 2_000

/**
 * Recomputes the hash chain of a workspace from its first event, and the commitments of its events to their excerpts.
 * Finds what was changed, removed, put between or put in behind; whoever can rewrite the whole chain is found out only by a
 * head noted elsewhere.
 */
export async function verifyAudit(workspaceId: string): Promise<Verdict> {
  let expected = 1
  let head = root(workspaceId)
  for (;;) {
    const seals = await prisma.eventSeal.findMany({
      where: { workspaceId, seq: { gte: expected } },
      orderBy: { seq: 'asc' },
      take: atOnce,
    })
    const events = await prisma.event.findMany({ where: { id: { in: seals.map(({ eventId }) => eventId) } } })
    const byId = new Map(events.map((event) => [event.id, event]))
    for (const seal of seals) {
      const event = byId.get(seal.eventId)
      const broken = (why: string): Verdict => ({ intact: false, seq: expected, why })
      if (seal.seq !== expected) return broken(`the seal ${expected} is missing`)
      if (!event) return broken(`the event ${seal.eventId} is missing`)
      if (seal.previousHash !== head) return broken('the seal does not follow the one before it')
      if (seal.hash !== link(head, seal.seq, event))
        return broken(`the event ${event.id} was changed after it was sealed`)
      head = seal.hash
      expected += 1
    }
    if (seals.length < atOnce) break
  }
  const sealed = expected - 1
  const all = await prisma.event.count({ where: { workspaceId } })
  const behind = await putInBehind(workspaceId)
  if (behind)
    return {
      intact: false,
      seq: null,
      why: `the event ${behind.id} is dated ${behind.at.toISOString()}, and was put in after what came later was sealed`,
    }
  const excerpts = await verifyExcerpts(workspaceId)
  if (excerpts.altered)
    return { intact: false, seq: null, why: `the excerpt of the event ${excerpts.altered} was altered` }
  return { intact: true, sealed, unsealed: all - sealed, excerpts: excerpts.kept, head }
}

/**
 * An event that is in no seal, and dated so long before the last that is sealed that it was not there when its turn was: what
 * is sealed begins at each time where seal.ts looks for stragglers.
 */
async function putInBehind(workspaceId: string): Promise<{ readonly id: string; readonly at: Date } | undefined> {
  const last = await prisma.eventSeal.findFirst({ where: { workspaceId }, orderBy: { seq: 'desc' } })
  const lastAt = last && (await prisma.event.findUnique({ where: { id: last.eventId }, select: { at: true } }))?.at
  // While it is ahead of the clock the next sealing looks at all.
  if (!lastAt || lastAt > now()) return undefined
  const [found] = await prisma.$queryRaw<{ id: string; at: Date }[]>`
    select e.id, e.at from "Event" e
    where e."workspaceId" = ${workspaceId} and e.at < ${inMs(-stragglersMs, lastAt)}
      and not exists (select 1 from "EventSeal" s where s."eventId" = e.id)
    order by e.at, e.id limit 1`
  return found
}

/** Every excerpt that is still there, against what its event holds of it. Stops at the first that is another. */
async function verifyExcerpts(workspaceId: string): Promise<{ readonly kept: number; readonly altered?: string }> {
  let kept = 0
  let after = ''
  for (;;) {
    const rows = await prisma.eventExcerpt.findMany({
      where: { workspaceId, eventId: { gt: after } },
      orderBy: { eventId: 'asc' },
      take: atOnce,
      select: { eventId: true, salt: true, text: true, event: { select: { particulars: true } } },
    })
    const altered = rows.find((row) => commitmentIn(row.event.particulars) !== commitmentTo(row))
    if (altered) return { kept, altered: altered.eventId }
    kept += rows.length
    after = rows.at(-1)?.eventId ?? after
    if (rows.length < atOnce) return { kept }
  }
}

/** Every workspace, for the command that verifies them all. */
export const everyWorkspace = (): Promise<readonly { id: string; slug: string }[]> =>
  prisma.workspace.findMany({ select: { id: true, slug: true }, orderBy: { slug: 'asc' } })
