import { z } from 'zod'
import { beyond, noSuchPlace } from '@/lib/core/beyond'
import { fail, ok, type Result } from '@/lib/core/result'
import { here, query, sql, type Ctx } from '@/lib/workspace'
import { combined, partColumns, toIdentity } from './combine'
import {
  leadStages,
  ListContacts,
  notesAtOnce,
  OneContact,
  type ContactCard,
  type ContactDetail,
  type ContactPage,
} from './schema'
import { noSuchContact, notesAbout } from './notes'
import { peopleNamed, type PlaceAmong } from './named'
import { atStage } from './stage'
import { talksOf } from './talks'

const Cursor = z.object({ at: z.coerce.date(), id: z.string() })
const cursorOf = ({ lastSeenAt, id }: ContactCard): string =>
  Buffer.from(JSON.stringify({ at: lastSeenAt, id })).toString('base64url')

/** A place in the list; undefined for a cursor that is not one of ours. */
function placeOf(cursor: string): PlaceAmong | undefined {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined
    throw error
  }
}

type Chosen = Omit<z.output<typeof ListContacts>, 'cursor' | 'search'> & { readonly from: PlaceAmong | undefined }
const inOrder = [{ lastSeenAt: 'desc' as const }, { id: 'desc' as const }]
const shown = { ...partColumns, parts: { select: partColumns } }

const read = (ctx: Ctx, { tag, stage, platform, take, from }: Chosen) =>
  ctx.db.contact.findMany({
    where: {
      rootId: null,
      erasedAt: null,
      AND: [
        from ? beyond({ lastSeenAt: from.at }, { id: from.id }, 'desc') : {},
        tag ? { OR: [{ tags: { has: tag } }, { parts: { some: { tags: { has: tag } } } }] } : {},
        stage ? atStage(stage) : {},
        platform ? { identities: { some: { platform } } } : {},
      ],
    },
    orderBy: inOrder,
    take,
    select: shown,
  })

/** The same of those who bear a name. */
async function readNamed(ctx: Ctx, search: string, chosen: Chosen) {
  const ids = await peopleNamed(ctx, search, chosen)
  return ctx.db.contact.findMany({ where: { id: { in: ids } }, orderBy: inOrder, select: shown })
}

/** People who wrote to us or about us, the last seen first. Those merged into another are found by it. */
export const listContacts = query({
  can: 'contact.read',
  input: ListContacts,
  async run(ctx, { cursor, search, ...chosen }): Promise<Result<ContactPage>> {
    const from = cursor ? placeOf(cursor) : undefined
    if (cursor && !from) return fail(noSuchPlace)
    const { take } = chosen
    const more = { ...chosen, take: take + 1, from }
    const rows = search ? await readNamed(ctx, search, more) : await read(ctx, more)
    const page = rows.slice(0, take)
    const talks = await talksOf(
      ctx,
      page.map(({ id }) => id),
    )
    const items = page.map(({ parts, ...own }) => ({ ...combined(own, parts).card, ...talks(own.id) }))
    const last = items.at(-1)
    return ok({ items, next: rows.length > take && last ? cursorOf(last) : null })
  },
})

/** One person. Asked for one that was merged, it gives the one that stands for them. */
export const getContact = query({
  can: 'contact.read',
  input: OneContact,
  async run(ctx, { contactId }): Promise<Result<ContactDetail>> {
    const asked = await ctx.db.contact.findUnique({ where: { id: contactId }, select: { rootId: true } })
    if (!asked) return fail(noSuchContact)
    const id = asked.rootId ?? contactId
    const row = await ctx.db.contact.findUniqueOrThrow({
      where: { id },
      select: {
        ...partColumns,
        createdAt: true,
        erasedAt: true,
        parts: { select: { ...partColumns, mergedAt: true }, orderBy: { mergedAt: 'asc' } },
      },
    })
    const { parts, createdAt, erasedAt, ...own } = row
    const notes = await notesAbout(ctx, [id, ...parts.map((part) => part.id)], { take: notesAtOnce })
    const { card, fields, consent } = combined(own, parts)
    const talks = await talksOf(ctx, [id])
    return ok({
      ...card,
      ...talks(id),
      fields,
      consent,
      createdAt: createdAt.toISOString(),
      erasedAt: erasedAt?.toISOString() ?? null,
      parts: parts.map((part) => ({
        id: part.id,
        name: part.name,
        mergedAt: part.mergedAt?.toISOString() ?? null,
        identities: own.identities.filter(({ homeId }) => homeId === part.id).map(toIdentity),
      })),
      notes: notes.items,
      earlierNotes: notes.next,
    })
  },
})

/** Every tag in use, in alphabetical order, and the stages there are. */
export const listContactTags = query({
  can: 'contact.read',
  input: z.object({}),
  async run(ctx): Promise<Result<{ tags: readonly string[]; stages: typeof leadStages }>> {
    const rows = await sql(ctx)<{ tag: string }>`
      select distinct unnest(c.tags) as tag from "Contact" c where c."workspaceId" = ${here} order by 1 limit 500`
    return ok({ tags: rows.map(({ tag }) => tag), stages: leadStages })
  },
})
