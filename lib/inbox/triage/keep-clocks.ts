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
import type { Ctx, Work } from '@/lib/workspace'
import { beginningsOf, firstAsked, standingsOf, type Beginning, type Question, type Standing } from './asked-in'
import { writeClocks, type ClockChange, type ClockRow } from './write-clocks'

/** Of how many ended clocks it is asked whether they ended in vain: who waits is among the latest. */
const mostLooked = 5

/**
 * Brings the clocks of conversations to where the conversations are: starts what is owed, rests and lets run on what
 * waits, stops what is done. It may be repeated; the conversations must be locked. A first-reply clock runs whenever
 * somebody waits for an answer of a person, a resolution clock from the first word until it is done. What was promised
 * stays promised, whatever a conversation weighs later: a running clock keeps its promise while that is in force, and
 * goes over to another only where that fits now and gives less time. However many conversations: the database is asked
 * for all of them at once.
 */
export async function keepClocks(
  { workspaceId }: Pick<Ctx, 'workspaceId'>,
  work: Work,
  conversationIds: readonly string[],
): Promise<void> {
  if (conversationIds.length === 0) return
  const policies = await policiesInForce(work)
  // Clocks go with the last promise, so where none is there is nothing to stop either.
  if (policies.length === 0) return
  const rows = await standingsOf(work, conversationIds)
  const clocks = Map.groupBy(
    await work.db.slaClock.findMany({
      where: { conversationId: { in: [...conversationIds] } },
      orderBy: { startedAt: 'asc' },
    }),
    ({ conversationId, kind }) => `${conversationId} ${kind}`,
  )
  const all = rows.flatMap((row) =>
    clockKinds.map((kind) => timesOf(row, kind, clocks.get(`${row.id} ${kind}`) ?? [], policies)),
  )
  const beginnings = await beginningsOf(work, all.flatMap(spansOf))
  const steps = all.flatMap((times) => nextFor(times, policies, beginnings) ?? [])
  const first = await firstAsked(
    work,
    steps.flatMap(({ question }) => question ?? []),
  )
  const changes = steps.flatMap((step) => changesBy(step, step.question && first.get(step.question.key)))
  await writeClocks(workspaceId, work, changes)
}

type Times = {
  readonly row: Standing
  readonly kind: ClockKind
  /** From the one that began first. */
  readonly clocks: readonly ClockRow[]
  readonly running: ClockRow | undefined
  readonly isOwed: boolean
  readonly fitting: Promised | undefined
}

function timesOf(
  row: Standing,
  kind: ClockKind,
  clocks: readonly ClockRow[],
  policies: readonly PolicyInForce[],
): Times {
  return {
    row,
    kind,
    clocks,
    running: clocks.find(({ stoppedAt }) => stoppedAt === null),
    isOwed: row.state !== 'done' && row.lastInboundAt !== null && (kind === 'resolution' || row.isOwed),
    fitting: promisedBy(policyFor(policies, row), kind),
  }
}

type Promised = PolicyInForce & { readonly minutes: number }

/** What a policy promises of a kind, if it does. */
export function promisedBy(policy: PolicyInForce | undefined, kind: ClockKind): Promised | undefined {
  const minutes = kind === 'first_reply' ? policy?.firstReplyMinutes : policy?.resolutionMinutes
  return policy && typeof minutes === 'number' ? { ...policy, minutes } : undefined
}

/** Those that may go on because they ended in vain, the latest first. */
const endedOf = ({ clocks, kind }: Times): readonly ClockRow[] =>
  clocks
    .filter(({ stoppedAt }) => stoppedAt)
    .toReversed()
    .slice(0, kind === 'resolution' ? 1 : mostLooked)

/** Of which clocks it must be known what they began with. */
function spansOf(times: Times) {
  const { kind, running, isOwed } = times
  const asked = running ? (kind === 'first_reply' ? [running] : []) : isOwed ? endedOf(times) : []
  return asked.map(({ id: clockId, conversationId, startedAt, stoppedAt }) => ({
    clockId,
    conversationId,
    startedAt,
    stoppedAt,
    isOver: !isOwed,
  }))
}

/** What becomes of a clock; where there is a question, when the first word was said that it asks for decides of the rest. */
type Step = { readonly row: Standing; readonly kind: ClockKind; readonly question?: Question } & (
  | { readonly do: 'begin'; readonly promised: Promised; readonly otherwise: Date | null }
  | { readonly do: 'drop'; readonly open: ClockRow }
  | {
      readonly do: 'stop'
      readonly open: ClockRow
      readonly promised: Promised
      readonly at: Date
      readonly next?: Promised
    }
  | { readonly do: 'go on'; readonly open: ClockRow; readonly promised: Promised }
)

type Beginnings = ReadonlyMap<string, Beginning>

function nextFor(times: Times, policies: readonly PolicyInForce[], beginnings: Beginnings): Step | undefined {
  const { row, kind, clocks, running, isOwed, fitting } = times
  const open = running ?? (isOwed ? endedInVain(times, policies, beginnings) : undefined)
  const stopped = clocks.flatMap((clock) => (clock === open ? [] : (clock.stoppedAt ?? [])))
  const sinceEnded = latest([...stopped, row.resolvedAt])
  if (!open) {
    if (!isOwed || !fitting) return undefined
    // Without news a person opened it again: it runs from then.
    const otherwise = stopped.length > 0 ? row.settledAt : null
    return { do: 'begin', row, kind, promised: fitting, otherwise, question: about(times, fitting, sinceEnded) }
  }
  const own = policies.find(({ id }) => id === open.policyId)
  const heldTo = promisedBy(own, kind) ?? fitting
  // What is promised no more is neither kept nor broken.
  if (!heldTo) return { do: 'drop', row, kind, open }
  const begun = beginnings.get(open.id)
  const at = endOf(times, open, begun)
  if (!isOwed) return { do: 'stop', row, kind, open, promised: heldTo, at }
  if (kind === 'first_reply' && begun?.answeredByPersonAt) {
    // Whom it ran for has an answer; somebody else waits still, and since when they asked.
    const next = fitting && { next: fitting, question: about(times, fitting, row.resolvedAt) }
    return { do: 'stop', row, kind, open, promised: heldTo, at, ...next }
  }
  const promised = sooner(heldTo, fitting, open)
  return { do: 'go on', row, kind, open, promised, question: about(times, promised, sinceEnded) }
}

/** Which of what a running clock is held to and what fits now it goes on by. */
const sooner = (own: Promised, fitting: Promised | undefined, { breachedAt }: ClockRow): Promised =>
  fitting && breachedAt === null && fitting.minutes < own.minutes ? fitting : own

/** When the first word was said that came after something was ended, and that this kind of promise is about. */
const about = ({ row, kind }: Times, policy: PolicyInForce, after: Date | null): Question => ({
  key: `${row.id} ${kind}`,
  conversationId: row.id,
  unanswered: kind === 'first_reply',
  after,
  since: new Date(Math.max(policy.createdAt.getTime(), row.accountAt.getTime() - day)),
})

/**
 * The clock that goes on because what stopped it does not hold: the answer was refused after all or taken away, or the
 * conversation was ended for an answer that reached nobody. Undefined when none does.
 */
function endedInVain(times: Times, policies: readonly PolicyInForce[], beginnings: Beginnings): ClockRow | undefined {
  const { settledAt } = times.row
  // What a person said of the conversation since goes before.
  const isSince = (at: Date | null) => at !== null && (!settledAt || at > settledAt)
  const isInForce = (policyId: string) =>
    promisedBy(
      policies.find(({ id }) => id === policyId),
      times.kind,
    ) !== undefined
  return endedOf(times).find(({ id, policyId, startedAt, stoppedAt }) => {
    // What was broken of a promise that is made no more stays broken of that one.
    if (!isInForce(policyId)) return false
    const begun = beginnings.get(id)
    if (!begun?.at || (times.kind === 'first_reply' && begun.answeredByPersonAt)) return false
    // What wants something new since then had an answer to what it wanted before.
    if (begun.needAt && begun.needAt > (stoppedAt ?? startedAt)) return false
    return isSince(stoppedAt) || isSince(begun.failedAt)
  })
}

const latest = (moments: readonly (Date | null)[]): Date | null =>
  moments.reduce((last, at) => (at && (!last || at > last) ? at : last), null)

/** When a clock ends that ends now: at the answer, or when it was done. */
function endOf({ row, kind }: Times, { startedAt }: ClockRow, begun: Beginning | undefined): Date {
  const done = row.state === 'done' && row.settledAt && row.settledAt > startedAt ? row.settledAt : null
  if (kind === 'resolution') return done ?? now()
  // Of one that a person opened again without news, it is the answer to what was said before.
  return begun?.answeredByPersonAt ?? done ?? begun?.lastAnswerAt ?? now()
}

function changesBy(step: Step, first: Date | undefined): readonly ClockChange[] {
  switch (step.do) {
    case 'begin':
      return begun(step, step.promised, first ?? step.otherwise)
    case 'drop':
      return [{ do: 'drop', id: step.open.id }]
    case 'stop':
      return [stopped(step.open, step.promised, step.at), ...(step.next ? begun(step, step.next, first) : [])]
    case 'go on':
      return [goneOn(step.row, step.open, step.promised, first)]
  }
}

function begun({ row, kind }: Step, promised: Promised, since: Date | null | undefined): readonly ClockChange[] {
  if (!since) return []
  const clock = startedClock(since)
  const made = {
    id: newId(),
    conversationId: row.id,
    policyId: promised.id,
    kind,
    startedAt: since,
    minutes: promised.minutes,
    ...columnsOf(rests(row, promised) ? paused(clock, promised, now()) : clock, promised),
  }
  return [{ do: 'make', clock: made }]
}

function goneOn(row: Standing, open: ClockRow, promised: Promised, first: Date | undefined): ClockChange {
  // Words that come late but were said earlier: somebody has waited since then.
  const neverRested = open.spentMs === 0 && open.resumedAt?.getTime() === open.startedAt.getTime()
  const startedAt = neverRested && first && first < open.startedAt ? first : open.startedAt
  const clock = { ...open, resumedAt: neverRested ? startedAt : open.resumedAt }
  return {
    do: 'change',
    isBroken: false,
    clock: {
      ...open,
      policyId: promised.id,
      minutes: promised.minutes,
      startedAt,
      stoppedAt: null,
      ...columnsOf(rests(row, promised) ? paused(clock, promised, now()) : resumed(clock, now()), promised),
    },
  }
}

/** What ended late is broken, whoever noticed first. */
function stopped(open: ClockRow, promised: Promised, at: Date): ClockChange {
  const isLate = runMs(open, promised, at) > open.minutes * 60_000
  const breachedAt = open.breachedAt ?? (isLate ? (open.dueAt ?? at) : null)
  return {
    do: 'change',
    isBroken: breachedAt !== null && open.breachedAt === null,
    clock: { ...open, stoppedAt: at, nextAt: null, breachedAt },
  }
}

/** Whether a promise's clock stands still where a conversation stands so. */
export const rests = (
  { state }: Pick<Standing, 'state'>,
  { pauseWaiting, pauseSnoozed }: Pick<PolicyInForce, 'pauseWaiting' | 'pauseSnoozed'>,
): boolean => (state === 'waiting' && pauseWaiting) || (state === 'snoozed' && pauseSnoozed)

const columnsOf = (clock: Clock, promised: Promised) => ({
  spentMs: clock.spentMs,
  resumedAt: clock.resumedAt,
  ...outlook(clock, promised),
})
