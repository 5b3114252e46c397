import { clocksDifferMs, day, inMs, now } from '@/lib/core/clock'
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
import type { Ctx, Work } from '@/lib/workspace'
import { wantsAnswer } from './triage-schema'

/** Of how many ended clocks it is asked whether they ended in vain: who waits is among the latest. */
const mostLooked = 5

/**
 * Brings the clocks of conversations to where the conversations are: starts what is owed, rests and lets run on what
 * waits, stops what is done. It may be repeated; the conversations must be locked. A first-reply clock runs whenever
 * somebody waits for an answer of a person, a resolution clock from the first word until it is done. What was promised
 * stays promised, whatever a conversation weighs later: a running clock keeps its promise while that is in force, and
 * goes over to another only where that fits now and gives less time.
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
    const fitting = policyFor(policies, row)
    for (const kind of clockKinds) await keepOne(workspaceId, work, row, kind, { policies, fitting })
  }
}

type Row = Awaited<ReturnType<typeof rowOf>>
type ClockRow = Row['clocks'][number]
async function rowOf({ db }: Work, id: string) {
  const row = await db.conversation.findUniqueOrThrow({
    where: { id },
    select: {
      id: true,
      accountId: true,
      kind: true,
      priority: true,
      state: true,
      settledAt: true,
      resolvedAt: true,
      lastInboundAt: true,
      account: { select: { createdAt: true } },
      clocks: { orderBy: { startedAt: 'asc' } },
    },
  })
  const owed = await db.message.findFirst({
    where: { ...asked(id), answeredByPersonAt: null, ...cameAfter(row.resolvedAt) },
    select: { id: true },
  })
  return { ...row, isOwed: owed !== null }
}

/** What is said in a conversation and wants an answer. */
const asked = (conversationId: string) => ({
  conversationId,
  own: false,
  deletedAt: null,
  kind: { in: [...wantsAnswer] },
})

/**
 * As sum-up.ts says when it came: said then, or said before and not known here, or in vain believed to be answered, or not
 * yet edited to want something new, until then.
 */
const cameAfter = (at: Date | null) =>
  at
    ? {
        OR: [
          { at: { gt: at }, receivedAt: { gt: inMs(-clocksDifferMs, at) } },
          { receivedAt: { gt: at } },
          { failedAt: { gt: at } },
          { needSeenAt: { gt: at } },
        ],
      }
    : {}

const columns = { at: true, needAt: true, answeredByPersonAt: true, failedAt: true } as const

/** What was asked first since a moment, or from then until another; what was edited to want something new, also by when it was. */
async function firstOf({ db }: Work, conversationId: string, between: { readonly gte: Date; readonly lte?: Date }) {
  const where = asked(conversationId)
  const said = await db.message.findFirst({
    where: { ...where, at: between },
    orderBy: { at: 'asc' },
    select: columns,
  })
  const edited = await db.message.findFirst({
    where: { ...where, needAt: between },
    orderBy: { needAt: 'asc' },
    select: columns,
  })
  return edited?.needAt && (!said || edited.needAt < said.at) ? edited : said
}

type Promised = PolicyInForce & { readonly minutes: number }
type Promises = { readonly policies: readonly PolicyInForce[]; readonly fitting: PolicyInForce | undefined }

/** What a policy promises of a kind, if it does. */
export function promisedBy(policy: PolicyInForce | undefined, kind: ClockKind): Promised | undefined {
  const minutes = kind === 'first_reply' ? policy?.firstReplyMinutes : policy?.resolutionMinutes
  return policy && typeof minutes === 'number' ? { ...policy, minutes } : undefined
}

/** Which of what a running clock is held to and what fits now it goes on by. */
const sooner = (own: Promised, fitting: Promised | undefined, { breachedAt }: ClockRow): Promised =>
  fitting && breachedAt === null && fitting.minutes < own.minutes ? fitting : own

async function keepOne(workspaceId: string, work: Work, row: Row, kind: ClockKind, promises: Promises) {
  const mine = row.clocks.filter((clock) => clock.kind === kind)
  const running = mine.find(({ stoppedAt }) => stoppedAt === null)
  const owed = row.state !== 'done' && row.lastInboundAt !== null && (kind === 'resolution' || row.isOwed)
  const open = running ?? (owed ? await endedInVain(work, row, kind, mine) : undefined)
  const stopped = mine.flatMap((clock) => (clock === open ? [] : (clock.stoppedAt ?? [])))
  const fitting = promisedBy(promises.fitting, kind)
  if (!open) {
    if (!owed || !fitting) return
    const first = await firstAsked(work, row, { kind, policy: fitting, after: latest([...stopped, row.resolvedAt]) })
    // Without news a person opened it again: it runs from then.
    const since = first?.at ?? (stopped.length > 0 ? row.settledAt : null)
    if (since) await start(workspaceId, work, row, kind, { promised: fitting, since })
    return
  }
  const own = promises.policies.find(({ id }) => id === open.policyId)
  const heldTo = promisedBy(own, kind) ?? fitting
  if (!heldTo) {
    // What is promised no more is neither kept nor broken.
    await work.db.slaClock.deleteMany({ where: { id: open.id, stoppedAt: null } })
    return
  }
  if (!owed) return stop(work, row, open, heldTo)
  if (kind === 'first_reply' && (await answerTo(work, row, open))) {
    // Whom it ran for has an answer; somebody else waits still, and since when they asked.
    await stop(work, row, open, heldTo)
    const next = fitting && (await firstAsked(work, row, { kind, policy: fitting, after: row.resolvedAt }))
    if (next) await start(workspaceId, work, row, kind, { promised: fitting, since: next.at })
    return
  }
  const promised = sooner(heldTo, fitting, open)
  const first = await firstAsked(work, row, { kind, policy: promised, after: latest([...stopped, row.resolvedAt]) })
  // Words that come late but were said earlier: somebody has waited since then.
  const neverRested = open.spentMs === 0 && open.resumedAt?.getTime() === open.startedAt.getTime()
  const startedAt = neverRested && first && first.at < open.startedAt ? first.at : open.startedAt
  const clock = { ...open, resumedAt: neverRested ? startedAt : open.resumedAt }
  await work.db.slaClock.update({
    where: { id: open.id },
    data: {
      policyId: promised.id,
      minutes: promised.minutes,
      startedAt,
      stoppedAt: null,
      ...columnsOf(rests(row, promised) ? paused(clock, promised, now()) : resumed(clock, now()), promised),
    },
    select: { id: true },
  })
}

const rests = ({ state }: Row, { pauseWaiting, pauseSnoozed }: Promised): boolean =>
  (state === 'waiting' && pauseWaiting) || (state === 'snoozed' && pauseSnoozed)

type Start = { readonly promised: Promised; readonly since: Date }

async function start(workspaceId: string, { db }: Work, row: Row, kind: ClockKind, { promised, since }: Start) {
  const clock = startedClock(since)
  await db.slaClock.create({
    data: {
      id: newId(),
      workspaceId,
      conversationId: row.id,
      policyId: promised.id,
      kind,
      startedAt: since,
      minutes: promised.minutes,
      ...columnsOf(rests(row, promised) ? paused(clock, promised, now()) : clock, promised),
    },
    select: { id: true },
  })
}

/**
 * The clock that goes on because what stopped it does not hold: the answer was refused after all or taken away, or the
 * conversation was ended for an answer that reached nobody. Undefined when none does.
 */
async function endedInVain(work: Work, { id, settledAt }: Row, kind: ClockKind, clocks: readonly ClockRow[]) {
  // What a person said of the conversation since goes before.
  const isSince = (at: Date | null) => at !== null && (!settledAt || at > settledAt)
  const ended = clocks.filter(({ stoppedAt }) => stoppedAt).toReversed()
  for (const clock of ended.slice(0, kind === 'resolution' ? 1 : mostLooked)) {
    const until = clock.stoppedAt ?? clock.startedAt
    const begun = await firstOf(work, id, { gte: clock.startedAt, lte: until })
    // What wants something new since then had an answer to what it wanted before.
    if (!begun || (begun.needAt && begun.needAt > until) || (kind === 'first_reply' && begun.answeredByPersonAt))
      continue
    if (isSince(clock.stoppedAt) || isSince(begun.failedAt)) return clock
  }
  return undefined
}

const latest = (moments: readonly (Date | null)[]): Date | null =>
  moments.reduce((last, at) => (at && (!last || at > last) ? at : last), null)

type Since = { readonly kind: ClockKind; readonly policy: PolicyInForce; readonly after: Date | null }

/** The first word that came after something was ended, and that this kind of promise is about. */
async function firstAsked({ db }: Work, row: Row, { kind, policy, after }: Since): Promise<{ at: Date } | null> {
  const where = { ...asked(row.id), ...(kind === 'first_reply' ? { answeredByPersonAt: null } : {}) }
  const promisedFrom = new Date(Math.max(policy.createdAt.getTime(), row.account.createdAt.getTime() - day))
  const said = await db.message.findFirst({
    where: { ...where, needAt: null, ...cameAfter(after), AND: { at: { gt: promisedFrom } } },
    orderBy: { at: 'asc' },
    select: { at: true },
  })
  const edited = await db.message.findFirst({
    where: { ...where, needAt: { gt: promisedFrom }, ...(after ? { needSeenAt: { gt: after } } : {}) },
    orderBy: { needAt: 'asc' },
    select: { needAt: true },
  })
  return edited?.needAt && (!said || edited.needAt < said.at) ? { at: edited.needAt } : said
}

/** When a person answered what a clock began with; null while nobody has. */
async function answerTo(work: Work, row: Row, { startedAt }: ClockRow): Promise<Date | null> {
  const begun = await firstOf(work, row.id, { gte: startedAt })
  return begun?.answeredByPersonAt ?? null
}

/** Of one that a person opened again without news: the answer to what was said before it. */
async function lastAnswer({ db }: Work, row: Row, { startedAt }: ClockRow): Promise<Date | null> {
  const answered = await db.message.findFirst({
    where: { ...asked(row.id), answeredByPersonAt: { gt: startedAt } },
    orderBy: { answeredByPersonAt: 'desc' },
    select: { answeredByPersonAt: true },
  })
  return answered?.answeredByPersonAt ?? null
}

const columnsOf = (clock: Clock, promised: Promised) => ({
  spentMs: clock.spentMs,
  resumedAt: clock.resumedAt,
  ...outlook(clock, promised),
})

/** Ends a clock at the answer, or when it was done. What ended late is broken, whoever noticed first. */
async function stop(work: Work, row: Row, clock: ClockRow, promised: Promised): Promise<void> {
  const { db, record } = work
  const at =
    (clock.kind === 'first_reply' ? await answerTo(work, row, clock) : null) ??
    (row.state === 'done' && row.settledAt && row.settledAt > clock.startedAt ? row.settledAt : null) ??
    (clock.kind === 'first_reply' ? await lastAnswer(work, row, clock) : null) ??
    now()
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
