import { newId } from '@/lib/core/ids'
import type { Incoming } from '@/lib/platforms'
import { here, type Ctx, type Work } from '@/lib/workspace'
import { standsAs, type Told } from './merge-items'
import { placedLate, withBelow } from './placed-late'
import { between, goingOf, moveMessages, straysAmong, sweepEmptied, type Going, type Stray } from './strays'

type About = {
  readonly accountId: string
  readonly platform: string
  /** All that is told, by the network's name for it. */
  readonly told: ReadonlyMap<string, Told>
  /** Conversations that are changed besides. */
  readonly otherIds: readonly string[]
}

type Placed = {
  /** Where something that is new comes to stand, by the network's name for it. */
  readonly of: ReadonlyMap<string, string>
  /** The networks' names for conversations, by their ids. They are those that are locked. */
  readonly keys: ReadonlyMap<string, string>
  /** Messages that went to another conversation. */
  readonly moved: readonly Going[]
  /** Those of them of which it was not known before where they belong. */
  readonly placed: readonly Going[]
}

/** What a message answers, where it stands wherever that stands. */
export const standsUnder = ({ conversationOf, parent }: Incoming): string | undefined =>
  conversationOf === 'parent' ? parent : undefined

/**
 * Finds the conversations that messages stand in, or makes those of new ones, and locks them with those others that are
 * changed besides: two batches must not sum up one at once, nor wait for each other. What is known stays where it stands,
 * since reports of its end seldom say where that is; but what came before that which it answers follows it, and what was
 * reported before anything told where it belongs goes there, with all below it, whoever did what about it meanwhile.
 */
export async function conversationsOf(
  ctx: Pick<Ctx, 'workspaceId'>,
  work: Work,
  { accountId, platform, told, otherIds }: About,
): Promise<Placed> {
  const { db } = work
  const stand = await db.message.findMany({
    where: { accountId, externalId: { in: [...told.keys()] } },
    select: { externalId: true, conversationId: true, via: true },
  })
  const known = new Set(stand.map(({ externalId }) => externalId))
  const late = await placedLate(work, accountId, told)
  const begun = new Map(
    [...told].flatMap(([externalId, words]): [string, Incoming][] => {
      const item = late.get(externalId)?.item ?? (known.has(externalId) ? undefined : (standsAs(words) ?? words))
      return item ? [[externalId, item]] : []
    }),
  )
  const above = [...begun.values()].flatMap((item) => standsUnder(item) ?? [])
  const held = await heldAmong(work, accountId, above)
  // Our own answer stood here before its echo came: what was said under it meanwhile may stand elsewhere.
  const echoed = stand.filter(({ externalId, via }) => via === 'reply' && isUnder(told.get(externalId)))
  const arrived = new Map(echoed.map(({ externalId, conversationId }) => [externalId, conversationId]))
  const roots = rootsOf({ begun, strays: new Map(), held })
  const about = new Map<string, Incoming>()
  for (const name of begun.keys()) {
    const root = roots(name)
    if ('begins' in root) about.set(root.begins.conversation, root.begins)
  }
  const keys = [...about.keys()].sort()
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
  const ids = [...stand.map(({ conversationId }) => conversationId), ...held.values(), ...otherIds]
  const leaving = [...[...begun].flatMap(([name, item]) => (isUnder(item) ? [name] : [])), ...arrived.keys()]
  const rows = await holdAll(work, accountId, { keys: [...keys, ...leaving], ids })
  const byKey = new Map(
    rows.flatMap(({ id, joinedId, externalKey, isOfAccount }) =>
      isOfAccount ? [[externalKey, joinedId ?? id] as const] : [],
    ),
  )
  const strays = await straysAmong(
    work,
    leaving.flatMap((name) => byKey.get(name) ?? []),
  )
  // Another batch may have been told the same, and was first.
  const placed = late.size > 0 ? await placedLate(work, accountId, told) : late
  for (const name of late.keys()) if (!placed.has(name)) begun.delete(name)
  const rootOf = rootsOf({ begun, strays, held: new Map([...held, ...arrived]) })
  const placeOf = (name: string): string => {
    const root = rootOf(name)
    const id = 'begins' in root ? byKey.get(root.begins.conversation) : root.stands
    if (id === undefined) throw new Error(`No conversation was made for ${name}`)
    return id
  }
  const arriving = await withAllBelow(work, goingOf([...placed.values()], placeOf))
  const moved = [...goingOf([...strays.values()], placeOf), ...arriving]
  await moveMessages(work, moved)
  return {
    of: new Map([...begun.keys()].map((name) => [name, placeOf(name)])),
    keys: new Map(rows.map(({ id, externalKey }) => [id, externalKey])),
    moved,
    placed: arriving.filter(({ id }) => [...placed.values()].some((one) => one.id === id)),
  }
}

/** What goes with these, wherever they go. */
async function withAllBelow(work: Work, going: readonly Going[]): Promise<readonly Going[]> {
  if (going.length === 0) return []
  const toOf = new Map(going.map(({ id, to }) => [id, to]))
  const rows = await withBelow(work, [...toOf.keys()])
  return rows.map(({ id, conversationId: from, withId }) => ({ id, from, to: toOf.get(withId) ?? from }))
}

type Row = {
  readonly id: string
  readonly externalKey: string
  readonly joinedId: string | null
  readonly isOfAccount: boolean
}

/**
 * Locks conversations by the account's names for them and by id, as one does who changes them, and those that they joined.
 * They are given as they are called once they are held: who erases somebody calls the chat with them by another name.
 */
async function holdAll(
  { sql }: Work,
  accountId: string,
  { keys, ids }: { readonly keys: readonly string[]; readonly ids: readonly string[] },
): Promise<readonly Row[]> {
  const lock = (externalKeys: readonly string[], conversationIds: readonly string[]) => sql<Row>`
    select c.id, c."externalKey", c."joinedId", c."accountId" = ${accountId} as "isOfAccount" from "Conversation" c
    where ((c."accountId" = ${accountId} and c."externalKey" = any(${externalKeys})) or c.id = any(${conversationIds})) and c."workspaceId" = ${here}
    order by c.id for no key update`
  const rows = [...(await lock(keys, ids))]
  for (;;) {
    const joined = rows.flatMap(({ joinedId }) => joinedId ?? []).filter((id) => !rows.some((row) => row.id === id))
    if (joined.length === 0) return rows
    rows.push(...(await lock([], joined)))
  }
}

type Said = { readonly externalId: string; readonly conversationId: string }

/**
 * Lets what was said under something that has just come to stand follow it there. All these conversations must be locked.
 * @param calledSo the ids of those that go by its name
 * @returns those that are to be summed up besides its own
 */
export async function gatherUnder(work: Work, { externalId, conversationId }: Said, calledSo: readonly string[]) {
  const strays = await straysAmong(work, calledSo)
  const rootOf = rootsOf({ begun: new Map(), strays, held: new Map([[externalId, conversationId]]) })
  const placeOf = (name: string): string => {
    const root = rootOf(name)
    if ('begins' in root) throw new Error(`${name} is not new`)
    return root.stands
  }
  const going = goingOf([...strays.values()], placeOf)
  await moveMessages(work, going)
  return sweepEmptied(
    work,
    between(going).filter((id) => id !== conversationId),
  )
}

const isUnder = (item: Incoming | undefined): boolean => item !== undefined && standsUnder(item) !== undefined

/** Where these stand, of those that the account has. */
async function heldAmong({ db }: Work, accountId: string, names: readonly string[]) {
  if (names.length === 0) return new Map<string, string>()
  const rows = await db.message.findMany({
    where: { accountId, externalId: { in: [...new Set(names)] } },
    select: { externalId: true, conversationId: true },
  })
  return new Map(rows.map(({ externalId, conversationId }) => [externalId, conversationId]))
}

/** What decides where something stands: a conversation that is there, or the name that something new has for its own. */
type Root = { readonly stands: string } | { readonly begins: Incoming }
type Family = {
  readonly begun: ReadonlyMap<string, Incoming>
  readonly strays: ReadonlyMap<string, Stray>
  readonly held: ReadonlyMap<string, string>
}

/** Follows what stands under what, of those that are new and those that may follow, up to what stands by itself. */
function rootsOf({ begun, strays, held }: Family): (name: string) => Root {
  const found = new Map<string, Root>()
  const aboveOf = (name: string): string | undefined => {
    const item = begun.get(name)
    return item ? standsUnder(item) : strays.get(name)?.under
  }
  return (name) => {
    const path = new Set<string>()
    let top = name
    for (let next: string | undefined = name; next !== undefined;) {
      path.add((top = next))
      if (found.has(top)) break
      const above = aboveOf(top)
      const goesOn = above !== undefined && (begun.has(above) || strays.has(above))
      // A network that says of two that each answers the other is not followed round.
      next = goesOn && !path.has(above) ? above : undefined
    }
    const stands = held.get(aboveOf(top) ?? '') ?? strays.get(top)?.conversationId
    const item = begun.get(top)
    const own = stands === undefined ? item && { begins: item } : { stands }
    const root = found.get(top) ?? own
    if (!root) throw new Error(`Nothing is known of ${name}`)
    for (const each of path) found.set(each, root)
    return root
  }
}
