import { whoIs, type Who } from '@/lib/contacts'
import { day, now } from '@/lib/core/clock'
import type { IncomingKind } from '@/lib/platforms'
import { Understanding } from '@/lib/language/schema'
import { decide, holdTeams, hoursOf, rulesInForce, sayingOf, type Seen } from '@/lib/routing'
import type { Rule, RuleAction, RuleMoment } from '@/lib/routing/schema'
import type { Ctx, Work } from '@/lib/workspace'
import { act } from '../desk/act'
import { mayHold } from '../desk/role-here'
import { Reasons, wantsAnswer } from '../schema'
import { keepClocks } from './keep-clocks'
import { lastAsked } from './last-asked'
import { sumUpConversations } from './sum-up'

/** How long before an account was connected something may have been said and still be news. */
const historyAfterMs = day

const columns = {
  id: true,
  conversationId: true,
  kind: true,
  text: true,
  at: true,
  needAt: true,
  sentiment: true,
  intent: true,
  priority: true,
  reasons: true,
  understanding: true,
  identityId: true,
  conversation: {
    select: {
      accountId: true,
      platform: true,
      account: { select: { createdAt: true } },
    },
  },
} as const

type Row = Awaited<ReturnType<typeof rowsOf>>[number]
const rowsOf = ({ db }: Work, ids: readonly string[]) =>
  db.message.findMany({
    where: { id: { in: [...ids] } },
    orderBy: [{ at: 'asc' }, { externalId: 'asc' }],
    select: columns,
  })

type Firing = { readonly rule: Rule; readonly conversationId: string; readonly cause: string }

/**
 * Asks the rules about messages that have just come in, and does what they say. It runs in the transaction that keeps
 * the messages, their conversations locked: what comes again is not new, so each is asked about once.
 * @param editedIds those that were here, and were edited to want something new: once for each such edit
 */
export async function routeNews(
  ctx: Ctx,
  work: Work,
  messageIds: readonly string[],
  editedIds: readonly string[] = [],
): Promise<void> {
  if (messageIds.length + editedIds.length === 0) return
  const found = await rowsOf(work, [...messageIds, ...editedIds])
  const edited = new Set(editedIds)
  const rows = found
    .map((row) => (edited.has(row.id) && row.needAt ? { ...row, at: row.needAt } : row))
    .filter(({ at, conversation: { account } }) => at.getTime() >= account.createdAt.getTime() - historyAfterMs)
  // What begins a conversation is what somebody wants an answer to, whoever liked the post before.
  const asking = rows.filter(({ kind }) => wantsAnswer.includes(kind))
  const begun = await work.db.conversation.updateManyAndReturn({
    where: { id: { in: asking.map(({ conversationId }) => conversationId) }, routedAt: null },
    data: { routedAt: now() },
    select: { id: true },
  })
  const rules = await rulesInForce(work)
  if (rules.length === 0) return
  const isOpen = await hoursOf(work, rules)
  const people = await whoIs(
    work,
    rows.map(({ identityId }) => identityId),
  )
  const saying = await sayingOf(
    work,
    rules,
    rows.map(({ text }) => text),
  )
  const unasked = new Set(begun.map(({ id }) => id))
  const firings = rows.flatMap((row) => {
    const begins = asking.includes(row) && unasked.delete(row.conversationId)
    const moments: RuleMoment[] = begins ? ['conversation', 'message'] : ['message']
    return decide(rules, moments, seenOf(row, people, isOpen, saying(row.text))).map((rule) => ({
      rule,
      conversationId: row.conversationId,
      cause: edited.has(row.id) ? `${row.id} edited ${row.at.toISOString()}` : row.id,
    }))
  })
  await fire(ctx, work, firings)
}

type Asking = {
  readonly moment: RuleMoment
  readonly cause: string
  /** What it is about, where that is not the last that wants an answer. */
  readonly messageId?: string
}

/** Asks the rules about a promise that is soon due, or broken, or what AI left to a person. The conversation must be locked. */
export async function routeMoment(
  ctx: Ctx,
  work: Work,
  conversationId: string,
  { moment, cause, messageId }: Asking,
): Promise<void> {
  const rules = await rulesInForce(work)
  if (rules.length === 0) return
  const last = await work.db.message.findUnique({
    where: { id: messageId ?? (await lastAsked(work, conversationId)) ?? '' },
    select: { ...columns, conversation: { select: { ...columns.conversation.select, priority: true } } },
  })
  if (!last) return
  const isOpen = await hoursOf(work, rules)
  const people = await whoIs(work, [last.identityId])
  const saying = await sayingOf(work, rules, [last.text])
  // What is due is weighed as it stands now, with what other rules added.
  const seen = {
    ...seenOf({ ...last, at: now() }, people, isOpen, saying(last.text)),
    priority: last.conversation.priority,
  }
  await fire(
    ctx,
    work,
    decide(rules, [moment], seen).map((rule) => ({ rule, conversationId, cause })),
  )
}

function seenOf(
  { kind, conversation, intent, sentiment, priority, reasons, understanding, identityId, at }: Row,
  people: ReadonlyMap<string, Who>,
  isOpen: (calendarId: string, at: Date) => boolean,
  says: Seen['says'],
): Seen {
  return {
    // The column is written from IncomingKind and from nothing else.
    kind: kind as IncomingKind,
    accountId: conversation.accountId,
    platform: conversation.platform,
    says,
    intent,
    sentiment,
    priority: priority ?? 50,
    lead: Reasons.safeParse(reasons).data?.lead?.score ?? 0,
    language: Understanding.safeParse(understanding).data?.language.code ?? null,
    contactTags: people.get(identityId ?? '')?.tags ?? [],
    isOpen: (calendarId) => isOpen(calendarId, at),
  }
}

/** At these moments what rules say goes before who holds it. */
const escalations: readonly RuleMoment[] = ['sla_warned', 'sla_breached', 'escalated']

/** Whom a rule names in vain: they may not answer, or are not here any more. */
async function unable(work: Work, { actions }: Rule): Promise<{ readonly unable?: readonly string[] }> {
  const ids: string[] = []
  for (const action of actions)
    // One after the other: they share the transaction's connection.
    // oxlint-disable-next-line no-await-in-loop
    if (action.do === 'assign_person' && !(await mayHold(work, action.memberId))) ids.push(action.memberId)
  return ids.length > 0 ? { unable: ids } : {}
}

/** Whether a promise hangs on what an action changes: is anything owed, and which fits by what the conversation weighs. */
const movesClocks: Readonly<Record<RuleAction['do'], boolean>> = {
  state: true,
  priority: true,
  assign_person: false,
  assign_team: false,
  label: false,
  hold_ai: false,
  notify: false,
}

/** Does what rules say, in their order, each once for its cause, and brings the clocks to where that leaves conversations. */
async function fire(ctx: Ctx, work: Work, firings: readonly Firing[]): Promise<void> {
  await holdTeams(
    work,
    firings.flatMap(({ rule }) =>
      rule.actions.flatMap((action) => (action.do === 'assign_team' ? [action.teamId] : [])),
    ),
  )
  const weighed = new Set<string>()
  const moved = new Set<string>()
  for (const { rule, conversationId, cause } of firings) {
    const { count } = await work.db.ruleFiring.createMany({
      data: [{ workspaceId: ctx.workspaceId, ruleId: rule.id, cause, conversationId, at: now() }],
      skipDuplicates: true,
    })
    if (count === 0) continue
    const isEscalation = escalations.includes(rule.moment)
    work.record({
      type: 'conversation.routed',
      subject: { type: 'conversation', id: conversationId },
      particulars: { ruleId: rule.id, name: rule.name, cause, ...(await unable(work, rule)) },
    })
    for (const action of rule.actions)
      await act(ctx, work, conversationId, action, { takesOver: isEscalation, rule: { id: rule.id, name: rule.name } })
    if (rule.actions.some((action) => action.do === 'priority')) weighed.add(conversationId)
    if (rule.actions.some((action) => movesClocks[action.do])) moved.add(conversationId)
  }
  await sumUpConversations(work, [...weighed].sort())
  // Not left to whoever asks the rules: a promise would be told of as broken on what they ended or put to rest.
  await keepClocks(ctx, work, [...moved].sort())
}
