import { noteStuck } from '@/lib/contacts'
import { clocksDifferMs, now } from '@/lib/core/clock'
import { excerptOf } from '@/lib/core/excerpt'
import { filesInWords } from '@/lib/core/files-in-words'
import type { IncomingKind } from '@/lib/platforms'
import { here, type Work } from '@/lib/workspace'
import { Reasons, Scored, Shifts, wantsAnswer, type ConversationState } from '../schema'
import { endOvertaken } from '../drafting/overtaken-drafts'
import { noteAnswers, type News } from './answered'

/** From the weightiest: the first that a conversation has names it. */
const weighty: readonly IncomingKind[] = ['dm', 'review', 'mention', 'comment', 'share', 'reaction']
/** What is imported is history when it was said so long before it was brought in, or before its account was connected. */
const [importedAfter, connectedAfter] = ['14 days', '1 day']

/** What the messages of a conversation come to. Where none is left, what is said of the last is null. */
type Sum = {
  readonly id: string
  readonly state: ConversationState
  readonly settledAt: Date | null
  /** Nothing stood in it before. */
  readonly isNew: boolean
  readonly kinds: readonly string[] | null
  readonly count: number
  readonly lastEverAt: Date
  readonly firstInAt: Date | null
  readonly lastAt: Date | null
  readonly lastText: string | null
  readonly lastMedia: unknown
  readonly lastReaction: string | null
  readonly lastAuthor: string | null
  readonly lastOwn: boolean | null
  readonly lastInAt: Date | null
  /**
   * Something that wants an answer and is no history was said, or came, or lost its answer, or was edited to want something
   * new, after a person last said what state it is in.
   */
  readonly opensAgain: boolean
  /** Something of that kind has no answer, and came, or lost it, after a person last ended it. */
  readonly unanswered: boolean
  /** A person last said that it is done. */
  readonly isEnded: boolean
  /** An answer in it needs a person. */
  readonly isStuck: boolean
  readonly lastOutAt: Date | null
  readonly firstReplyAt: Date | null
  /** Of the person who wrote first; where all they wrote was taken away, of who wrote last. */
  readonly identityId: string | null
  /** Whom it was with until now, and under which contact they stand. */
  readonly identityBefore: string | null
  readonly contactBefore: string | null
  /** By what was said: a reaction may call its own message so. */
  readonly post: string | null
  readonly sentiment: number | null
  readonly intent: string | null
  /** The weightiest that waits for an answer, or the last where none does; and what it weighs. */
  readonly weighedBy: string | null
  readonly priority: number | null
  readonly reasons: unknown
  /** Of the last. */
  readonly lead: unknown
  readonly shifts: unknown
}

/**
 * What conversations are, summed up anew from their messages: whoever comes in what order, the end is the same. Only what
 * people decided (state, assignee, labels) is left as it was, but that news opens them again. The caller has locked them.
 * @param news all that came in or changed since they were summed up last, for a caller who knows
 */
export async function sumUpConversations(work: Work, conversationIds: readonly string[], news?: News): Promise<void> {
  if (conversationIds.length === 0) return
  const { sql } = work
  await noteAnswers(work, conversationIds, news)
  await noteStuck(work, conversationIds)
  const sums = await sql<Sum>`
    with said as (
      select m.id, m."conversationId", m.at, m."externalId", m.kind, m.own, m.source ->> 'post' as post,
        m."deletedAt" is null as live, not m.own and m."deletedAt" is null and m."erasedAt" is null and m.kind = any(${wantsAnswer}) as wants,
        not m.own and m."deletedAt" is not null and m."erasedAt" is null and m.kind = any(${wantsAnswer}) as gone,
        m.via <> 'import' or m.at >= greatest(m."receivedAt" - ${importedAfter}::interval, a."createdAt" - ${connectedAfter}::interval) or m."failedAt" is not null or m."needSeenAt" is not null as news,
        m.priority,
        greatest(least(m.at, m."receivedAt" + ${clocksDifferMs}::int * interval '1 millisecond'), m."receivedAt", m."failedAt", m."needSeenAt") as came, greatest(m.at, m."needAt") as said, m."answeredAt", m."answeredByPersonAt", v."settledAt", v."resolvedAt"
      from "Message" m join "Account" a on a.id = m."accountId" and a."workspaceId" = ${here}
      join "Conversation" v on v.id = m."conversationId" and v."workspaceId" = ${here}
      where m."conversationId" = any(${conversationIds}) and m."workspaceId" = ${here}
    ), told as (
      select s.*, s.wants and s.news and s."answeredAt" is null and (s."resolvedAt" is null or s.came > s."resolvedAt") as waits from said s
    ), tops as (
      select s."conversationId", array_agg(distinct s.kind) filter (where s.live) as kinds,
        (count(*) filter (where s.live))::int as count, max(s.at) as "lastEverAt", coalesce(min(s.post) filter (where s.kind <> 'reaction'), case when bool_and(s.kind = 'reaction') then min(s.post) end) as post,
        (array_agg(s.id order by s.said desc, s."externalId" desc) filter (where s.live))[1] as "lastId",
        (array_agg(s.id order by s.said desc, s."externalId" desc) filter (where s.wants))[1] as "lastInId", max(s.at) filter (where s.wants) as "lastInAt",
        coalesce((array_agg(s.id order by s.at, s."externalId") filter (where s.wants))[1],
          (array_agg(s.id order by s.at desc, s."externalId" desc) filter (where s.gone))[1]) as "firstInId",
        min(s.at) filter (where s.wants) as "firstInAt", max(s.at) filter (where s.live and s.own) as "lastOutAt",
        min(s."answeredByPersonAt") filter (where s.wants) as "firstReplyAt",
        bool_or(s.wants and s.news and (s."settledAt" is null or s.came > s."settledAt")) as "opensAgain",
        bool_or(s.waits) as unanswered,
        (array_agg(s.id order by s.priority desc, s.at desc, s."externalId" desc) filter (where s.waits))[1] as "weighsId"
      from told s group by s."conversationId"
    )
    select c.id, c."identityId" as "identityBefore", c."contactId" as "contactBefore", c.state, c."settledAt", c."messageCount" = 0 as "isNew", c.shifts, t.kinds, t.count, t."lastEverAt", t.post, t."lastOutAt", t."firstInAt", t."firstReplyAt", t."opensAgain", t.unanswered,
      greatest(last.at, last."needAt") as "lastAt", last.text as "lastText", last.media as "lastMedia", last.reaction as "lastReaction", last."authorName" as "lastAuthor", last.own as "lastOwn", t."lastInAt", first_in."identityId",
      case when t."lastInId" is null then last.sentiment else last_in.sentiment end as sentiment,
      case when t."lastInId" is null then last.intent else last_in.intent end as intent,
      case when t."lastInId" is null then last.reasons else last_in.reasons end -> 'lead' as lead,
      c."resolvedAt" is not null as "isEnded", c."stuckAt" is not null as "isStuck",
      weighs.id as "weighedBy", weighs.priority, weighs.reasons
    from "Conversation" c join tops t on t."conversationId" = c.id
    left join "Message" last on last.id = t."lastId" and last."workspaceId" = ${here}
    left join "Message" last_in on last_in.id = t."lastInId" and last_in."workspaceId" = ${here}
    left join "Message" weighs on weighs.id = coalesce(t."weighsId", t."lastInId", t."lastId") and weighs."workspaceId" = ${here}
    left join "Message" first_in on first_in.id = t."firstInId" and first_in."workspaceId" = ${here}
    where c.id = any(${conversationIds}) and c."workspaceId" = ${here}`
  // With whom a conversation is follows its person, whoever merges or separates them: only where it is with somebody else
  // now is their contact looked up, and held until the end. They are one of those whose words came in, who are held
  // already, but where the first of all was taken away: then it may wait for who erases the next, and is tried again.
  const moved = sums.filter(({ identityId, identityBefore }) => identityId !== identityBefore)
  const found = await sql<{ id: string; contactId: string }>`
    select i.id, i."contactId" from "ContactIdentity" i
    where i.id = any(${moved.flatMap(({ identityId }) => identityId ?? [])}) and i."workspaceId" = ${here}
    order by i.id for key share`
  const contactOf = new Map(found.map(({ id, contactId }) => [id, contactId]))
  const rows = sums.map((sum) => ({ ...standing(sum), contactId: contactNow(sum, contactOf) }))
  await sql`
    update "Conversation" c set
      kind = a.kind, state = a.state::"ConversationState", "identityId" = a."identityId", "contactId" = a."contactId", excerpt = a.excerpt,
      "snoozedUntil" = case when a.state = 'snoozed' then c."snoozedUntil" end,
      "postExternalId" = coalesce(a.post, c."postExternalId"), "lastMessageAt" = a."lastMessageAt",
      "firstInboundAt" = a."firstInAt", "lastInboundAt" = a."lastInAt", "lastOutboundAt" = a."lastOutAt", unanswered = a.unanswered,
      "messageCount" = a.count, "firstReplyAt" = a."firstReplyAt", sentiment = a.sentiment, intent = a.intent,
      priority = a.priority, "leadScore" = a."leadScore", reasons = a.reasons, "updatedAt" = ${now()}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as a(
      id text, kind text, state text, "identityId" text, "contactId" text, excerpt text, post text, "lastMessageAt" timestamp(3),
      "firstInAt" timestamp(3), "lastInAt" timestamp(3), "lastOutAt" timestamp(3), unanswered boolean, count int, "firstReplyAt" timestamp(3),
      sentiment float8, intent text, priority int, "leadScore" int, reasons jsonb)
    where c.id = a.id and c."workspaceId" = ${here}`
  const before = new Map(sums.map((sum) => [sum.id, sum]))
  for (const { id, state } of rows) {
    const was = before.get(id)
    if (was && !was.isNew && was.state !== state) tellState(work, id, state)
  }
  await endOvertaken(work, conversationIds)
}

function contactNow(
  { identityId, identityBefore, contactBefore }: Sum,
  contactOf: ReadonlyMap<string, string>,
): string | null {
  // Of whom was erased nothing is known but that somebody was.
  if (identityId === identityBefore) return contactBefore
  return identityId === null ? null : (contactOf.get(identityId) ?? null)
}

const whyBy: Readonly<Record<ConversationState, string>> = {
  todo: 'somebody waits for an answer',
  waiting: 'everybody has an answer',
  snoozed: 'it was put off',
  done: 'nothing in it wants an answer',
}

/** Says that news, and no person, changed where work on a conversation stands. */
const tellState = ({ record }: Work, id: string, state: ConversationState): void =>
  record({
    type: `conversation.${state === 'todo' ? 'reopened' : state}`,
    subject: { type: 'conversation', id },
    particulars: { why: whyBy[state] },
  })

/** An emoji speaks for itself; a network's word for one is quoted. */
function reactionInWords({
  lastReaction,
  lastAuthor,
  lastOwn,
}: Pick<Sum, 'lastReaction' | 'lastAuthor' | 'lastOwn'>): string {
  if (!lastReaction) return ''
  const who = lastOwn ? 'We' : lastAuthor || 'Somebody'
  return `${who} reacted${/\p{L}/u.test(lastReaction) ? ':' : ''} ${lastReaction}`
}

function standing({
  id,
  state,
  settledAt,
  isNew: _isNew,
  identityBefore: _identityBefore,
  contactBefore: _contactBefore,
  kinds,
  lastText,
  lastMedia,
  lastAt,
  lastEverAt,
  opensAgain,
  isEnded,
  isStuck,
  weighedBy,
  reasons,
  lead,
  shifts,
  ...sum
}: Sum) {
  const known = Reasons.safeParse(reasons).data?.priority ?? { score: sum.priority ?? 50, factors: [] }
  const priority = shifted(known, Shifts.parse(shifts))
  const ofLast = Scored.safeParse(lead).data
  return {
    ...sum,
    id,
    state: opensAgain ? (sum.unanswered ? 'todo' : 'waiting') : isStuck || (settledAt && !isEnded) ? state : 'done',
    kind: weighty.find((kind) => kinds?.includes(kind)) ?? 'comment',
    excerpt: excerptOf(lastText || filesInWords(lastMedia) || reactionInWords(sum)),
    // Taken away or not: a conversation of which nothing is left still has its place in time.
    lastMessageAt: lastAt ?? lastEverAt,
    priority: priority.score,
    leadScore: ofLast?.score ?? 0,
    reasons: {
      priority,
      ...(ofLast ? { lead: ofLast } : {}),
      ...(weighedBy === null ? {} : { messageId: weighedBy }),
    } satisfies Reasons,
  }
}

/** A score with what rules added to it, 1 to 100 all the same. */
function shifted({ score, factors }: Scored, shifts: Shifts): Scored {
  if (shifts.length === 0) return { score, factors }
  const sum = shifts.reduce((total, { points }) => total + points, score)
  return {
    score: Math.min(100, Math.max(1, sum)),
    factors: [
      ...factors,
      ...shifts.map(({ ruleId, name, points }) => ({ name: `rule.${ruleId}`, label: `The rule “${name}”`, points })),
    ],
  }
}
