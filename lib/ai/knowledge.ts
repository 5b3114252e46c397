import { z } from 'zod'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { foldTexts, here, operation, query, sql, transact, type Ctx } from '@/lib/workspace'
import { asksOnly } from './asks-only'
import { isUnspaced, plain, says } from './said'
import { OneKnowledge, SaveKnowledge, type KnowledgeCard } from './schema'

const noSuchEntry: Failure = { code: 'NOT_FOUND', message: 'This entry is gone. Reload the page.' }
/** As many as fit on a page and in a head. */
const most = 500

export const listKnowledge = query({
  can: 'ai.manage',
  input: z.object({}),
  async run(ctx): Promise<Result<readonly KnowledgeCard[]>> {
    const rows = await ctx.db.knowledgeEntry.findMany({ orderBy: { title: 'asc' }, take: most })
    return ok(
      rows.map(({ id, title, body, url, whenSaid, answer, updatedAt }) => ({
        id,
        title,
        body,
        url,
        whenSaid,
        answer,
        updatedAt: updatedAt.toISOString(),
      })),
    )
  },
})

export const saveKnowledge = operation({
  can: 'ai.manage',
  input: SaveKnowledge,
  async run(ctx, { entryId, url, answer, ...given }): Promise<Result<{ entryId: string }>> {
    const row = { ...given, url: url || null, answer: answer || null }
    return transact(ctx, async ({ db, record }) => {
      const id = entryId ?? newId()
      if (entryId) {
        const { count } = await db.knowledgeEntry.updateMany({ where: { id }, data: row })
        if (count !== 1) return fail(noSuchEntry)
      } else {
        if ((await db.knowledgeEntry.count()) >= most)
          return fail({ code: 'CONFLICT', message: `There are ${most} entries. Merge or delete some first.` })
        await db.knowledgeEntry.create({ data: { id, workspaceId: ctx.workspaceId, ...row }, select: { id: true } })
      }
      record({ type: 'knowledge.saved', subject: { type: 'knowledge', id }, particulars: { name: given.title } })
      return ok({ entryId: id })
    })
  },
})

export const deleteKnowledge = operation({
  can: 'ai.manage',
  input: OneKnowledge,
  async run(ctx, { entryId }): Promise<Result<{ deleted: true }>> {
    return transact(ctx, async ({ db, record }) => {
      const { count } = await db.knowledgeEntry.deleteMany({ where: { id: entryId } })
      if (count !== 1) return fail(noSuchEntry)
      record({ type: 'knowledge.deleted', subject: { type: 'knowledge', id: entryId } })
      return ok({ deleted: true as const })
    })
  },
})

export type Entry = {
  readonly id: string
  readonly title: string
  readonly body: string
  readonly url: string | null
}

/** Words of a folded text worth looking for, as a full-text query that any of them fulfils; empty when there are none. */
function anyWordOf(folded: string): string {
  const words = folded.match(/[\p{L}\p{M}\p{N}]{2,40}/gu) ?? []
  const wanted = words.flatMap((word) => {
    // Pairs of letters, as the entries hold them; in Japanese those of hiragana alone hold a sentence together.
    if (isUnspaced(word)) return /^\p{Script=Hiragana}+$/u.test(word) ? [] : [word]
    // The first letters find the other forms of a word: deliver, delivery, delivered.
    return word.length < 3 ? [] : [`${word.slice(0, Math.max(4, word.length - 2))}:*`]
  })
  return [...new Set(wanted)].slice(0, 40).join(' | ')
}

/** Entries that share words with a text, those that share most first. At most five. */
export async function entriesAbout(ctx: Ctx, text: string): Promise<readonly Entry[]> {
  const ask = sql(ctx)
  const [folded = ''] = await foldTexts(ask, [text])
  const wanted = anyWordOf(folded)
  if (!wanted) return []
  return ask<Entry>`
    select k.id, k.title, k.body, k.url
    from "KnowledgeEntry" k
    where k."workspaceId" = ${here} and to_tsvector('simple', k.folded) @@ to_tsquery('simple', ${wanted})
    order by ts_rank_cd(to_tsvector('simple', k.folded), to_tsquery('simple', ${wanted}), 1) desc, k.id
    limit 5`
}

type Said = { readonly text: string; readonly ourHandle: string }

/** Whether our own words answer all that a text says, so that no model need be asked. */
export const hasSavedAnswer = query({
  can: 'ai.use',
  input: z.object({ text: z.string(), ourHandle: z.string() }),
  run: async (ctx, said): Promise<Result<boolean>> => ok((await savedAnswerFor(ctx, said))?.isAll ?? false),
})

/**
 * The answer that is kept for words said in a text, and the entry it stands in; the longest words win. `isAll`: nothing
 * is said but that they are asked about.
 */
export async function savedAnswerFor(
  ctx: Ctx,
  { text, ourHandle }: Said,
): Promise<(Entry & { readonly answer: string; readonly isAll: boolean }) | undefined> {
  const rows = await ctx.db.knowledgeEntry.findMany({
    where: { answer: { not: null }, NOT: { whenSaid: { isEmpty: true } } },
    select: { id: true, title: true, body: true, url: true, answer: true, whenSaid: true },
    orderBy: { id: 'asc' },
    take: most,
  })
  const [best] = rows
    .flatMap(({ whenSaid, answer, ...entry }) =>
      answer === null
        ? []
        : whenSaid
            .filter((phrase) => says(text, phrase))
            .map((phrase) => ({ ...entry, answer, phrases: whenSaid, length: lettersOf(plain(phrase)) })),
    )
    .toSorted((a, b) => b.length - a.length)
  if (!best) return undefined
  const { length: _, phrases, ...entry } = best
  return { ...entry, isAll: asksOnly(text, { phrases, answer: entry.answer, ourHandle }) }
}

const lettersOf = (words: string): number => words.replaceAll(' ', '').length
