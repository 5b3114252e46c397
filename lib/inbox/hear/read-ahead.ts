import { setImmediate as turn } from 'node:timers/promises'
import { bandsOfText, understand } from '@/lib/language'
import type { Understanding } from '@/lib/language/schema'
import type { Incoming } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'

export type TextRead = { readonly understanding: Understanding; readonly bands: readonly number[] }
/** By the text. */
export type ReadAhead = ReadonlyMap<string, TextRead>

export const readText = (text: string): TextRead => ({ understanding: understand(text), bands: bandsOfText(text) })

/**
 * Reads the texts that are new of what came in, before anything is locked for it: hundreds take seconds, and whoever wants
 * those conversations would wait. What is told again is not read again.
 */
export async function readAhead({ db }: Ctx, accountId: string, items: readonly Incoming[]): Promise<ReadAhead> {
  const told = items.filter(({ own, change }) => !own && change !== 'deleted')
  if (told.length === 0) return new Map()
  const rows = await db.message.findMany({
    where: { accountId, externalId: { in: told.map(({ externalId }) => externalId) } },
    select: { externalId: true, text: true },
  })
  const known = new Map(rows.map(({ externalId, text }) => [externalId, text]))
  const texts = new Set(told.flatMap(({ externalId, text }) => (known.get(externalId) === text ? [] : [text])))
  const read = new Map<string, TextRead>()
  for (const text of texts) {
    read.set(text, readText(text))
    // Leases are renewed meanwhile.
    await turn()
  }
  return read
}
