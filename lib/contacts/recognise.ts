import { now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import type { Person } from '@/lib/platforms'
import { here, type Work } from '@/lib/workspace'
import { furthest } from './stage'

/** Somebody seen at a network, and when they were last seen there. */
export type Seen = { readonly platform: string; readonly person: Person; readonly at: Date }

type Named = Pick<Seen, 'platform' | 'person'>

export type Recognised = {
  readonly identityId: string
  readonly contactId: string
  readonly leadStage: string
  readonly handle: string
  readonly displayName: string
  readonly avatarUrl: string | null
}

export type Acquainted = {
  /** By `personKey`. */
  readonly people: ReadonlyMap<string, Recognised>
  /** Identities that have a name now and had none. */
  readonly named: readonly string[]
  /** Identities that were met just now, by an id alone. */
  readonly nameless: readonly string[]
}

/** How one person is named among those that were seen together. */
export const personKey = ({ platform, person }: Named): string => `${platform}\n${person.externalId}`

/**
 * Finds the people behind what came in, and makes a contact of each that is new. Of several sightings of one person the
 * latest gives name and picture; a contact's own follow until somebody changed them. One that names nobody takes no name
 * away, and whoever is named at last is, however long ago that was seen. Runs in the caller's transaction; may be
 * repeated, in any order, with the same end.
 */
export async function recognise(work: Work, workspaceId: string, seen: readonly Seen[]): Promise<Acquainted> {
  const latest = new Map<string, Seen>()
  for (const each of seen) {
    const known = latest.get(personKey(each))
    const telling = known && !tellsMore(each, known) ? known : each
    // Whoever names nobody has been there all the same.
    latest.set(
      personKey(each),
      known && known.at > each.at ? { ...telling, at: known.at } : { ...telling, at: each.at },
    )
  }
  if (latest.size === 0) return { people: new Map(), named: [], nameless: [] }
  // Always in the same order: two batches with the same people must not wait for each other.
  const people = [...latest.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each)
  const before = await peopleNamed(work, people)
  const strangers = people.filter((each) => !before.has(personKey(each)))
  const metElsewhere = strangers.length > 0 ? await meet(work, workspaceId, strangers) : []
  const named = await see(work, [...people.filter((each) => before.has(personKey(each))), ...metElsewhere])
  const isNameless = ({ person }: Seen) => person.nameless === true
  // Whoever named them in the same moment is waited for by now.
  const known =
    strangers.length > 0 || named.length > 0 || people.some(isNameless) ? await peopleNamed(work, people) : before
  const nameless = strangers.filter(isNameless).flatMap((each) => known.get(personKey(each))?.identityId ?? [])
  return { people: known, named, nameless }
}

/** Of two sightings of one person. */
const tellsMore = (a: Seen, b: Seen): boolean =>
  a.person.nameless === b.person.nameless ? a.at >= b.at : b.person.nameless === true

/** Those of them who are known, by `personKey`, without taking them for seen. */
export async function peopleNamed({ sql }: Work, people: readonly Named[]): Promise<ReadonlyMap<string, Recognised>> {
  if (people.length === 0) return new Map()
  const rows = await sql<Recognised & { readonly platform: string; readonly externalId: string }>`
    select i.id as "identityId", i."contactId", i.platform, i."externalId", i.handle, i."displayName", i."avatarUrl",
      -- As stageOf finds it.
      coalesce(nullif(c."leadStage", 'none'), (
        select p."leadStage" from "Contact" p
        where p."rootId" = c.id and p."leadStage" <> 'none' and p."workspaceId" = ${here}
        order by array_position(${furthest}, p."leadStage") limit 1), 'none') as "leadStage"
    from "ContactIdentity" i join "Contact" c on c.id = i."contactId" and c."workspaceId" = ${here}
    where (i.platform, i."externalId") in (
        select a.platform, a."externalId" from jsonb_to_recordset(${namesOf(people)}::jsonb) as a(platform text, "externalId" text))
      and i."workspaceId" = ${here}`
  return new Map(
    rows.map(({ platform, externalId, ...known }) => [
      personKey({ platform, person: { externalId, handle: '', displayName: '' } }),
      known,
    ]),
  )
}

/**
 * Keeps those of these who are known from being merged, separated and erased until the transaction ends. Whoever takes in
 * what they say calls it before anything else, and then sees what was erased before.
 */
export async function holdSeen({ sql }: Work, people: readonly Named[]): Promise<void> {
  if (people.length === 0) return
  await sql`
    select i.id from "ContactIdentity" i join "Contact" c on c.id = i."contactId" and c."workspaceId" = ${here}
    where (i.platform, i."externalId") in (
        select a.platform, a."externalId" from jsonb_to_recordset(${namesOf(people)}::jsonb) as a(platform text, "externalId" text))
      and i."workspaceId" = ${here}
    order by c.id, i.id for key share of c, i`
}

const namesOf = (people: readonly Named[]): string =>
  JSON.stringify(people.map(({ platform, person: { externalId } }) => ({ platform, externalId })))

const asked = (people: readonly Seen[]): string =>
  JSON.stringify(
    people.map(({ platform, person, at }) => ({
      ...person,
      platform,
      at,
      name: person.displayName || person.handle,
    })),
  )

/**
 * Makes contacts of people nobody knew. Who was met by another transaction in the same moment keeps that one's contact.
 * @returns those
 */
async function meet({ sql, db }: Work, workspaceId: string, people: readonly Seen[]): Promise<readonly Seen[]> {
  const made = people.map(({ platform, person, at }) => ({
    contactId: newId(),
    data: {
      id: newId(),
      workspaceId,
      platform,
      externalId: person.externalId,
      handle: person.handle,
      displayName: person.displayName,
      ...(person.avatarUrl ? { avatarUrl: person.avatarUrl } : {}),
      ...(person.followers === undefined ? {} : { followers: person.followers }),
      ...(person.nameless ? { nameless: true, nameAskAt: now() } : {}),
    },
    at,
  }))
  await db.contact.createMany({
    data: made.map(({ contactId, data, at }) => ({
      id: contactId,
      workspaceId,
      name: data.displayName || data.handle,
      avatarUrl: data.avatarUrl ?? null,
      lastSeenAt: at,
    })),
  })
  const kept = await db.contactIdentity.createManyAndReturn({
    data: made.map(({ contactId, data }) => ({ ...data, contactId })),
    skipDuplicates: true,
    select: { contactId: true },
  })
  if (kept.length === made.length) return []
  const ours = new Set(kept.map(({ contactId }) => contactId))
  const spare = made.map(({ contactId }) => contactId).filter((id) => !ours.has(id))
  await sql`delete from "Contact" c where c.id = any(${spare}) and c."workspaceId" = ${here}`
  return people.filter((_, n) => spare.includes(made[n]?.contactId ?? ''))
}

/**
 * Notes that people we know were seen. Somebody who was seen since under another name keeps that one.
 * @returns the identities that have a name now and had none.
 */
async function see({ sql }: Work, people: readonly Seen[]): Promise<readonly string[]> {
  if (people.length === 0) return []
  const rows = await sql<{ readonly id: string; readonly named: boolean }>`
    with seen as (
      select a.*, a.nameless is not true as "isNamed" from jsonb_to_recordset(${asked(people)}::jsonb) as a(
        platform text, "externalId" text, handle text, "displayName" text, name text, "avatarUrl" text, followers int,
        nameless boolean, at timestamp(3))
    ), known as (
      select i.id, i."contactId", i."displayName" as "oldName", i.handle as "oldHandle", i."avatarUrl" as "oldAvatar",
        i.nameless and s."isNamed" as "getsName", s.*
      from "ContactIdentity" i join seen s on s.platform = i.platform and s."externalId" = i."externalId"
      where i."workspaceId" = ${here}
    ), later as (
      select k.* from known k join "Contact" c on c.id = k."contactId" and c."workspaceId" = ${here}
      where c."lastSeenAt" is null or c."lastSeenAt" <= k.at or k."getsName"
      order by c.id for no key update of c
    ), contacts as (
      update "Contact" c set "lastSeenAt" = greatest(c."lastSeenAt", l.at), "updatedAt" = ${now()},
        name = case when l."isNamed" and c.name in (l."oldName", l."oldHandle") then l.name else c.name end,
        "avatarUrl" = case when coalesce(c."avatarUrl", '') = coalesce(l."oldAvatar", '') then coalesce(l."avatarUrl", c."avatarUrl")
          else c."avatarUrl" end
      from later l where c.id = l."contactId" and c."workspaceId" = ${here}
    )
    update "ContactIdentity" i set handle = case when l."isNamed" then coalesce(nullif(l.handle, ''), i.handle) else i.handle end,
      "displayName" = case when l."isNamed" then l."displayName" else i."displayName" end,
      "avatarUrl" = coalesce(l."avatarUrl", i."avatarUrl"), followers = coalesce(l.followers, i.followers),
      nameless = i.nameless and not l."isNamed", "nameAskAt" = case when l."isNamed" then null else i."nameAskAt" end
    from later l where i.id = l.id and i."workspaceId" = ${here}
    returning i.id, l."getsName" as named`
  return rows.flatMap(({ id, named }) => (named ? [id] : []))
}
