import { z } from 'zod'
import { newToken, sha256 } from '@/lib/core/crypto'
import { excerptOf } from '@/lib/core/excerpt'
import { filesInWords } from '@/lib/core/files-in-words'
import type { Work } from './transact'

type Told = {
  readonly eventId: string
  readonly workspaceId: string
  readonly type: string
  readonly subject: { readonly type: string; readonly id: string }
  readonly particulars?: Readonly<Record<string, unknown>>
}

/** The words that an event is about. They stand beside the event, so that they can be erased and it cannot. */
export type Excerpt = {
  readonly eventId: string
  readonly workspaceId: string
  readonly conversationId: string
  readonly salt: string
  readonly text: string
}

/**
 * What an event keeps of its excerpt for ever: it proves the words as long as they are there, and says nothing of them
 * once they went with their salt. Hex SHA-256.
 */
export const commitmentTo = ({ salt, text }: Pick<Excerpt, 'salt' | 'text'>): string => sha256(`${salt}${text}`)

const Committed = z.object({ excerptHash: z.string() }).partial().catch({})

/** What an event holds of its excerpt; undefined for one that is about no words, or older than excerpts. */
export const commitmentIn = (particulars: unknown): string | undefined => Committed.parse(particulars).excerptHash

/**
 * What is done about a conversation and what becomes of answers. What comes in (`message.…`) stands among the messages;
 * in a flood of it a second copy would be half of what is written.
 */
const isQuoted = ({ type, subject }: Told): boolean =>
  subject.type === 'conversation' && /^(conversation|reply|draft)\./.test(type)

const Answer = z.object({ replyId: z.string().optional(), draftId: z.string().optional() }).catch({})

/** The row whose words count: the answer's or the draft's where it is about one, else the conversation's. */
function sourceOf({ subject, particulars }: Told): string {
  const { replyId, draftId } = Answer.parse(particulars ?? {})
  return replyId ?? draftId ?? subject.id
}

type Raw = { $queryRaw<T>(strings: TemplateStringsArray, ...values: readonly unknown[]): PromiseLike<T> }
type Said = { readonly id: string; readonly workspaceId: string; readonly text: string; readonly files: unknown }
const placeOf = (workspaceId: string, id: string): string => `${workspaceId} ${id}`

/**
 * The words of those events that are about any, as they stand at the end of the change, by one statement for all. Their
 * rows are held until the transaction ends: who erases a person meanwhile waits and finds the excerpts, or was first and
 * left no words to quote.
 */
export async function excerptsFor(db: Raw, events: readonly Told[]): Promise<readonly Excerpt[]> {
  const quoted = events.filter(isQuoted)
  if (quoted.length === 0) return []
  const ids = [...new Set(quoted.map(sourceOf))]
  const workspaceIds = [...new Set(quoted.map(({ workspaceId }) => workspaceId))]
  const said = await db.$queryRaw<readonly Said[]>`
    with talks as (
      select c.id, c."workspaceId", c.excerpt as text, null::jsonb as files from "Conversation" c
      where c."workspaceId" = any(${workspaceIds}) and c.id = any(${ids}) order by c.id for key share
    ), replies as (
      select r.id, r."workspaceId", r.text, r.intent -> 'media' as files from "Reply" r
      where r."workspaceId" = any(${workspaceIds}) and r.id = any(${ids}) order by r.id for share
    ), drafts as (
      select d.id, d."workspaceId", coalesce(d."editedText", d.text) as text, null::jsonb as files from "AiDraft" d
      where d."workspaceId" = any(${workspaceIds}) and d.id = any(${ids}) order by d.id for share
    )
    select * from talks union all select * from replies union all select * from drafts`
  const words = new Map(
    said.map(({ workspaceId, id, text, files }) => [placeOf(workspaceId, id), excerptOf(text || filesInWords(files))]),
  )
  return quoted.flatMap((event) => {
    const { eventId, workspaceId, subject } = event
    const text = words.get(placeOf(workspaceId, sourceOf(event)))
    return text ? [{ eventId, workspaceId, conversationId: subject.id, salt: newToken(), text }] : []
  })
}

/** Takes away what the trail quotes of conversations. Its chain holds all the same. */
export async function forgetExcerpts({ db }: Pick<Work, 'db'>, conversationIds: readonly string[]): Promise<void> {
  await db.eventExcerpt.deleteMany({ where: { conversationId: { in: [...conversationIds] } } })
}
