import { foldTexts, type Work } from '@/lib/workspace'
import { says, type Seen } from './decide'
import type { Rule } from './schema'

/**
 * What each of these texts says of the words that rules ask for, folded as a search is: a rule and a view of the same word
 * find the same. Asks nothing where no rule asks for words.
 */
export async function sayingOf(
  { sql }: Pick<Work, 'sql'>,
  rules: readonly Rule[],
  texts: readonly string[],
): Promise<(text: string) => Seen['says']> {
  const asked = [...new Set(rules.flatMap(({ conditions }) => conditions.words))]
  if (asked.length === 0) return () => () => false
  const all = [...new Set([...texts, ...asked.map(withoutStar)])]
  const folded = await foldTexts(sql, all)
  const foldOf = new Map(all.map((text, n) => [text, folded[n] ?? '']))
  return (text) => (words) =>
    says(foldOf.get(text) ?? '', { words: foldOf.get(withoutStar(words)) ?? '', anyEnding: words.endsWith('*') })
}

const withoutStar = (words: string): string => words.replace(/\*$/, '')
