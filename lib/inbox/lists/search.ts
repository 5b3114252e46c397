import { foldTexts, here, sql, type Ctx } from '@/lib/workspace'
import { queryOf } from './look-for'
import type { Finder } from './narrow'
import { quoted, unquoted } from './words'

/** A name that more people have is looked for by itself, and not with what they say besides. */
const mostNamed = 500
/** Of so many words each is looked for in names. */
const mostWords = 8

/** The words as they stand, whatever they mean in a pattern. */
const literally = (words: string): string => words.replaceAll(/[\\%_]/g, String.raw`\$&`)

/** Two characters of a script without spaces, as they are folded: words to the index, which patterns cannot use for them. */
const pair =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー〆〇]{2}$/u

/**
 * Finds conversations in which somebody says these words as they stand, or others say all of several, or in which
 * somebody speaks who is called so: by name, by handle, or by a name they had before they were merged. Of several words
 * some may be a name and the others what is said under it.
 */
export async function saying(ctx: Ctx, words: string): Promise<Finder> {
  const bare = unquoted(words)
  const split = bare.split(' ').filter((word) => word !== '')
  const [whole = '', ...each] = await foldTexts(sql(ctx), [bare, ...split])
  if (whole === '') return { among: () => Promise.resolve([]), everywhere: () => Promise.resolve([]) }
  const several = split.length > 1 && split.length <= mostWords ? each.map(withoutAt).filter((word) => word !== '') : []
  const asked: Asked = {
    pattern: `%${literally(whole)}%`,
    pairs:
      whole
        .split(' ')
        .filter((word) => pair.test(word))
        .map(quoted)
        .join(' & ') || null,
    named: `%${literally(withoutAt(whole))}%`,
    query: (split.length > 1 && (await queryOf(ctx, words))) || null,
    words: several.map(literally),
    names: several.filter((word) => /\p{L}.*\p{L}/u.test(word)).map(literally),
  }
  return { among: (ids) => among(ctx, ids, asked), everywhere: (most) => everywhere(ctx, most, asked) }
}

const withoutAt = (word: string): string => word.replace(/^@+/, '')

type Asked = {
  readonly pattern: string
  /** Null where nothing that was asked for is of a script without spaces. */
  readonly pairs: string | null
  readonly named: string
  /** Null where one word was asked for: what has it as it stands is all there is. */
  readonly query: string | null
  /** Each of several. */
  readonly words: readonly string[]
  /** Those of them that may be a name. */
  readonly names: readonly string[]
}

async function among(ctx: Ctx, ids: readonly string[], asked: Asked): Promise<readonly string[]> {
  const { pattern, pairs, named, query, words, names } = asked
  const rows = await sql(ctx)<{ id: string }>`
    select m."conversationId" as id from "Message" m
    where m."conversationId" = any(${ids}) and m."workspaceId" = ${here}
      and ((m.folded like ${pattern} and (${pairs}::text is null or to_tsvector('simple', m.folded) @@ to_tsquery('simple', ${pairs})))
        or (${query}::text is not null and not m.own and m."deletedAt" is null
        and to_tsvector('simple', m.folded) @@ to_tsquery('simple', ${query})))
    union
    select m."conversationId" from "Message" m
    join "ContactIdentity" i on i.id = m."identityId" and i."workspaceId" = ${here}, lateral (
      select ' ' || i.folded || chr(10) || ' ' || string_agg(p.folded, chr(10) || ' ') as folded from "Contact" p
      where (p.id = i."contactId" or p."rootId" = i."contactId") and p."workspaceId" = ${here}) a
    where m."conversationId" = any(${ids}) and m."workspaceId" = ${here}
      and (a.folded like ${named}
        or (cardinality(${names}::text[]) > 0 and m."deletedAt" is null
          and exists (select 1 from unnest(${names}::text[]) n(word)
            where a.folded like '% ' || n.word || '%')
          and not exists (select 1 from unnest(${words}::text[]) w(word)
            where m.folded not like '%' || w.word || '%'
              and a.folded not like '% ' || w.word || '%')))`
  return rows.map(({ id }) => id)
}

async function everywhere(ctx: Ctx, most: number, asked: Asked): Promise<readonly string[]> {
  const said = await saidEverywhere(ctx, most, asked)
  const others = said.length < most ? await byNamesAndWords(ctx, most, asked) : []
  return [...new Set([...said, ...others])].slice(0, most)
}

/** As they stand. */
async function saidEverywhere(ctx: Ctx, most: number, { pattern, pairs }: Asked): Promise<readonly string[]> {
  const rows = await (pairs === null
    ? sql(ctx)<{ id: string }>`
        select distinct m."conversationId" as id from "Message" m
        where m.folded like ${pattern} and m."workspaceId" = ${here} limit ${most}`
    : sql(ctx)<{ id: string }>`
        select distinct m."conversationId" as id from "Message" m
        where to_tsvector('simple', m.folded) @@ to_tsquery('simple', ${pairs}) and m.folded like ${pattern}
          and m."workspaceId" = ${here} limit ${most}`)
  return rows.map(({ id }) => id)
}

async function byNamesAndWords(ctx: Ctx, most: number, asked: Asked): Promise<readonly string[]> {
  const { named, query, words, names } = asked
  const rows = await sql(ctx)<{ id: string }>`
    with who as (
      select n.word, i.id from unnest(${names}::text[]) n(word), lateral (
        select i.id from "ContactIdentity" i
        where i.folded like '%' || n.word || '%' and (' ' || i.folded) like '% ' || n.word || '%' and i."workspaceId" = ${here}
        limit ${mostNamed}) i
      union
      select n.word, i.id from unnest(${names}::text[]) n(word), lateral (
        select coalesce(p."rootId", p.id) as id from "Contact" p
        where p.folded like '%' || n.word || '%' and (' ' || p.folded) like '% ' || n.word || '%' and p."workspaceId" = ${here}
        limit ${mostNamed}) p
      join "ContactIdentity" i on i."contactId" = p.id and i."workspaceId" = ${here}
    ), few as (
      select w.word from who w group by w.word having count(*) < ${mostNamed}
    )
    select found.id from (
      select m."conversationId" as id from "Message" m
      where not m.own and m."deletedAt" is null and m."workspaceId" = ${here}
        and to_tsvector('simple', m.folded) @@ to_tsquery('simple', ${query})
      union
      select m."conversationId" from "Message" m where m."workspaceId" = ${here} and m."identityId" in (
        select i.id from "ContactIdentity" i where i.folded like ${named} and i."workspaceId" = ${here}
        union
        select i.id from "ContactIdentity" i where i."workspaceId" = ${here} and i."contactId" in (
          select coalesce(p."rootId", p.id) from "Contact" p where p.folded like ${named} and p."workspaceId" = ${here}))
      union
      select m."conversationId" from "Message" m
      where m."workspaceId" = ${here} and m."deletedAt" is null
        and m."identityId" in (select h.id from who h where h.word in (select f.word from few f))
        and not exists (select 1 from unnest(${words}::text[]) w(word)
          where m.folded not like '%' || w.word || '%'
            and not exists (select 1 from who h where h.id = m."identityId" and h.word = w.word))
    ) found limit ${most}`
  return rows.map(({ id }) => id)
}
