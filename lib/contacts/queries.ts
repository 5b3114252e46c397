import { z } from 'zod'
import { beyond } from '@/lib/core/beyond'
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

type Chosen = Omit<z.output<typeof ListContacts>, 'cursor'>
const read = (
  ctx: Ctx,
  { tag, stage, platform, take, ids, from }: Chosen & { ids?: string[]; from?: PlaceAmong | undefined },
) =>
  ctx.db.contact.findMany({
    where: {
      rootId: null,
      erasedAt: null,
      AND: [
        from ? beyond({ lastSeenAt: from.at }, { id: from.id }, 'desc') : {},
        tag ? { OR: [{ tags: { has: tag } }, { parts: { some: { tags: { has: tag } } } }] } : {},
        stage ? atStage(stage) : {},
        platform ? { identities: { some: { platform } } } : {},
        ids ? { id: { in: ids } } : {},
      ],
    },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    take,
    select: { ...partColumns, parts: { select: partColumns } },
  })

/** So many names are looked through at a time. */
const namesAtOnce = 5_000

/** Those of a name who are as chosen: few of them may be, so names are looked through until there are enough. */
async function readNamed(ctx: Ctx, search: string, chosen: Chosen, from: PlaceAmong | undefined) {
  const rows: Awaited<ReturnType<typeof read>> = []
  for (let at = from; rows.length < chosen.take;) {
    const named = await peopleNamed(ctx, search, { from: at, most: namesAtOnce })
    const ids = named.map(({ id }) => id)
    rows.push(...(await read(ctx, { ...chosen, take: chosen.take - rows.length, ids })))
    at = named.at(-1)
    if (named.length < namesAtOnce) break
  }
  return rows
}

/** People who wrote to us or about us, the last seen first. Those merged into another are found by it. */
export const listContacts = query({
  can: 'contact.read',
  input: ListContacts,
  async run(ctx, { cursor, search, ...chosen }): Promise<Result<ContactPage>> {
    const from = cursor ? placeOf(cursor) : undefined
    if (cursor && !from)
      return fail({
        code: 'VALIDATION_ERROR',
        message: 'This is not where a list left off. Begin again without a cursor.',
        fields: { cursor: ['must be the `next` of the page before'] },
      })
    const { take } = chosen
    const more = { ...chosen, take: take + 1 }
    const rows = search ? await readNamed(ctx, search, more, from) : await read(ctx, { ...more, from })
    const shown = rows.slice(0, take)
    const talks = await talksOf(
      ctx,
      shown.map(({ id }) => id),
    )
    const items = shown.map(({ parts, ...own }) => ({ ...combined(own, parts).card, ...talks(own.id) }))
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
