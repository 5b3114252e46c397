import { foldTexts, sql, type Ctx } from '@/lib/workspace'
import { tsqueryOf, waysOf } from './words'

/** The words of views as Postgres looks for them, in their order; undefined for one that looks for nothing. */
export async function queriesOf(ctx: Ctx, views: readonly string[]): Promise<readonly (string | undefined)[]> {
  const asked = views.map(waysOf)
  const texts = [...new Set(asked.flat(2).map(({ text }) => text))]
  const folded = await foldTexts(sql(ctx), texts)
  const foldOf = new Map(texts.map((text, n) => [text, folded[n] ?? '']))
  return asked.map((ways) => tsqueryOf(ways, (text) => foldOf.get(text) ?? ''))
}

/** The same of one. */
export const queryOf = async (ctx: Ctx, words: string): Promise<string | undefined> =>
  (await queriesOf(ctx, [words]))[0]
