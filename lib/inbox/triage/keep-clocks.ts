import { day, now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import {
  outlook,
  paused,
  policiesInForce,
  policyFor,
  resumed,
  runMs,
  startedClock,
  type Clock,
  type PolicyInForce,
} from '@/lib/routing'
import { clockKinds, type ClockKind } from '@/lib/routing/schema'
import { here, type Ctx, type Work } from '@/lib/workspace'
import { wantsAnswer } from './sum-up'

/**
 * Brings the clocks of conversations to where the conversations are: starts what is owed, rests and lets run on what
 * waits, stops what is done. It may be repeated; the conversations must be locked. A first-reply clock runs whenever
 * somebody waits for an answer of a person, a resolution clock from the first word until it is done.
 */
export async function keepClocks(
  { workspaceId }: Pick<Ctx, 'workspaceId'>,
  work: Work,
  conversationIds: readonly string[],
): Promise<void> {
  const policies = await policiesInForce(work)
  // Clocks go with the last promise, so where none is there is nothing to stop either.
  if (policies.length === 0) return
  for (const conversationId of conversationIds) {
    const row = await rowOf(work, conversationId)
    const policy = policyFor(policies, row)
    for (const kind of clockKinds) await keepOne(workspaceId, work, row, kind, policy)
  }
}

type Row = Awaited<ReturnType<typeof rowOf>>
async function rowOf({ db, sql }: Work, id: string) {
  const row = await db.conversation.findUniqueOrThrow({
    where: { id },
    select: {
      id: true,
      accountId: true,
      kind: true,
      priority: true,
      state: true,
      settledAt: true,
      lastInboundAt: true,
      account: { select: { createdAt: true } },
      clocks: { orderBy: { startedAt: 'asc' } },
    },
  })
  // What a program answered is no answer of ours yet: the promise is that of people.
  const [last] = await sql<{ at: Date | null }>`
    select max(m.at) as at from "Message" m
    where m."conversationId" = ${id} and m.own and m."deletedAt" is null and m."workspaceId" = ${here} and not exists (
      select 1 from "Reply" p where p."conversationId" = m."conversationId" and p."authorKind" in ('ai', 'system')
        and (p."externalId" = m."externalId" or (p.state in ('sending', 'unknown', 'reconciling') and p.text = m.text))
        and p."workspaceId" = ${here})`
  const answeredAt = last?.at ?? null
  const { lastInboundAt } = row
  return { ...row, answeredAt, isOwed: lastInboundAt !== null && (answeredAt === null || answeredAt < lastInboundAt) }
}

const minutesOf = (policy: PolicyInForce | undefined, kind: ClockKind): number | null =>
  (kind === 'first_reply' ? policy?.firstReplyMinutes : policy?.resolutionMinutes) ?? null

async function keepOne(workspaceId: string, work: Work, row: Row, kind: ClockKind, policy: PolicyInForce | undefined) {
  const mine = row.clocks.filter((clock) => clock.kind === kind)
  const open = mine.find(({ stoppedAt }) => stoppedAt === null)
  const minutes = minutesOf(policy, kind)
  const owed = row.state !== 'done' && row.lastInboundAt !== null && (kind === 'resolution' || row.isOwed)
  if (!policy || minutes === null) {
    // What is promised no more is neither kept nor broken.
    if (open) await work.db.slaClock.deleteMany({ where: { id: open.id } })
    return
  }
  const promised = { ...policy, minutes }
  if (open && !owed) return stop(work, row, open, promised)
  if (!owed) return
  const stopped = mine.flatMap(({ stoppedAt }) => (stoppedAt ? [stoppedAt] : []))
  const from = Math.max(
    ...stopped.map((at) => at.getTime()),
    kind === 'first_reply' ? (row.answeredAt?.getTime() ?? 0) : 0,
    policy.createdAt.getTime(),
    row.account.createdAt.getTime() - day,
  )
  const first = await work.db.message.findFirst({
    where: {
      conversationId: row.id,
      own: false,
      deletedAt: null,
      kind: { in: [...wantsAnswer] },
      at: { gt: new Date(from) },
    },
    orderBy: { at: 'asc' },
    select: { at: true },
  })
  const rests = (row.state === 'waiting' && policy.pauseWaiting) || (row.state === 'snoozed' && policy.pauseSnoozed)
  if (!open) {
    // Without news a person opened it again: it runs from then.
    const since = first?.at ?? (stopped.length > 0 ? row.settledAt : null)
    if (!since) return
    const clock = startedClock(since)
    await work.db.slaClock.create({
      data: {
        id: newId(),
        workspaceId,
        conversationId: row.id,
        policyId: policy.id,
        kind,
        startedAt: since,
        minutes,
        ...columnsOf(rests ? paused(clock, promised, now()) : clock, promised),
      },
      select: { id: true },
    })
    return
  }
  // Words that come late but were said earlier: somebody has waited since then.
  const neverRested = open.spentMs === 0 && open.resumedAt?.getTime() === open.startedAt.getTime()
  const startedAt = neverRested && first && first.at < open.startedAt ? first.at : open.startedAt
  const clock = { ...open, resumedAt: neverRested ? startedAt : open.resumedAt }
  await work.db.slaClock.update({
    where: { id: open.id },
    data: {
      policyId: policy.id,
      minutes,
      startedAt,
      ...columnsOf(rests ? paused(clock, promised, now()) : resumed(clock, now()), promised),
    },
    select: { id: true },
  })
}

type Promised = PolicyInForce & { readonly minutes: number }

const columnsOf = (clock: Clock, promised: Promised) => ({
  spentMs: clock.spentMs,
  resumedAt: clock.resumedAt,
  ...outlook(clock, promised),
})

/** Ends a clock at the answer, or when it was done. What ended late is broken, whoever noticed first. */
async function stop({ db, record }: Work, row: Row, clock: Row['clocks'][number], promised: Promised): Promise<void> {
  const answered = !row.isOwed && row.answeredAt && row.answeredAt > clock.startedAt
  const at =
    (clock.kind === 'first_reply' && answered ? row.answeredAt : row.state === 'done' ? row.settledAt : null) ?? now()
  const isLate = runMs(clock, promised, at) > clock.minutes * 60_000
  const breachedAt = clock.breachedAt ?? (isLate ? (clock.dueAt ?? at) : null)
  await db.slaClock.update({
    where: { id: clock.id },
    data: { stoppedAt: at, nextAt: null, breachedAt },
    select: { id: true },
  })
  if (breachedAt && !clock.breachedAt)
    record({
      type: 'conversation.breached',
      subject: { type: 'conversation', id: row.id },
      particulars: { clockId: clock.id, kind: clock.kind, dueAt: breachedAt },
    })
}
