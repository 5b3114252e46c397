import { minute, now } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import {
  forgetExcerpts,
  forgetIncoming,
  here,
  jsonNull,
  keepErasedNames,
  operation,
  transact,
  type Ctx,
  type Work,
} from '@/lib/workspace'
import { holdPeople, holdTalks, movedMeanwhile } from './hold'
import { noteProposed } from './note-proposed'
import { noteStuck } from './note-stuck'
import { noSuchContact } from './notes'
import { OneContact } from './schema'
import { ourAnswers, tracesOf, type Traces } from './traces'

const nobody = 'Erased person'
/** Nobody knows yet whether these are at the network: they cannot be forgotten before that is settled. */
const underWay: ReadonlySet<string> = new Set(['claimed', 'sending', 'unknown', 'reconciling'])
/** Who said tens of thousands of things goes all at once, or not at all. */
const mostMs = 5 * minute

/**
 * Erases a person: their identities, what they said, what we answered them and noted about them, what AI made of it,
 * what networks reported of it, and what the audit trail quotes of it. What is left says neither who it was nor what it
 * was about; reports that come again bring nothing back. Nobody waits for an answer to it: the inbox sums up what they were
 * in when it hears of it. What they do afterwards is somebody new's. Cannot be undone; may
 * be repeated.
 */
export const eraseContact = operation({
  can: 'contact.erase',
  input: OneContact,
  async run(ctx, { contactId }): Promise<Result<{ erased: true }>> {
    const erased = await transact(ctx, (work) => eraseAll(ctx, work, contactId), { timeoutMs: mostMs })
    if (!erased.ok) return erased
    for (const erasedNamesId of erased.value) {
      const forgotten = await forgetIncoming(ctx, { erasedNamesId })
      if (!forgotten.ok) return forgotten
    }
    return ok({ erased: true as const })
  },
})

/** @returns what is to be forgotten of what networks reported */
async function eraseAll(ctx: Ctx, work: Work, contactId: string): Promise<Result<readonly string[]>> {
  const { db, record } = work
  const areHeld = await holdPeople(work, [contactId])
  const asked = await db.contact.findUnique({ where: { id: contactId }, select: { rootId: true } })
  if (!asked) return fail(noSuchContact)
  if (asked.rootId !== null)
    return fail({
      code: 'CONFLICT',
      message: 'This contact was merged into another. Erase that one, or separate the two first.',
    })
  if (!areHeld) return fail(movedMeanwhile)
  await holdTalks(work, contactId)
  const traces = await tracesOf(work, contactId)
  const messageIds = traces.said.map(({ id }) => id)
  const withThem = traces.talks.filter(({ isTheirs }) => isTheirs)
  const replies = await holdReplies(work, traces)
  if (replies.some(({ state }) => underWay.has(state)))
    return fail({
      code: 'CONFLICT',
      message: 'An answer to this person is on its way. Wait until it is settled, then erase them.',
    })
  await eraseReplies(work, traces)
  await eraseMessages(work, traces, await ourAnswers(work, traces))
  await eraseExcerpts(work, traces)
  await freeTalks(work, traces)
  // A note does not say whom it is about: it counts as one about whom its conversation is with.
  await db.conversationNote.deleteMany({ where: { conversationId: { in: withThem.map(({ id }) => id) } } })
  await eraseReadings(work, traces)
  // Kept answers of models do not say whom they were about.
  await db.aiAnswer.deleteMany({})
  await unname(work, traces)
  await db.contactIdentity.deleteMany({ where: { contactId } })
  await db.contact.deleteMany({ where: { rootId: contactId } })
  await db.contactNote.deleteMany({ where: { contactId } })
  await db.contact.update({
    where: { id: contactId },
    data: {
      name: nobody,
      avatarUrl: null,
      tags: [],
      fields: {},
      consent: jsonNull,
      leadStage: 'none',
      erasedAt: now(),
    },
    select: { id: true },
  })
  record({
    type: 'contact.erased',
    subject: { type: 'contact', id: contactId },
    particulars: {
      messages: messageIds.length,
      conversations: withThem.length,
      conversationIds: traces.talks.map(({ id }) => id),
    },
  })
  const names = [...traces.identities, ...traces.said].map(({ externalId }) => externalId)
  return ok(await keepErasedNames(work, ctx, names))
}

/** Keeps what is written to them from being begun until the transaction ends. */
const holdReplies = ({ sql }: Work, { wholeIds, said }: Traces): Promise<readonly { readonly state: string }[]> =>
  sql<{ state: string }>`
    select r.state from "Reply" r
    where r."workspaceId" = ${here}
      and (r."conversationId" = any(${wholeIds}) or r."messageId" = any(${said.map(({ id }) => id)}))
    order by r.id for update`

async function eraseReplies({ sql }: Work, { wholeIds, said }: Traces): Promise<void> {
  const saidIds = said.map(({ id }) => id)
  await sql`
    update "ReplyAttempt" a set answer = null from "Reply" r
    where r.id = a."replyId" and (r."conversationId" = any(${wholeIds}) or r."messageId" = any(${saidIds}))
      and r."workspaceId" = ${here} and a."workspaceId" = ${here}`
  // One that was never sent is never sent.
  await sql`
    update "Reply" r set
      state = case when r.state in ('sent', 'refused', 'cancelled') then r.state else 'cancelled' end,
      fence = case when r.state in ('sent', 'refused', 'cancelled') then r.fence else r.fence + 1 end,
      text = '', "contentHash" = 'erased:' || r.id, "onceKey" = null, intent = '{}', ref = null, reason = null, proof = null, url = null,
      "privatelyTo" = case when r."privatelyTo" is not null then 'erased' end
    where (r."conversationId" = any(${wholeIds}) or r."messageId" = any(${saidIds})) and r."workspaceId" = ${here}`
}

/** Conversations with them are with nobody any more. */
async function unname({ db, sql }: Work, { talks, identities }: Traces): Promise<void> {
  const withThem = talks.filter(({ isTheirs }) => isTheirs)
  const ids = withThem.map(({ id }) => id)
  await db.conversation.updateMany({ where: { id: { in: ids } }, data: { identityId: null, reasons: {} } })
  // A chat is often named after the person: a new one is another conversation then. What others speak in keeps its name, by
  // which their answers are proven.
  const named = withThem.filter(
    ({ externalKey, isShared }) => !isShared && identities.some(({ externalId }) => externalKey.includes(externalId)),
  )
  await sql`
    update "Conversation" c set "externalKey" = 'erased:' || c.id
    where c.id = any(${named.map(({ id }) => id)}) and c."workspaceId" = ${here}`
}

/**
 * What stands of them in lists and beside the audit trail. Of a thread of many, what the trail quotes goes altogether: a
 * line of it does not say whose words it is.
 */
async function eraseExcerpts(work: Work, { talks }: Traces): Promise<void> {
  const conversationIds = talks.map(({ id }) => id)
  const joined = await work.sql<{ id: string }>`
    select c.id from "Conversation" c where c."joinedId" = any(${conversationIds}) and c."workspaceId" = ${here}`
  await forgetExcerpts(work, [...conversationIds, ...joined.map(({ id }) => id)])
  await work.sql`
    update "Conversation" c set excerpt = '' where c.id = any(${conversationIds}) and c."workspaceId" = ${here} and (
      select m."erasedAt" from "Message" m
      where m."conversationId" = c.id and m."deletedAt" is null and m."workspaceId" = ${here}
      order by m.at desc, m."externalId" desc limit 1) is not null`
}

/** An answer to who is erased needs nobody any more, nor waits for approval; others may still keep it so. */
async function freeTalks(work: Work, { talks }: Traces): Promise<void> {
  const conversationIds = talks.map(({ id }) => id)
  await noteProposed(work, conversationIds)
  await noteStuck(work, conversationIds)
}

/** What AI made of what they said, and drafted for them. */
async function eraseReadings({ sql }: Work, { wholeIds, said }: Traces): Promise<void> {
  const saidIds = said.map(({ id }) => id)
  await sql`
    delete from "AiDraft" d
    where (d."conversationId" = any(${wholeIds}) or d."messageId" = any(${saidIds})) and d."workspaceId" = ${here}`
  await sql`
    delete from "AiReading" a
    where (a."conversationId" = any(${wholeIds}) or a."messageId" = any(${saidIds})) and a."workspaceId" = ${here}`
}

async function eraseMessages({ db }: Work, { said, identityIds }: Traces, ours: readonly string[]): Promise<void> {
  const blank = {
    text: '',
    media: [],
    source: {},
    ref: jsonNull,
    url: null,
    understanding: jsonNull,
    sentiment: null,
    intent: null,
    priority: null,
    reasons: jsonNull,
    bands: [],
    wordings: [],
    erasedAt: now(),
  }
  // The inbox takes the bytes away.
  await db.messageFile.updateMany({
    where: { messageId: { in: [...ours, ...said.map(({ id }) => id)] } },
    data: { state: 'unwanted', ask: jsonNull, name: null, nextAt: now() },
  })
  // What we said to them says who they are as well.
  await db.message.updateMany({ where: { id: { in: [...ours] } }, data: blank })
  await db.message.updateMany({
    where: { identityId: { in: [...identityIds] } },
    data: { ...blank, authorName: nobody, authorHandle: '', authorAvatar: null, identityId: null, reaction: null },
  })
}
