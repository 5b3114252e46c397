import { newId } from '@/lib/core/ids'
import type { Person } from '@/lib/platforms'
import type { Work } from '@/lib/workspace'

/** Somebody seen at a network, and when they were last seen there. */
export type Seen = { readonly platform: string; readonly person: Person; readonly at: Date }

export type Recognised = { readonly identityId: string; readonly contactId: string }

/** How one person is named among those that were seen together. */
export const personKey = ({ platform, person }: Pick<Seen, 'platform' | 'person'>): string =>
  `${platform}\n${person.externalId}`

/**
 * Finds the people behind what came in, and makes a contact of each that is new. Of several sightings of one person the
 * latest gives name and picture. Runs in the caller's transaction; may be repeated, in any order, with the same end.
 * @returns by `personKey`.
 */
export async function recognise(
  work: Work,
  workspaceId: string,
  seen: readonly Seen[],
): Promise<Map<string, Recognised>> {
  const latest = new Map<string, Seen>()
  for (const each of seen) {
    const known = latest.get(personKey(each))
    if (!known || known.at <= each.at) latest.set(personKey(each), each)
  }
  // Always in the same order: two batches with the same people must not wait for each other.
  const people = [...latest.values()].sort((a, b) => (personKey(a) < personKey(b) ? -1 : 1))
  const found = new Map<string, Recognised>()
  for (const each of people) found.set(personKey(each), await recogniseOne(work, workspaceId, each))
  return found
}

async function recogniseOne({ db }: Work, workspaceId: string, { platform, person, at }: Seen): Promise<Recognised> {
  const { externalId, handle, displayName, avatarUrl, followers } = person
  const key = { workspaceId, platform, externalId }
  const looks = {
    handle,
    displayName,
    ...(avatarUrl ? { avatarUrl } : {}),
    ...(followers === undefined ? {} : { followers }),
  }
  const known = await db.contactIdentity.findUnique({
    where: { workspaceId_platform_externalId: key },
    select: { id: true, contactId: true, handle: true, displayName: true, avatarUrl: true, followers: true },
  })
  if (known) {
    const differs =
      known.handle !== handle ||
      known.displayName !== displayName ||
      (avatarUrl !== undefined && known.avatarUrl !== avatarUrl) ||
      (followers !== undefined && known.followers !== followers)
    // Somebody who was seen since under another name keeps that one.
    const { count } = await db.contact.updateMany({
      where: { id: known.contactId, lastSeenAt: { lte: at } },
      data: { lastSeenAt: at },
    })
    if (differs && count > 0)
      await db.contactIdentity.update({ where: { id: known.id }, data: looks, select: { id: true } })
    return { identityId: known.id, contactId: known.contactId }
  }
  const contactId = newId()
  await db.contact.create({
    data: { id: contactId, workspaceId, name: displayName || handle, avatarUrl: avatarUrl ?? null, lastSeenAt: at },
    select: { id: true },
  })
  const [made] = await db.contactIdentity.createManyAndReturn({
    data: [{ id: newId(), ...key, ...looks, contactId }],
    skipDuplicates: true,
    select: { id: true, contactId: true },
  })
  if (made) return { identityId: made.id, contactId: made.contactId }
  // Another transaction was first: its contact stands, ours goes.
  await db.contact.delete({ where: { id: contactId }, select: { id: true } })
  const theirs = await db.contactIdentity.findUniqueOrThrow({
    where: { workspaceId_platform_externalId: key },
    select: { id: true, contactId: true },
  })
  return { identityId: theirs.id, contactId: theirs.contactId }
}
