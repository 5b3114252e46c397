import type { z } from 'zod'
import { personKey, recognise, type Recognised } from '@/lib/contacts'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { fail, ok, type Result } from '@/lib/core/result'
import type { Incoming } from '@/lib/platforms'
import { jsonNull, operation, transact, type Ctx, type Work } from '@/lib/workspace'
import { keepClocks } from './keep-clocks'
import { asText, mergeItems, mergeKnown, type Known } from './merge-items'
import { readWords } from './read-words'
import { proveByEcho } from './reply-proof'
import { routeNews } from './route'
import { Receive, type TriageFactors, type Via } from './schema'
import { sumUpConversation } from './sum-up'
import { triageFactors } from './triage-settings'

export type Received = { readonly fresh: number; readonly changed: number }

/**
 * The one place where everything said to an account comes in, by whichever way. Each message is kept once by the
 * network's own name for it; repetitions and any order of reports end in the same state. At most 500 at a time.
 */
export const receive = operation({
  can: 'incoming.handle',
  input: Receive,
  run: takeIn,
})

/** The same for callers inside this room, whose own permission was checked. */
export async function takeIn(ctx: Ctx, { accountId, items, via }: z.output<typeof Receive>): Promise<Result<Received>> {
  const account = await ctx.db.account.findUnique({ where: { id: accountId }, select: { platform: true } })
  if (!account) return fail({ code: 'NOT_FOUND', message: 'There is no such account in this workspace.' })
  const batch = { accountId, platform: account.platform, via, factors: await triageFactors(ctx) }
  // zod's optional keys may hold undefined; the contract's may not, and JSON knows no difference.
  const given = items as readonly Incoming[]
  return ok(await transact(ctx, (work) => take(ctx, work, batch, given)))
}

type Batch = {
  readonly accountId: string
  readonly platform: string
  readonly via: Via
  readonly factors: TriageFactors
}

async function take(ctx: Ctx, work: Work, batch: Batch, given: readonly Incoming[]): Promise<Received> {
  const items = await withoutErased(work, batch, given)
  const conversations = await conversationsOf(ctx, work, batch, items)
  const people = await recognise(
    work,
    ctx.workspaceId,
    items
      .filter(({ own, author }) => !own && author.externalId !== '')
      .map(({ author, at }) => ({ platform: batch.platform, person: author, at: new Date(at) })),
  )
  const merged = mergeItems(items)
  const rows = await work.db.message.findMany({
    where: { accountId: batch.accountId, externalId: { in: [...merged.keys()] } },
  })
  const stored = new Map(rows.map((row) => [row.externalId, row]))
  let [fresh, changed] = [0, 0]
  const news: string[] = []
  for (const [externalId, heard] of merged) {
    const row = stored.get(externalId)
    const conversationId = row?.conversationId ?? conversations.get(heard.words.conversation)
    if (!conversationId) throw new Error(`No conversation was made for ${externalId}`)
    const before = row && knownRow(row)
    const known = before ? mergeKnown(before, heard) : heard
    if (before && isSame(before, known)) continue
    const columns = await columnsOf(work, batch, known, people)
    if (row) {
      await work.db.message.update({ where: { id: row.id }, data: columns, select: { id: true } })
      changed += 1
      continue
    }
    const id = newId()
    await work.db.message.create({
      data: {
        ...columns,
        id,
        workspaceId: ctx.workspaceId,
        conversationId,
        accountId: batch.accountId,
        externalId,
        via: batch.via,
      },
      select: { id: true },
    })
    fresh += 1
    if (known.words.own && !known.deletedAt)
      await proveByEcho(work, conversationId, {
        externalId,
        text: known.words.text,
        at: known.at,
        url: known.words.url ?? null,
      })
    if (!known.deletedAt && !known.words.own) news.push(id)
    if (!known.deletedAt)
      work.record({
        type: known.words.own ? 'message.echoed' : 'message.received',
        subject: { type: 'conversation', id: conversationId },
        particulars: { messageId: id, kind: known.words.kind, via: batch.via },
      })
  }
  if (fresh + changed > 0) {
    const touched = [...conversations.values()].sort()
    for (const id of touched) await sumUpConversation(work, id)
    // What is brought in from elsewhere was dealt with there.
    if (batch.via !== 'import') await routeNews(ctx, work, news)
    await keepClocks(ctx, work, touched)
  }
  return { fresh, changed }
}

/** Finds or makes the conversations, and locks them, always in the same order: two batches must not sum up one at once, nor wait for each other. */
async function conversationsOf(
  ctx: Ctx,
  { db }: Work,
  { accountId, platform }: Batch,
  items: readonly Incoming[],
): Promise<ReadonlyMap<string, string>> {
  const keys = [...new Set(items.map(({ conversation }) => conversation))].sort()
  const about = new Map(items.map((item) => [item.conversation, item]))
  await db.conversation.createMany({
    data: keys.map((externalKey) => ({
      id: newId(),
      workspaceId: ctx.workspaceId,
      accountId,
      platform,
      externalKey,
      kind: about.get(externalKey)?.kind ?? 'comment',
      postExternalId: about.get(externalKey)?.post ?? null,
      lastMessageAt: new Date(about.get(externalKey)?.at ?? 0),
    })),
    skipDuplicates: true,
  })
  const found = new Map<string, string>()
  for (const externalKey of keys) {
    const { id } = await db.conversation.update({
      where: { accountId_externalKey: { accountId, externalKey } },
      data: { messageCount: { increment: 0 } },
      select: { id: true },
    })
    found.set(externalKey, id)
  }
  return found
}

/** What somebody said who was erased since: no report brings it back. */
async function withoutErased({ db }: Work, { accountId }: Batch, items: readonly Incoming[]) {
  const rows = await db.message.findMany({
    where: { accountId, externalId: { in: items.map(({ externalId }) => externalId) }, erasedAt: { not: null } },
    select: { externalId: true },
  })
  const erased = new Set(rows.map(({ externalId }) => externalId))
  return erased.size === 0 ? items : items.filter(({ externalId }) => !erased.has(externalId))
}

type Row = {
  readonly at: Date
  readonly textAt: Date
  readonly editedAt: Date | null
  readonly deletedAt: Date | null
  readonly source: unknown
}

const knownRow = ({ at, textAt, editedAt, deletedAt, source }: Row): Known => ({
  at,
  textAt,
  editedAt,
  deletedAt,
  // The column is written below, from an Incoming, and nowhere else.
  words: source as Incoming,
})

const isSame = (a: Known, b: Known): boolean =>
  a.at.getTime() === b.at.getTime() &&
  a.editedAt?.getTime() === b.editedAt?.getTime() &&
  a.deletedAt?.getTime() === b.deletedAt?.getTime() &&
  asText(a.words) === asText(b.words)

async function columnsOf(work: Work, batch: Batch, known: Known, people: ReadonlyMap<string, Recognised>) {
  const { at, textAt, editedAt, deletedAt } = known
  // What was taken away at the network is not kept here either.
  const words: Incoming = deletedAt ? { ...known.words, text: '', media: [] } : known.words
  const { author, own, parent, url, rating, reaction, ref } = words
  const person = own ? undefined : people.get(personKey({ platform: batch.platform, person: author }))
  const read = own || deletedAt ? undefined : await readWords(work, batch.factors, words, person?.contactId)
  return {
    at,
    textAt,
    editedAt,
    deletedAt,
    kind: words.kind,
    own,
    text: words.text,
    authorName: author.displayName,
    authorHandle: author.handle,
    authorAvatar: author.avatarUrl ?? null,
    identityId: person?.identityId ?? null,
    parentExternalId: parent ?? null,
    url: url ?? null,
    media: toJson({ items: words.media }).items ?? [],
    rating: rating ?? null,
    reaction: reaction ?? null,
    ref: ref === undefined || ref === null ? jsonNull : toJson({ ref }),
    source: toJson(words),
    understanding: read ? toJson(read.understanding) : jsonNull,
    sentiment: read?.understanding.sentiment.score ?? null,
    intent: read?.understanding.intent.label ?? null,
    priority: read?.priority.score ?? null,
    reasons: read ? toJson({ priority: read.priority, lead: read.lead }) : jsonNull,
  }
}
