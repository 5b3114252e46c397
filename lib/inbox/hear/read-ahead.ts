import { setImmediate as turn } from 'node:timers/promises'
import { bandsOfText, understand } from '@/lib/language'
import type { Understanding } from '@/lib/language/schema'
import type { Incoming } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'

/** What a reading hangs on. */
type Words = Pick<Incoming, 'text' | 'language' | 'kind'>
export type TextRead = { readonly understanding: Understanding; readonly bands: readonly number[] }
/** By `wordsKey`. */
export type ReadAhead = ReadonlyMap<string, TextRead>

export const wordsKey = ({ text, language, kind }: Words): string =>
  JSON.stringify([text, language ?? null, kind === 'dm'])

export const readText = ({ text, language, kind }: Words): TextRead => ({
  understanding: understand(text, { language, inChat: kind === 'dm' }),
  bands: bandsOfText(text),
})

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
  const fresh = told.filter(({ externalId, text }) => known.get(externalId) !== text)
  const read = new Map<string, TextRead>()
  for (const [key, words] of new Map(fresh.map((item) => [wordsKey(item), item]))) {
    read.set(key, readText(words))
    // Leases are renewed meanwhile.
    await turn()
  }
  return read
}
