import { clocksDifferMs } from '@/lib/core/clock'
import type { ConversationState } from '../schema'
import { here, type Work } from '@/lib/workspace'
import { wantsAnswer } from './triage-schema'

/** A conversation, as far as its clocks hang on it. */
export type Standing = {
  readonly id: string
  readonly accountId: string
  readonly accountAt: Date
  readonly kind: string
  readonly priority: number
  readonly state: ConversationState
  readonly settledAt: Date | null
  readonly resolvedAt: Date | null
  readonly lastInboundAt: Date | null
  /** Something that wants an answer has none of a person, and came, or in vain was believed to have one, since it ended. */
  readonly isOwed: boolean
}

/** Where conversations stand, in the order of the ids. When words came is told as sum-up.ts tells it. */
export const standingsOf = ({ sql }: Work, conversationIds: readonly string[]): Promise<readonly Standing[]> =>
  sql<Standing>`
    select c.id, c."accountId", a."createdAt" as "accountAt", c.kind, c.priority, c.state, c."settledAt", c."resolvedAt", c."lastInboundAt",
      (select true from "Message" m
        where m."conversationId" = c.id and not m.own and m."deletedAt" is null and m."erasedAt" is null and m.kind = any(${wantsAnswer}) and m."answeredByPersonAt" is null
          and (c."resolvedAt" is null or greatest(least(m.at, m."receivedAt" + ${clocksDifferMs}::int * interval '1 millisecond'), m."receivedAt", m."failedAt", m."needSeenAt") > c."resolvedAt")
          and m."workspaceId" = ${here}
        limit 1) is not null as "isOwed"
    from "Conversation" c join "Account" a on a.id = c."accountId" and a."workspaceId" = ${here}
    where c.id = any(${conversationIds}) and c."workspaceId" = ${here}
    order by c.id`

export type Span = {
  readonly clockId: string
  readonly conversationId: string
  readonly startedAt: Date
  readonly stoppedAt: Date | null
  /** Whether `lastAnswerAt` is wanted: all that was said is read for it. */
  readonly isOver: boolean
}

/** What the time of a clock began with: when a person answered it, and when an answer to it came to need one. */
export type Beginning = {
  readonly clockId: string
  /** When it was said; null where nothing of that time is left. */
  readonly at: Date | null
  /** When it was edited to want something new. */
  readonly needAt: Date | null
  readonly answeredByPersonAt: Date | null
  readonly failedAt: Date | null
  /** The last answer since the clock runs, to whatever was said before it too. */
  readonly lastAnswerAt: Date | null
}

/**
 * What clocks began with, each by its own time, by one statement: what was asked first, and of what was edited to want
 * something new, also by when it was.
 */
export async function beginningsOf({ sql }: Work, spans: readonly Span[]): Promise<ReadonlyMap<string, Beginning>> {
  if (spans.length === 0) return new Map()
  const rows = await sql<Beginning>`
    with found as (
      select s."clockId",
        (select m.id from "Message" m
          where m."conversationId" = s."conversationId" and not m.own and m."deletedAt" is null and m."erasedAt" is null and m.kind = any(${wantsAnswer})
            and m.at >= s."startedAt" and m.at <= coalesce(s."stoppedAt", 'infinity') and m."workspaceId" = ${here}
          order by m.at limit 1) as "saidId",
        (select m.id from "Message" m
          where m."conversationId" = s."conversationId" and not m.own and m."deletedAt" is null and m."erasedAt" is null and m.kind = any(${wantsAnswer})
            and m."needAt" >= s."startedAt" and m."needAt" <= coalesce(s."stoppedAt", 'infinity') and m."workspaceId" = ${here}
          order by m."needAt" limit 1) as "editedId",
        case when s."isOver" then (select max(m."answeredByPersonAt") from "Message" m
          where m."conversationId" = s."conversationId" and not m.own and m."deletedAt" is null and m."erasedAt" is null and m.kind = any(${wantsAnswer})
            and m."answeredByPersonAt" > s."startedAt" and m."workspaceId" = ${here}) end as "lastAnswerAt"
      from jsonb_to_recordset(${JSON.stringify(spans)}::jsonb) as s(
        "clockId" text, "conversationId" text, "startedAt" timestamp(3), "stoppedAt" timestamp(3), "isOver" boolean)
    ), begun as (
      select f."clockId", f."lastAnswerAt", case when said.id is null or edited."needAt" < said.at then edited.id else said.id end as id
      from found f
      left join "Message" said on said.id = f."saidId" and said."workspaceId" = ${here}
      left join "Message" edited on edited.id = f."editedId" and edited."workspaceId" = ${here}
    )
    select b."clockId", m.at, m."needAt", m."answeredByPersonAt", m."failedAt", b."lastAnswerAt"
    from begun b left join "Message" m on m.id = b.id and m."workspaceId" = ${here}`
  return new Map(rows.map((row) => [row.clockId, row]))
}

export type Question = {
  /** Its own, by which it is answered. */
  readonly key: string
  readonly conversationId: string
  /** Only what no person has answered yet. */
  readonly unanswered: boolean
  /** Only what came after this, as sum-up.ts says when it came. */
  readonly after: Date | null
  /** Only what was said after this. */
  readonly since: Date
}

/**
 * When the first word was said that each question is about, or was edited to want something new, by its key; absent where
 * none was.
 */
export async function firstAsked({ sql }: Work, questions: readonly Question[]): Promise<ReadonlyMap<string, Date>> {
  if (questions.length === 0) return new Map()
  const rows = await sql<{ key: string; at: Date | null }>`
    select q.key, least(
      (select m.at from "Message" m
        where m."conversationId" = q."conversationId" and not m.own and m."deletedAt" is null and m."erasedAt" is null and m.kind = any(${wantsAnswer})
          and (not q.unanswered or m."answeredByPersonAt" is null) and m."needAt" is null and m.at > q.since
          and (q.after is null or greatest(least(m.at, m."receivedAt" + ${clocksDifferMs}::int * interval '1 millisecond'), m."receivedAt", m."failedAt", m."needSeenAt") > q.after)
          and m."workspaceId" = ${here}
        order by m.at limit 1),
      (select m."needAt" from "Message" m
        where m."conversationId" = q."conversationId" and not m.own and m."deletedAt" is null and m."erasedAt" is null and m.kind = any(${wantsAnswer})
          and (not q.unanswered or m."answeredByPersonAt" is null) and m."needAt" > q.since
          and (q.after is null or m."needSeenAt" > q.after) and m."workspaceId" = ${here}
        order by m."needAt" limit 1)) as at
    from jsonb_to_recordset(${JSON.stringify(questions)}::jsonb) as q(
      key text, "conversationId" text, unanswered boolean, after timestamp(3), since timestamp(3))`
  return new Map(rows.flatMap(({ key, at }) => (at ? [[key, at] as const] : [])))
}
