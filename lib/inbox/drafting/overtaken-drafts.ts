import { now } from '@/lib/core/clock'
import type { Failure } from '@/lib/core/result'
import { here, type Work } from '@/lib/workspace'
import { contentHashOf } from '../answer/same-words'
import type { DraftOvertaken } from './draft-schema'

/**
 * Ends the drafts of these conversations that wait although something came between them and what they answer: an answer
 * of whomever, here or at the network, an edit, a deletion, or the end of the conversation. The conversations must be
 * locked, and what stands in them noted.
 */
export async function endOvertaken(work: Work, conversationIds: readonly string[]): Promise<void> {
  const rows = await draftsIn(work, conversationIds)
  const overtaken = Map.groupBy(rows, whyOf)
  for (const [why, some] of overtaken) if (why) await end(work, some, why)
}

/** What has come between a draft that waits and what it answers. Its conversation must be locked. */
export async function overtakingOf(
  work: Work,
  draft: { readonly id: string; readonly conversationId: string },
): Promise<DraftOvertaken | undefined> {
  const row = (await draftsIn(work, [draft.conversationId])).find(({ id }) => id === draft.id)
  return row && whyOf(row)
}

type Answered = { readonly id: string; readonly kind: string; readonly conversationId: string }

/** A person answers: in a chat that is enough for all that was said; under a post many talk at once. */
export async function endAnswered(work: Work, to: Answered): Promise<void> {
  const rows = await draftsIn(work, [to.conversationId])
  await end(
    work,
    rows.filter((row) => isTo(to, row)),
    'answered',
  )
}

/** The answer that drafts gave way to was taken back: they wait again, unless something else came between. */
export async function proposeUnanswered(work: Work, to: Answered): Promise<void> {
  const rows = await draftsIn(work, [to.conversationId], 'answered')
  await proposeAgain(
    work,
    rows.filter((row) => isTo(to, row) && !whyOf(row)),
  )
}

/** The end that conversations stand at is taken back: what gave way to it waits again. To be called before they are opened. */
export async function proposeUnended(work: Work, conversationIds: readonly string[]): Promise<void> {
  const rows = await draftsIn(work, conversationIds, 'done')
  await proposeAgain(
    work,
    rows.filter((row) => !whyOf({ ...row, isDone: false })),
  )
}

/** Why a draft is not made an answer unasked. */
export const overtakenFailure = (why: DraftOvertaken): Failure => ({
  code: 'CONFLICT',
  message: inWords[why],
  fields: { evenSo: ['say true to send it all the same'] },
})

const inWords: Readonly<Record<DraftOvertaken, string>> = {
  answered: 'Somebody has answered them since this was drafted. See what they said, or send it all the same.',
  edited: 'What it answers was changed since this was drafted. Have it drafted anew, or send it all the same.',
  deleted: 'What it answers was taken away since this was drafted.',
  done: 'The conversation was done since this was drafted. Look at it again, or send it all the same.',
}

type Draft = {
  readonly id: string
  readonly conversationId: string
  readonly messageId: string
  readonly aboutHash: string | null
  /** What it answers, as that reads now. */
  readonly text: string
  readonly isGone: boolean
  readonly isAnswered: boolean
  readonly isDone: boolean
  readonly resolvedAt: Date | null
}

/** The drafts that wait; or those that gave way to such a thing, where no other waits for their message. The latest first. */
const draftsIn = ({ sql }: Work, conversationIds: readonly string[], gaveWayTo: DraftOvertaken | null = null) =>
  sql<Draft>`
    select d.id, d."conversationId", d."messageId", d."aboutHash", m.text,
      m."deletedAt" is not null or m."erasedAt" is not null as "isGone",
      (m."answeredAt" is not null and not d."wasAnswered") or exists (select 1 from "Reply" r
        where r."conversationId" = d."conversationId" and (m.kind = 'dm' or r."messageId" = d."messageId")
          and r.state not in ('in_review', 'cancelled', 'refused') and not (r."authorKind" = 'ai' and r.state = 'queued')
          and r."createdAt" > d."createdAt" and r."workspaceId" = ${here}) as "isAnswered",
      c.state = 'done' and coalesce(d."createdAt" < c."resolvedAt", false) as "isDone", c."resolvedAt"
    from "AiDraft" d
    join "Message" m on m.id = d."messageId" and m."workspaceId" = ${here}
    join "Conversation" c on c.id = d."conversationId" and c."workspaceId" = ${here}
    where d."conversationId" = any(${conversationIds}) and d."workspaceId" = ${here} and case
      when ${gaveWayTo}::text is null then d.state = 'proposed'
      else d.state = 'superseded' and d.overtaken = ${gaveWayTo}
        -- Of several ends the last, while that stands: what gave way to one before did not wait when it came, and where
        -- news came since nobody takes the end back.
        and (d.overtaken <> 'done' or c.state = 'done' and d."decidedAt" = c."resolvedAt")
        and not exists (select 1 from "AiDraft" p
          where p."messageId" = d."messageId" and p.state = 'proposed' and p."workspaceId" = ${here}) end
    order by d."createdAt" desc, d.id desc`

const isTo = ({ id, kind }: Answered, { messageId }: Draft): boolean => kind === 'dm' || messageId === id

const whyOf = ({ isGone, isAnswered, isDone, aboutHash, text }: Draft): DraftOvertaken | undefined =>
  isGone
    ? 'deleted'
    : isAnswered
      ? 'answered'
      : aboutHash !== null && aboutHash !== contentHashOf(text)
        ? 'edited'
        : isDone
          ? 'done'
          : undefined

async function end({ db, record }: Work, rows: readonly Draft[], overtaken: DraftOvertaken): Promise<void> {
  const endedAt = (row: Draft) => (overtaken === 'done' ? row.resolvedAt : now())
  // Conversations that are done at once bear one time, as a rule.
  for (const some of Map.groupBy(rows, (row) => row.resolvedAt?.getTime()).values()) {
    const [first] = some
    if (!first) continue
    await db.aiDraft.updateMany({
      where: { id: { in: some.map(({ id }) => id) } },
      data: { state: 'superseded', overtaken, decidedAt: endedAt(first) },
    })
  }
  for (const row of rows) record({ type: 'draft.superseded', ...aboutDraft(row, { why: overtaken }) })
}

/** One for each message. */
async function proposeAgain({ db, record }: Work, rows: readonly Draft[]): Promise<void> {
  const latest = [...new Map(rows.toReversed().map((row) => [row.messageId, row])).values()]
  if (latest.length === 0) return
  await db.aiDraft.updateMany({
    where: { id: { in: latest.map(({ id }) => id) } },
    data: { state: 'proposed', overtaken: null, decidedAt: null },
  })
  for (const row of latest) record({ type: 'draft.proposedAgain', ...aboutDraft(row) })
}

const aboutDraft = ({ id: draftId, conversationId, messageId }: Draft, more = {}) => ({
  subject: { type: 'conversation', id: conversationId },
  particulars: { draftId, messageId, ...more },
})
