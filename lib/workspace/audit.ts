import { z } from 'zod'
import { Temporal } from 'temporal-polyfill'
import { ok } from '@/lib/core/result'
import type { Ctx } from './context'
import { commitmentIn } from './excerpts'
import { nextOf } from './members'
import { query } from './operation'
import { ListEvents, type EventRow, type Paged } from './schema'
import { sentenceOf, storedAs, typeOf } from './sentences'
import { sentenceInGeneral } from './sentences-in-general'
import { here, sql } from './sql'

/** The start of a day on the workspace's wall clock, which need not be midnight. */
const dayStart = (day: string, timeZone: string, plusDays = 0): Date =>
  new Date(Temporal.PlainDate.from(day).add({ days: plusDays }).toZonedDateTime(timeZone).epochMilliseconds)

/** What happened in the workspace, the latest first. */
export const listEvents = query({
  can: 'audit.read',
  input: ListEvents,
  async run(ctx, { after, take, type, actor, from, to }) {
    const { timeZone } = ctx.workspace
    const rows = await ctx.db.event.findMany({
      where: {
        ...(after ? { id: { lt: after } } : {}),
        ...(type ? { type: { in: storedAs(type) } } : {}),
        ...(actor ? { actorId: actor } : {}),
        ...(from || to
          ? {
              at: {
                ...(from ? { gte: dayStart(from, timeZone) } : {}),
                ...(to ? { lt: dayStart(to, timeZone, 1) } : {}),
              },
            }
          : {}),
      },
      orderBy: { id: 'desc' },
      take: take + 1,
      include: { excerpt: { select: { text: true } } },
    })
    const names = await namesOf(ctx, rows)
    const page: Paged<EventRow> = {
      rows: rows.slice(0, take).map((event) => {
        const name = event.actorKind === 'system' ? 'Posthorn' : (names.get(event.actorId) ?? 'Someone')
        const { id, at, subjectType, subjectId, requestId } = event
        return {
          id,
          at,
          type: typeOf(event.type),
          subjectType,
          subjectId,
          requestId,
          actor: name,
          sentence: sentenceOf(event),
          excerpt: event.excerpt ?? (commitmentIn(event.particulars) ? 'erased' : null),
        }
      }),
      ...nextOf(rows, take),
    }
    return ok(page)
  },
})

/** Names of those who acted: members, keys, and members who are gone, by what was noted when they joined. */
async function namesOf(
  { db }: Pick<Ctx, 'db'>,
  rows: readonly { actorId: string }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(rows.map(({ actorId }) => actorId))]
  const [members, keys, gone] = await Promise.all([
    db.member.findMany({ where: { id: { in: ids } }, select: { id: true, user: { select: { name: true } } } }),
    db.apiKey.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } }),
    db.event.findMany({
      where: { type: 'member.removed', subjectType: 'member', subjectId: { in: ids } },
      select: { subjectId: true, particulars: true },
    }),
  ])
  const named = z.object({ name: z.string() })
  return new Map([
    ...gone.map(
      ({ subjectId, particulars }) =>
        [subjectId, named.safeParse(particulars).data?.name ?? 'A former member'] as const,
    ),
    ...members.map(({ id, user }) => [id, user.name] as const),
    ...keys.map(({ id, name }) => [id, `API key “${name}”`] as const),
  ])
}

/** What the audit page can be filtered by: the types that occurred, and those who acted. */
export const listEventFilters = query({
  can: 'audit.read',
  input: z.object({}),
  async run(ctx) {
    const [types, actorIds] = await Promise.all([typesOf(ctx), actorsOf(ctx)])
    const names = await namesOf(
      ctx,
      actorIds.map((actorId) => ({ actorId })),
    )
    const inWords = types
      .map((type) => ({ type, words: sentenceInGeneral(type) }))
      .toSorted((a, b) => a.words.localeCompare(b.words, 'en'))
    return ok({ types: inWords, actors: actorIds.map((id) => ({ id, name: names.get(id) ?? 'Someone' })) })
  },
})

// From each to the next that there is, by one step into an index: however long the trail, it is as many as are found.
async function typesOf(ctx: Ctx): Promise<readonly string[]> {
  const rows = await sql(ctx)<{ type: string }>`
    with recursive occurred as (
      (select e.type from "Event" e where e."workspaceId" = ${here} order by e.type limit 1)
      union all
      select next.type from occurred o, lateral (
        select e.type from "Event" e where e.type > o.type and e."workspaceId" = ${here} order by e.type limit 1) next
    )
    select o.type from occurred o`
  return [...new Set(rows.map(({ type }) => typeOf(type)))].sort()
}

async function actorsOf(ctx: Ctx): Promise<readonly string[]> {
  const rows = await sql(ctx)<{ id: string }>`
    with recursive acted as (
      (select e."actorId" as id, e."actorKind" as kind from "Event" e where e."workspaceId" = ${here} order by e."actorId" limit 1)
      union all
      select next.id, next.kind from acted a, lateral (
        select e."actorId" as id, e."actorKind" as kind from "Event" e
        where e."actorId" > a.id and e."workspaceId" = ${here} order by e."actorId" limit 1) next
    )
    select a.id from acted a where a.kind in ('member', 'api_key')`
  return rows.map(({ id }) => id)
}
