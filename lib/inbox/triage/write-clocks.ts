import { dropClocks } from '@/lib/routing'
import type { ClockKind } from '@/lib/routing/schema'
import { here, type Ctx, type Work } from '@/lib/workspace'

export type ClockRow = Awaited<ReturnType<Work['db']['slaClock']['findMany']>>[number]

export type ClockChange =
  | { readonly do: 'make'; readonly clock: NewClock }
  | { readonly do: 'change'; readonly clock: ClockRow; /** By this change. */ readonly isBroken: boolean }
  | { readonly do: 'drop'; readonly id: string }

type NewClock = Omit<ClockRow, 'workspaceId' | 'kind' | 'stoppedAt' | 'warnedAt' | 'breachedAt'> & {
  readonly kind: ClockKind
}

/** Writes what becomes of clocks, each kind of change by one statement, and tells which promises are broken by it. */
export async function writeClocks(
  workspaceId: Ctx['workspaceId'],
  work: Work,
  changes: readonly ClockChange[],
): Promise<void> {
  const { db, sql, record } = work
  const dropped = changes.flatMap((change) => (change.do === 'drop' ? [change.id] : []))
  if (dropped.length > 0) await dropClocks(work, { id: { in: dropped } })
  const changed = changes.flatMap((change) => (change.do === 'change' ? [change] : []))
  if (changed.length > 0)
    await sql`
      update "SlaClock" s set
        "policyId" = a."policyId", minutes = a.minutes, "startedAt" = a."startedAt", "stoppedAt" = a."stoppedAt", "spentMs" = a."spentMs",
        "resumedAt" = a."resumedAt", "dueAt" = a."dueAt", "nextAt" = a."nextAt", "breachedAt" = a."breachedAt"
      from jsonb_to_recordset(${JSON.stringify(changed.map(({ clock }) => clock))}::jsonb) as a(
        id text, "policyId" text, minutes int, "startedAt" timestamp(3), "stoppedAt" timestamp(3), "spentMs" float8,
        "resumedAt" timestamp(3), "dueAt" timestamp(3), "nextAt" timestamp(3), "breachedAt" timestamp(3))
      where s.id = a.id and s."workspaceId" = ${here}`
  const made = changes.flatMap((change) => (change.do === 'make' ? [{ ...change.clock, workspaceId }] : []))
  if (made.length > 0) await db.slaClock.createMany({ data: made })
  for (const { clock, isBroken } of changed)
    if (isBroken)
      record({
        type: 'conversation.breached',
        subject: { type: 'conversation', id: clock.conversationId },
        particulars: { clockId: clock.id, kind: clock.kind, dueAt: clock.breachedAt },
      })
}
