import { holdSeen, peopleNamed, personKey, recognise, type Recognised } from '@/lib/contacts'
import { inMs, now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { adapterOf, type Again, type Incoming } from '@/lib/platforms'
import { operation, transact, type Ctx, type Work } from '@/lib/workspace'
import type { ModelRead } from '../drafting/read-words'
import { keepClocks } from '../triage/keep-clocks'
import { columnsOf, neededAt, rewriteMessages } from './message-columns'
import { heardOf } from './gone'
import { asText, mergeKnown, type Known } from './merge-items'
import { asNetworkTold } from './as-network-told'
import { modelsOf, type KeptReading } from './kept-readings'
import { asOurs, knownRow } from './known-row'
import { noteFiles } from './message-files'
import { askingFor, signMessages, whereSaid } from './name-somebody'
import { proveByEcho } from '../answer/reply-proof'
import { routeNews } from '../triage/route'
import { nameInThread, Receive, wantsAnswer, type TriageFactors, type Via } from '../schema'
import { conversationsOf } from './conversations-of'
import { joinEmptied } from './join-emptied'
import { firstAgainMs } from './pace'
import { readAhead, type ReadAhead } from './read-ahead'
import { rowsHeld } from './rows-held'
import { between, sweepEmptied } from './strays'
import { withinBounds } from './within-bounds'
import { sumUpConversations } from '../triage/sum-up'
import { triageFactors } from '../triage/triage-settings'

/** Most messages that one transaction takes. */
const atOnce = 500

export type Received = { readonly fresh: number; readonly changed: number }

/**
 * The one place where everything said to an account comes in, by whichever way. Each message is kept once by the
 * network's own name for it; repetitions and any order of reports end in the same state. Of more than 500 each 500 are
 * kept by themselves.
 */
export const receive = operation({
  can: 'incoming.handle',
  input: Receive,
  run: takeIn,
})

/**
 * The same for callers inside this room, whose own permission was checked. `missed`: no report says that these were taken
 * away; they were not there any more.
 */
export async function takeIn(
  ctx: Ctx,
  { accountId, items, via }: ToReceive,
  { missed = false } = {},
): Promise<Result<Received>> {
  const account = await ctx.db.account.findUnique({
    where: { id: accountId },
    select: { platform: true, method: true },
  })
  if (!account) return fail({ code: 'NOT_FOUND', message: 'There is no such account in this workspace.' })
  const batch = {
    accountId,
    platform: account.platform,
    via,
    missed,
    again: adapterOf(account).inbox?.again,
    factors: await triageFactors(ctx),
  }
  const given = withinBounds(items, { accountId, via }).map(asHeard)
  let [fresh, changed] = [0, 0]
  for (let at = 0; at < given.length; at += atOnce) {
    const some = given.slice(at, at + atOnce)
    const ahead = await readAhead(ctx, accountId, some)
    const taken = await transact(ctx, (work) => take(ctx, work, { ...batch, ahead }, some))
    fresh += taken.fresh
    changed += taken.changed
  }
  return ok({ fresh, changed })
}

type ToReceive = { readonly accountId: string; readonly items: readonly unknown[]; readonly via: Via }

/** Who shares and says something to it wants an answer as much as who mentions us. */
const asHeard = (item: Incoming): Incoming =>
  item.kind === 'share' && item.text.trim() !== '' ? { ...item, kind: 'mention' } : item

type Batch = {
  readonly accountId: string
  readonly platform: string
  readonly via: Via
  readonly missed: boolean
  readonly again: Again | undefined
  readonly factors: TriageFactors
  readonly ahead: ReadAhead
}

type People = ReadonlyMap<string, Recognised>

async function take(ctx: Ctx, work: Work, batch: Batch, came: readonly Incoming[]): Promise<Received> {
  const given = batch.via === 'import' ? await asNetworkTold(work, batch.accountId, came) : came
  const all = await heardOf(ctx, work, batch.accountId, given)
  const told = given.filter(({ externalId }) => all.has(externalId))
  await holdSeen(work, speakersOf(batch, told))
  const items = await withoutErased(work, batch, told)
  const { people, named, nameless } = await recognise(
    work,
    ctx.workspaceId,
    speakersOf(batch, items.filter(isSighting)),
  )
  const left = new Set(items.map(({ externalId }) => externalId))
  const merged = new Map([...all].filter(([externalId]) => left.has(externalId)))
  const besides = [...(await whereSaid(work, named)), ...(await whereAnswered(work, batch, items))]
  const placed = await conversationsOf(ctx, work, {
    accountId: batch.accountId,
    platform: batch.platform,
    told: new Map([...merged].map(([externalId, { words }]) => [externalId, words])),
    otherIds: besides,
  })
  const rows = await rowsHeld(work, { ...batch, names: [...merged.keys()] }, placed.keys)
  const stored = new Map(rows.map((row) => [row.externalId, row]))
  const made: Made[] = []
  const changed: Changed[] = []
  for (const [externalId, heard] of merged) {
    const row = stored.get(externalId)
    // What was only missed is there again as soon as anything but its end is told of it.
    const isBack = row?.missed === true && !heard.deletedAt
    const before = row && !isBack ? knownRow(row) : undefined
    const known = before && row ? asOurs(row, mergeKnown(before, heard)) : heard
    if (before && !row?.missed && isSame(before, known)) continue
    const conversationId = row?.conversationId ?? placed.of.get(externalId)
    if (!conversationId) throw new Error(`No conversation was made for ${externalId}`)
    if (row) changed.push({ row, id: row.id, conversationId, known, before })
    else made.push({ id: newId(), conversationId, externalId, known })
  }
  const silent = changed.map(({ known }) => ({ platform: batch.platform, person: known.words.author }))
  const others = await peopleNamed(
    work,
    silent.filter((one) => !people.has(personKey(one))),
  )
  const authors = new Map([...people, ...others])
  const models = await modelsOf(
    work,
    changed.map(({ id, row, before }) => ({ ...row, id, wasGone: !before })),
  )
  const rewritten = changed.map((one) => rewrittenAs(batch, one, authors, models.get(one.id)))
  await rewriteMessages(work, rewritten, batch.missed)
  const { accountId, via } = batch
  await work.db.message.createMany({
    data: made.map(({ known, ...row }) => ({
      ...columnsOf(batch, known, people, batch.ahead),
      ...row,
      workspaceId: ctx.workspaceId,
      accountId,
      via,
      // Asked of the clock under the conversation's lock: who ended it until then had not seen this.
      receivedAt: now(),
      againAt: askedAgainAt(batch, known),
    })),
  })
  await noteFiles(ctx, work, [...made, ...changed])
  for (const one of made) await tellOf(work, batch, one, placed.keys.get(one.conversationId))
  const anew = new Set(rewritten.flatMap(({ id, asksAnew }) => (asksAnew ? [id] : [])))
  for (const one of changed) tellChange(work, batch, one, anew.has(one.id))
  for (const identityId of nameless) work.enqueue(askingFor(identityId))
  await signMessages(work, named)
  if (made.length + changed.length + placed.moved.length > 0) {
    const joined = await joinEmptied(ctx, work, placed)
    const left = await sweepEmptied(
      work,
      between(placed.moved).filter((id) => !joined.has(id)),
    )
    const touched = [...new Set([...[...made, ...changed].map(({ conversationId }) => conversationId), ...left])].sort()
    const idsOf = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id)
    await sumUpConversations(work, touched, { made: idsOf(made), changed: [...idsOf(changed), ...idsOf(placed.moved)] })
    const news = made.filter(({ known }) => !known.deletedAt && !known.words.own).map(({ id }) => id)
    // What is brought in from elsewhere was dealt with there.
    if (batch.via !== 'import') await routeNews(ctx, work, news, [...anew])
    await keepClocks(ctx, work, touched)
  }
  return { fresh: made.length, changed: changed.length }
}

/** When it is asked first what became of a message; never where its end is told, or an import may call it by another name. */
function askedAgainAt({ again, via }: Batch, { at, words, deletedAt }: Known): Date | null {
  if (!again?.kinds.includes(words.kind) || words.own || via === 'import' || deletedAt) return null
  const firstMs = firstAgainMs(now().getTime() - at.getTime(), again.billed !== undefined)
  return firstMs === undefined ? null : inMs(firstMs)
}

/** The end of a message tells of nobody: it may come before its words or be a moderator's, and it seldom says whose it was. */
const isSighting = ({ change }: Incoming): boolean => change !== 'deleted'

const speakersOf = ({ platform }: Batch, items: readonly Incoming[]) =>
  items
    .filter(({ own, author }) => !own && author.externalId !== '')
    .map(({ author, at }) => ({ platform, person: author, at: new Date(at) }))

type Made = {
  readonly id: string
  readonly conversationId: string
  readonly externalId: string
  readonly known: Known
}

type Changed = {
  readonly row: { readonly needAt: Date | null; readonly needSeenAt: Date | null } & KeptReading
  readonly id: string
  readonly conversationId: string
  readonly known: Known
  /** Absent for what was missed and is there again. */
  readonly before: Known | undefined
}

/**
 * A message as it is kept from now on. One whose new words want something that those before did not is news as much as a
 * message that comes in: once for each edit, and not where it was brought in from elsewhere, where it was dealt with. Any
 * other goes on as a model read it.
 */
function rewrittenAs(batch: Batch, { row, id, known }: Changed, people: People, model: ModelRead | undefined) {
  const { kind } = known.words
  const needAt = neededAt(known)
  const asksAnew =
    batch.via !== 'import' && wantsAnswer.includes(kind) && needAt !== null && (!row.needAt || row.needAt < needAt)
  const columns = columnsOf(batch, known, people, batch.ahead, asksAnew ? undefined : model)
  return { id, ...columns, needSeenAt: asksAnew ? now() : row.needSeenAt, asksAnew }
}

/** Says that a message was edited or taken away at its network, or is there again: whoever has it open sees it. */
function tellChange(
  work: Work,
  { via }: Batch,
  { id: messageId, conversationId, known, before }: Changed,
  asksAnew: boolean,
): void {
  const isGone = known.deletedAt !== null && !before?.deletedAt
  const isEdited = asksAnew || (known.editedAt !== null && known.editedAt.getTime() !== before?.editedAt?.getTime())
  const isBack = before?.deletedAt && !known.deletedAt
  const type = !before || isBack ? 'restored' : isGone ? 'deleted' : isEdited && !known.deletedAt ? 'edited' : undefined
  if (type)
    work.record({
      type: `message.${type}`,
      subject: { type: 'conversation', id: conversationId },
      particulars: { messageId, ...(asksAnew ? { asksAnew, kind: known.words.kind, via } : {}) },
    })
}

/** Says that something came in; what we said ourselves proves the answer that it is. */
async function tellOf(
  work: Work,
  { accountId, via }: Batch,
  { id, conversationId, externalId, known }: Made,
  /** The network's name for the conversation. */
  externalKey: string | undefined,
): Promise<void> {
  const { words, at, deletedAt } = known
  if (deletedAt) return
  const place = { accountId, externalKey: externalKey ?? words.conversation }
  if (words.own && via !== 'import')
    await proveByEcho(work, place, { externalId, text: words.text, at, url: words.url ?? null })
  work.record({
    type: words.own ? 'message.echoed' : 'message.received',
    subject: { type: 'conversation', id: conversationId },
    particulars: { messageId: id, kind: words.kind, via },
  })
}

/** Where we answered those privately in whose chats our own words came back, which may prove such an answer. */
async function whereAnswered(
  { db }: Work,
  { accountId }: Batch,
  items: readonly Incoming[],
): Promise<readonly string[]> {
  const chats = items.flatMap(({ own, conversation }) => (own ? [conversation] : []))
  if (chats.length === 0) return []
  const rows = await db.reply.findMany({
    where: { accountId, privatelyTo: { in: [...new Set(chats)] } },
    distinct: ['conversationId'],
    select: { conversationId: true },
  })
  return rows.map(({ conversationId }) => conversationId)
}

/** What somebody said who was erased since: no report brings it back, nor what we answered them privately, as their chat tells it. */
async function withoutErased({ db }: Work, { accountId }: Batch, items: readonly Incoming[]) {
  const namesOf = ({ externalId }: Incoming) => [externalId, nameInThread({ externalId, privately: true })]
  const rows = await db.message.findMany({
    where: { accountId, externalId: { in: items.flatMap(namesOf) }, erasedAt: { not: null } },
    select: { externalId: true },
  })
  const erased = new Set(rows.map(({ externalId }) => externalId))
  return erased.size === 0 ? items : items.filter((item) => !namesOf(item).some((name) => erased.has(name)))
}

const isSame = (a: Known, b: Known): boolean =>
  a.at.getTime() === b.at.getTime() &&
  a.editedAt?.getTime() === b.editedAt?.getTime() &&
  a.deletedAt?.getTime() === b.deletedAt?.getTime() &&
  asText(a.words) === asText(b.words) &&
  a.before.map(({ at, key }) => `${at} ${key}`).join() === b.before.map(({ at, key }) => `${at} ${key}`).join()
