import { z } from 'zod'
import { day, now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { isGone, onward, type Edge, type GraphReply, type GraphTrouble } from './graph'
import { nothingUnder } from './look'
import { parseJson } from './outcome'
import type { Answer, Incoming, IncomingPage, PlatformError } from './platform'
import { Place, readOn, type Entries, type Entry, type ReadSoFar } from './read-on'

/** Graph's times have no colon in their zone. */
export const isoTime = (time: string): string => new Date(time).toISOString()

/** How far the first look goes back. ISO 8601. */
export const firstLook = (): string => new Date(now().getTime() - day).toISOString()

/** Graph's times are to the second: what shares its second with the newest is read again, and known by its id. */
const latest = (items: readonly Pick<Incoming, 'at'>[], before: string): string =>
  items.reduce((newest, { at }) => {
    const earlier = new Date(Date.parse(at) - 1000).toISOString()
    return earlier > newest ? earlier : newest
  }, before)

export const oldestFirst = (items: readonly Incoming[]): readonly Incoming[] =>
  items.toSorted((a, b) => a.at.localeCompare(b.at))

/**
 * Up to when a list was read (ISO 8601). While one look goes on, where it does, and up to when the next needs not look.
 * `floor` after a look that went on: a chat may have moved to the front meanwhile, and what it held before was not read.
 */
const Reached = z.object({
  since: z.iso.datetime(),
  newest: z.iso.datetime(),
  place: Place.optional(),
  floor: z.iso.datetime().optional(),
})
export type Reached = z.output<typeof Reached>

/** @param cursor a time alone (ISO 8601) where no look is going on */
function reachedBy(cursor: string): Reached {
  const goingOn = Reached.safeParse(parseJson(cursor))
  if (goingOn.success) return goingOn.data
  const since = z.iso.datetime().parse(cursor)
  return { since, newest: since }
}

/** From when on something is looked at (unix ms). */
export const floorOf = ({ since, floor }: Reached): number => Date.parse(floor ?? since)

/** What is new of what was read, oldest first. The cursor passes nothing that was not read. */
export function newsOf({ said, place, isEnd }: ReadSoFar<Incoming>, before: Reached) {
  const items = oldestFirst(said.filter(({ at }) => Date.parse(at) > floorOf(before)))
  const newest = latest(items, before.newest)
  const goingOn: Reached = { ...before, newest, place }
  const wentOn: Reached = { since: newest, newest, floor: before.since }
  const cursor = isEnd ? (before.place ? JSON.stringify(wentOn) : newest) : JSON.stringify(goingOn)
  return { items, cursor, more: place !== undefined }
}

/** What is new in one list. `list` gives a page of it. */
export async function newsIn(
  cursor: string,
  q: { readonly calls: number; list(page: string | undefined, reached: Reached): Answer<Entries<Incoming>> },
): Answer<ReturnType<typeof newsOf>> {
  const reached = reachedBy(cursor)
  const read = await readOn({ calls: q.calls, from: reached.place, list: (page) => q.list(page, reached) })
  return read.ok ? ok(newsOf(read.value, reached)) : read
}

/** How it is found out whether a post is gone. */
type PostAsked = {
  /** The post, by itself. */
  post(): GraphReply<unknown>
  /** The list in which the account's own posts stand, its newest page. */
  own(): GraphReply<Edge<{ readonly id: string }>>
}

/**
 * Whether a post is gone, of which Meta said that there is no such thing: it says the same of what an app may not see (code
 * 100, subcode 33: "does not exist, cannot be loaded due to missing permissions"). It is gone when it is not to be had by
 * itself either, while the list of the account's own posts is, which wants the same permission, and does not have it.
 */
export async function isPostGone(id: string, { post, own }: PostAsked): Promise<boolean> {
  const asked = await post()
  if (asked.ok || !isGone(asked.error)) return false
  const listed = await own()
  return listed.ok && !listed.value.body.data.some((one) => one.id === id)
}

/**
 * What is new under a post. `listsAll`: a list read from its first page to its last has all that stands there.
 * `isHidden` is undefined where the network does not say. `list` is to say by `failed` why it failed.
 */
export async function newsUnder<Said>(
  cursor: string | undefined,
  q: PostAsked & {
    readonly id: string
    readonly calls: number
    readonly listsAll: boolean
    failed(trouble: GraphTrouble): PlatformError
    list(
      page: string | undefined,
      how: { readonly reached: Reached; failed(trouble: GraphTrouble): PlatformError },
    ): Answer<Entries<Said>>
    toIncoming(one: Said): Incoming
    isHidden(one: Said): boolean | undefined
  },
): Answer<IncomingPage> {
  const reached = reachedBy(cursor ?? new Date(0).toISOString())
  let mayBeGone = false
  const failed = (trouble: GraphTrouble): PlatformError => {
    mayBeGone = isGone(trouble)
    return q.failed(trouble)
  }
  const read = await readOn({ calls: q.calls, from: reached.place, list: (page) => q.list(page, { reached, failed }) })
  if (!read.ok) return mayBeGone && (await isPostGone(q.id, q)) ? ok(nothingUnder('gone', cursor)) : read
  const there = read.value.said.map((one) => q.toIncoming(one))
  const hidings = read.value.said.flatMap((one, nth) => {
    const [hidden, item] = [q.isHidden(one), there[nth]]
    return hidden === undefined || !item ? [] : [{ externalId: item.externalId, hidden }]
  })
  const isAll = q.listsAll && read.value.isWhole
  return ok({ ...newsOf({ ...read.value, said: there }, reached), ...(isAll ? { there } : {}), hidings })
}

/** A page of an edge as a list is read on. */
export async function entriesOf<T, Said>(
  reply: GraphReply<Edge<T>>,
  q: {
    failed(trouble: GraphTrouble): PlatformError
    toEntry(one: T): Entry<Said>
    /** Of edges whose newest come first: whether this and all after it was read before. */
    isOld?(one: T): boolean
  },
): Answer<Entries<Said>> {
  const answer = await reply
  if (!answer.ok) return fail(q.failed(answer.error))
  const { body } = answer.value
  const isPast = q.isOld !== undefined && body.data.every((one) => q.isOld?.(one))
  return ok({ entries: body.data.map((one) => q.toEntry(one)), next: isPast ? undefined : nextOf(body) })
}

/** What leads to the page after this one, as a text. */
export const nextOf = ({ data, paging }: Edge<unknown>): string | undefined =>
  paging?.next && data.length > 0 ? String(onward(paging.next)) || undefined : undefined
