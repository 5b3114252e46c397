import { here, type Work } from '@/lib/workspace'
import { findAnswers, type Said } from './find-answers'
import { wantsAnswer } from './triage-schema'

/** What is noted of an answer so far. */
type Noted = { readonly answeredAt: Date | null; readonly answeredByPersonAt: Date | null }
type Row = Omit<Said, 'meant'> & Noted & { readonly conversationId: string }

/**
 * Notes at each message whether and when we answered it, from nothing but what was said: whatever came in what order, the
 * end is the same. The conversations must be locked. Reads them whole, and writes what changed.
 */
export async function noteAnswers({ sql }: Work, conversationIds: readonly string[]): Promise<void> {
  const spoken = await sql<{ id: string }>`
    select distinct m."conversationId" as id from "Message" m
    where m."conversationId" = any(${conversationIds}) and m.own and m."workspaceId" = ${here}`
  // Nearly always we have not said a word yet, and a flood need not be asked the rest.
  if (spoken.length === 0) return
  const ids = spoken.map(({ id }) => id)
  const rows = await sql<Row>`
    select m.id, m."conversationId", m."externalId", m.at, m.own, m.kind = 'dm' as "isChat", m."identityId",
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
