import { personKey, type Recognised } from '@/lib/contacts'
import { toJson } from '@/lib/core/json'
import { feltIn } from '@/lib/language'
import { here, jsonNull, type Work } from '@/lib/workspace'
import type { Known, Told } from './merge-items'
import { needAtOf } from './wordings'
import { readWords, type ModelRead } from '../drafting/read-words'
import { readText, wordsKey, type ReadAhead } from './read-ahead'
import type { TriageFactors } from '../schema'

/** What was told of somebody whom this report names by an id alone. */
const nameOf = ({ handle, displayName, avatarUrl }: Recognised) => ({
  handle,
  displayName,
  ...(avatarUrl ? { avatarUrl } : {}),
})

/** When it came to want something new by an edit; null for what did not, is ours, or was taken away. */
export const neededAt = ({ words, deletedAt, before }: Known): Date | null =>
  words.own || deletedAt ? null : needAtOf(before, words)

/**
 * What is kept of a message in the table, but for where it stands and how it came.
 * @param model how a model read its words, where it did: that stands where ours is not measured
 */
export function columnsOf(
  batch: { readonly platform: string; readonly factors: TriageFactors },
  known: Known,
  people: ReadonlyMap<string, Recognised>,
  ahead: ReadAhead,
  model?: ModelRead,
) {
  const { at, textAt, editedAt, deletedAt, before } = known
  // What was taken away at the network is not kept here either.
  const words: Told = deletedAt ? { ...known.words, text: '', media: [] } : known.words
  const { own, reaction } = words
  const { parent, ref, url, rating, recommends } = { ...words.besides, ...words, ...words.placed }
  const person = own ? undefined : people.get(personKey({ platform: batch.platform, person: words.author }))
  const author = words.author.nameless && person ? { ...words.author, ...nameOf(person) } : words.author
  const said = own || deletedAt ? undefined : (ahead.get(wordsKey(words)) ?? readText(words))
  const by = said?.understanding.isMeasured ? undefined : model
  const read = said && readWords(batch.factors, words, person?.leadStage, { ...said, ...(by ? { model: by } : {}) })
  return {
    at,
    textAt,
    editedAt,
    deletedAt,
    kind: words.kind,
    own,
    text: words.text,
    wordings: toJson({ before }).before ?? [],
    needAt: neededAt(known),
    bands: said ? [...said.bands] : [],
    authorName: author.displayName,
    authorHandle: author.handle,
    authorAvatar: author.avatarUrl ?? null,
    identityId: person?.identityId ?? null,
    parentExternalId: parent ?? null,
    url: url ?? null,
    media: toJson({ items: words.media }).items ?? [],
    // The column is whole, and some tell of halves.
    rating: rating === undefined ? null : Math.round(rating),
    recommends: recommends ?? null,
    reaction: reaction ?? null,
    ref: ref === undefined || ref === null ? jsonNull : toJson({ ref }),
    source: toJson(words),
    understanding: read ? toJson(read.understanding) : jsonNull,
    sentiment: read ? (by?.sentiment ?? feltIn(words.text, read.understanding)) : null,
    intent: read ? (by?.intent ?? read.understanding.intent.label) : null,
    priority: read?.priority.score ?? null,
    reasons: read ? toJson({ priority: read.priority, lead: read.lead }) : jsonNull,
  }
}

/** `needSeenAt`: when its last edit that wants something new came to be known here. */
type Rewritten = { readonly id: string; readonly needSeenAt: Date | null } & ReturnType<typeof columnsOf>

/**
 * Writes over messages, each with words of its own, by one statement: in a flood many are edited at once. `missed`: they
 * are gone, and nobody said so.
 */
export async function rewriteMessages({ sql }: Work, rows: readonly Rewritten[], missed: boolean): Promise<void> {
  if (rows.length === 0) return
  // What empties a JSON column of Prisma's is null in JSON.
  const plain = JSON.stringify(rows, (_name, value: unknown) => (value === jsonNull ? null : value))
  await sql`
    update "Message" m set
      at = a.at, "textAt" = a."textAt", "editedAt" = a."editedAt", "deletedAt" = a."deletedAt", kind = a.kind, own = a.own,
      text = a.text, wordings = a.wordings, "needAt" = a."needAt", "needSeenAt" = a."needSeenAt", bands = a.bands, "authorName" = a."authorName", "authorHandle" = a."authorHandle",
      "authorAvatar" = a."authorAvatar", "identityId" = a."identityId", "parentExternalId" = a."parentExternalId", url = a.url,
      media = a.media, rating = a.rating, recommends = a.recommends, reaction = a.reaction, ref = a.ref, source = a.source,
      missed = ${missed}, understanding = a.understanding, sentiment = a.sentiment, intent = a.intent, priority = a.priority, reasons = a.reasons
    from jsonb_to_recordset(${plain}::jsonb) as a(
      id text, at timestamp(3), "textAt" timestamp(3), "editedAt" timestamp(3), "deletedAt" timestamp(3), kind text, own boolean,
      text text, wordings jsonb, "needAt" timestamp(3), "needSeenAt" timestamp(3), bands int[], "authorName" text, "authorHandle" text, "authorAvatar" text, "identityId" text,
      "parentExternalId" text, url text, media jsonb, rating int, recommends boolean, reaction text, ref jsonb, source jsonb,
      understanding jsonb, sentiment float8, intent text, priority int, reasons jsonb)
    where m.id = a.id and m."workspaceId" = ${here}`
}
