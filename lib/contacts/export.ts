import { z } from 'zod'
import { ok, type Result } from '@/lib/core/result'
import { query, sql, type Ctx } from '@/lib/workspace'
import { listContactNotes } from './notes'
import { getContact } from './queries'
import { notesAtMost, OneContact, type ContactDetail, type ContactNote } from './schema'
import { ourAnswers, tracesOf } from './traces'

/** What of a file is theirs to have: how the network is asked for it is not. */
const Shown = z.array(
  z.object({ kind: z.string(), url: z.string().optional(), name: z.string().optional(), alt: z.string().optional() }),
)

/** Everything we keep of a person, as plain JSON. Times are ISO instants. */
export type ContactExport = {
  readonly contact: ContactDetail
  readonly conversations: readonly {
    readonly platform: string
    readonly kind: string
    readonly state: string
    readonly messages: readonly {
      readonly at: string
      readonly by: string
      readonly text: string
      readonly url: string | null
      readonly media: unknown
      readonly rating: number | null
      readonly recommends: boolean | null
      readonly reaction: string | null
      readonly sentiment: number | null
      readonly intent: string | null
    }[]
    readonly notes: readonly { readonly at: string; readonly text: string }[]
  }[]
}

/** Read at a time. */
const pageSize = 1_000

/**
 * What we keep of a person, for themselves: who we think they are, what they said and we answered them, and what we
 * noted where nobody else speaks. What others say, and what we say to those, is not theirs to read: what was said to
 * whom is found as erasing finds it.
 */
export const exportContact = query({
  can: 'contact.read',
  input: OneContact,
  async run(ctx, { contactId }): Promise<Result<ContactExport>> {
    const contact = await getContact(ctx, { contactId })
    if (!contact.ok) return contact
    const ask = { db: ctx.db, sql: sql(ctx) }
    const traces = await tracesOf(ask, contact.value.id)
    const ours = await ourAnswers(ask, traces)
    const messageIds = [...new Set([...traces.said.map(({ id }) => id), ...ours])]
    const saidIn = Map.groupBy(
      await inPages(messageIds, (ids) => readMessages(ctx, ids)),
      ({ conversationId }) => conversationId,
    )
    const conversations = await inPages(
      traces.talks.map(({ id }) => id),
      (ids) => readConversations(ctx, ids),
    )
    const notedIn = Map.groupBy(
      await inPages(traces.wholeIds, (ids) => readNotes(ctx, ids)),
      ({ conversationId }) => conversationId,
    )
    const noted = await everyNote(ctx, contact.value)
    if (!noted.ok) return noted
    return ok({
      contact: { ...contact.value, notes: noted.value, earlierNotes: null },
      conversations: conversations.toSorted(byTime).map(({ id, lastMessageAt: _at, ...row }) => ({
        ...row,
        messages: (saidIn.get(id) ?? [])
          .toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1))
          .map(toShown),
        notes: (notedIn.get(id) ?? []).map(({ createdAt, text }) => ({ at: createdAt.toISOString(), text })),
      })),
    })
  },
})

/** What is noted about them, from the first on: who opens a person sees the latest alone. */
async function everyNote(
  ctx: Ctx,
  { id: contactId, notes, earlierNotes }: ContactDetail,
): Promise<Result<readonly ContactNote[]>> {
  const pages: (readonly ContactNote[])[] = [notes]
  for (let before = earlierNotes; before !== null;) {
    const page = await listContactNotes(ctx, { contactId, before, take: notesAtMost })
    if (!page.ok) return page
    pages.unshift(page.value.items)
    before = page.value.next
  }
  return ok(pages.flat())
}

const columns = {
  id: true,
  conversationId: true,
  at: true,
  authorName: true,
  own: true,
  text: true,
  url: true,
  media: true,
  rating: true,
  recommends: true,
  reaction: true,
  sentiment: true,
  intent: true,
} as const

const readMessages = ({ db }: Ctx, ids: readonly string[]) =>
  db.message.findMany({ where: { id: { in: [...ids] } }, select: columns })
type Row = Awaited<ReturnType<typeof readMessages>>[number]

const readConversations = ({ db }: Ctx, ids: readonly string[]) =>
  db.conversation.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, platform: true, kind: true, state: true, lastMessageAt: true },
  })
type Placed = { readonly id: string; readonly lastMessageAt: Date }
const byTime = (a: Placed, b: Placed): number =>
  a.lastMessageAt.getTime() - b.lastMessageAt.getTime() || (a.id < b.id ? -1 : 1)

const readNotes = ({ db }: Ctx, conversationIds: readonly string[]) =>
  db.conversationNote.findMany({
    where: { conversationId: { in: [...conversationIds] } },
    orderBy: { id: 'asc' },
    select: { conversationId: true, createdAt: true, text: true },
  })

/** All rows of these, in no order: the database takes only so many ids in one question. */
async function inPages<Found>(
  ids: readonly string[],
  read: (page: readonly string[]) => Promise<readonly Found[]>,
): Promise<readonly Found[]> {
  const pages: (readonly Found[])[] = []
  for (let from = 0; from < ids.length; from += pageSize) pages.push(await read(ids.slice(from, from + pageSize)))
  return pages.flat()
}

type ShownMessage = ContactExport['conversations'][number]['messages'][number]
const toShown = ({ id: _id, conversationId: _in, at, own, authorName, media, ...said }: Row): ShownMessage => ({
  ...said,
  at: at.toISOString(),
  by: own ? 'us' : authorName,
  media: Shown.parse(media),
})
