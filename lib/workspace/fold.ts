import type { sql } from './sql'

/**
 * Texts as people look for words in them: without case, accents and apostrophes, and what scripts without spaces say as
 * pairs. Whatever is looked for, in messages, in names or by rules, is folded by this on both sides: the function is the
 * database's, which keeps the folded words of its rows by it.
 * @returns one for each, in their order
 */
export async function foldTexts(ask: ReturnType<typeof sql>, texts: readonly string[]): Promise<readonly string[]> {
  if (texts.length === 0) return []
  const rows = await ask<{ folded: string }>`
    select btrim(posthorn_fold(given.text)) as folded from unnest(${texts}::text[]) with ordinality as given (text, n)
    order by given.n`
  return rows.map(({ folded }) => folded)
}
