import { day, inMs } from '@/lib/core/clock'
import type { Incoming } from '@/lib/platforms'
import type { Ctx, Work } from '@/lib/workspace'
import { standsUnder } from './conversations-of'
import { holdEnds } from './hold-ends'
import { mergeItems, mergeKnown, type Known } from './merge-items'

/** So long after the report that something was taken away its words may still come. */
const keptMs = 90 * day

/**
 * What is known from reports, message by message, by the network's own name for each. The end of what nobody has heard of
 * is not among it: it belongs to no conversation, and is noted until its words come late. Then it ends them at once.
 */
export async function heardOf(
  { workspaceId }: Pick<Ctx, 'workspaceId'>,
  work: Work,
  accountId: string,
  items: readonly Incoming[],
): Promise<ReadonlyMap<string, Known>> {
  const { db } = work
  const heard = mergeItems(items)
  // A report of an end has the last word on a message only where there is no other.
  const ends = [...heard].filter(([, { words }]) => words.change === 'deleted').map(([externalId]) => externalId)
  const mayBeUnknown = (await unknown(work, accountId, ends)).length > 0
  const hangs = [...heard.values()].some(({ words }) => words.unplaced === true || standsUnder(words) !== undefined)
  await holdEnds(work, accountId, mayBeUnknown || hangs)
  const late = mayBeUnknown ? await unknown(work, accountId, ends) : []
  const noted = late.flatMap((externalId) => {
    const { deletedAt: at, words } = heard.get(externalId) ?? {}
    return at && words ? [{ externalId, at, kind: words.kind }] : []
  })
  await db.goneMessage.createMany({
    data: noted.map(({ externalId, at }) => ({ workspaceId, accountId, externalId, at })),
    skipDuplicates: true,
  })
  // Which end counts, mergeKnown says.
  for (const { externalId, at, kind } of noted)
    await db.goneMessage.updateMany({
      where: { accountId, externalId, at: kind === 'reaction' ? { lt: at } : { gt: at } },
      data: { at },
    })
  if (noted.length > 0) await db.goneMessage.deleteMany({ where: { accountId, notedAt: { lt: inMs(-keptMs) } } })
  const rest = new Map([...heard].filter(([externalId]) => !late.includes(externalId)))
  return ended(work, accountId, rest)
}

/** Which of these messages nobody has heard of. */
async function unknown({ db }: Work, accountId: string, names: readonly string[]): Promise<readonly string[]> {
  if (names.length === 0) return []
  const rows = await db.message.findMany({
    where: { accountId, externalId: { in: [...names] } },
    select: { externalId: true },
  })
  const known = new Set(rows.map(({ externalId }) => externalId))
  return names.filter((name) => !known.has(name))
}

/** Ends what was noted as gone before anything was heard of it. */
async function ended(
  { db }: Work,
  accountId: string,
  heard: ReadonlyMap<string, Known>,
): Promise<ReadonlyMap<string, Known>> {
  const rows = await db.goneMessage.findMany({
    where: { accountId, externalId: { in: [...heard.keys()] } },
    select: { externalId: true, at: true },
  })
  if (rows.length === 0) return heard
  await db.goneMessage.deleteMany({
    where: { accountId, externalId: { in: rows.map(({ externalId }) => externalId) } },
  })
  const endOf = new Map(rows.map(({ externalId, at }) => [externalId, at]))
  return new Map(
    [...heard].map(([externalId, known]) => {
      const at = endOf.get(externalId)
      const end = at && { ...known.words, change: 'deleted' as const, at: at.toISOString() }
      return [
        externalId,
        end ? mergeKnown(known, { at, textAt: at, words: end, editedAt: null, deletedAt: at, before: [] }) : known,
      ]
    }),
  )
}
