import { here, type Work } from '@/lib/workspace'
import { findAnswers, type Said } from './find-answers'
import { wantsAnswer } from './triage-schema'

/** What is noted of an answer so far. */
type Noted = { readonly answeredAt: Date | null; readonly answeredByPersonAt: Date | null }
type Row = Omit<Said, 'meant'> & Noted & { readonly conversationId: string }

/** Messages that came in, and such as are not any more what they were. */
export type News = { readonly made: readonly string[]; readonly changed: readonly string[] }

/**
 * Notes at each message whether and when we answered it, from nothing but what was said: whatever came in what order, the
 * end is the same. The conversations must be locked. Reads those whole in which that can have changed, and writes what did.
 * @param news all that is new in them; where it is not given, anything may be
 */
export async function noteAnswers(work: Work, conversationIds: readonly string[], news?: News): Promise<void> {
  const { sql } = work
  const spoken = await sql<{ id: string }>`
    select distinct m."conversationId" as id from "Message" m
    where m."conversationId" = any(${conversationIds}) and m.own and m."workspaceId" = ${here}`
  // Nearly always we have not said a word yet, and a flood need not be asked the rest.
  if (spoken.length === 0) return
  const all = spoken.map(({ id }) => id)
  const ids = news ? await movedBy(work, all, news) : all
  if (ids.length === 0) return
  const rows = await sql<Row>`
    select m.id, m."conversationId", m."externalId", m.at, m."needAt", m.own, m.kind = 'dm' as "isChat", m."identityId",
      m."parentExternalId" as parent, m."deletedAt" is null and m.kind = any(${wantsAnswer}) as counts,
      case when m.own then m.text else '' end as words, m."answeredAt", m."answeredByPersonAt",
      case when m.own then '{}' else array[m."authorName", m."authorHandle"] end as names
    from "Message" m where m."conversationId" = any(${ids}) and m."workspaceId" = ${here}`
  const meantBy = await repliesIn({ sql }, ids)
  const said = Map.groupBy(
    rows.map((row) => ({ ...row, meant: row.own ? meantBy(row) : undefined })),
    ({ conversationId }) => conversationId,
  )
  const changed = [...said.values()].flatMap((all) => {
    const answers = findAnswers(all)
    return all.flatMap(({ id, answeredAt, answeredByPersonAt }) => {
      const { at = null, byPersonAt = null } = answers.get(id) ?? {}
      const isKnown = isSame(at, answeredAt) && isSame(byPersonAt, answeredByPersonAt)
      return isKnown ? [] : [{ id, at, byPersonAt }]
    })
  })
  if (changed.length === 0) return
  await sql`
    update "Message" m set "answeredAt" = a.at, "answeredByPersonAt" = a."byPersonAt"
    from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as a(id text, at timestamp(3), "byPersonAt" timestamp(3))
    where m.id = a.id and m."workspaceId" = ${here}`
}

/**
 * In which conversations news can have changed who is answered. A word of theirs that came in and is younger than all of
 * ours has no answer yet, is none, and stands above nothing that one of ours was said to: in a thread of thousands the next
 * comment is not worth reading the others.
 */
async function movedBy({ sql }: Work, conversationIds: readonly string[], { made, changed }: News) {
  const rows = await sql<{ id: string }>`
    select distinct n."conversationId" as id from "Message" n
    where n.id = any(${[...made, ...changed]}) and n."conversationId" = any(${conversationIds}) and n."workspaceId" = ${here}
      and (n.own or n.id = any(${changed})
        or exists (select 1 from "Message" o
          where o."conversationId" = n."conversationId" and o.own and o.at >= n.at and o."workspaceId" = ${here})
        or exists (select 1 from "Message" u
          where u."parentExternalId" = n."externalId" and u.own and u."conversationId" = n."conversationId" and u."workspaceId" = ${here}))`
  return rows.map(({ id }) => id)
}

const isSame = (a: Date | null, b: Date | null): boolean => a?.getTime() === b?.getTime()

type Written = {
  readonly conversationId: string
  readonly messageId: string
  readonly externalId: string | null
  readonly text: string
  readonly byProgram: boolean
}

/** Which answer of ours a message is: by its name (`nameInThread`), or by its words while its answer is in doubt. */
async function repliesIn({ sql }: Pick<Work, 'sql'>, conversationIds: readonly string[]) {
  const written = await sql<Written>`
    select p."conversationId", p."messageId", p."externalId" || case when p."privatelyTo" is null then '' else ':privately' end as "externalId", p.text, p."authorKind" in ('ai', 'system') as "byProgram"
    from "Reply" p
    where p."conversationId" = any(${conversationIds}) and p."workspaceId" = ${here}
      and (p."externalId" is not null or (p."privatelyTo" is null and p.state in ('sending', 'unknown', 'reconciling')))
    order by p."createdAt" desc, p.id desc`
  const key = (conversationId: string, what: string) => `${conversationId} ${what}`
  // Of several the first that was written stands: it is the last that is put there.
  const byName = new Map(written.map((one) => [key(one.conversationId, one.externalId ?? ''), one]))
  const byWords = new Map(
    written.flatMap((one) => (one.externalId === null ? [[key(one.conversationId, one.text), one] as const] : [])),
  )
  return ({ conversationId, externalId, words }: Row): Written | undefined =>
    byName.get(key(conversationId, externalId)) ?? byWords.get(key(conversationId, words))
}
