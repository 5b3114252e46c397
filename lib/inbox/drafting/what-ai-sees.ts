import { readMessage, signsOfInstruction } from '@/lib/ai'
import { day, hour, inMs, minute, second } from '@/lib/core/clock'
import { feltIn, understand } from '@/lib/language'
import { Understanding, type Pii } from '@/lib/language/schema'
import type { Ctx } from '@/lib/workspace'
import type { Seen } from './ai-policy'
import { ofSamePerson } from './same-person'
import { mattersIn } from '../triage/matters'
import { takeReading } from '../triage/take-reading'

/** A message that is being considered, and the fence under which. */
export type Claim = {
  readonly id: string
  readonly fence: number
  readonly messageId: string
  readonly accountId: string
  readonly conversationId: string
  /** How often a model was asked again. */
  readonly readTries: number
}

export type Ours = {
  readonly text: string
  readonly understanding: Understanding
  readonly isHeld: boolean
  readonly isDone: boolean
  /** Of the account it was written to. */
  readonly ourHandle: string
  readonly seen: Seen
}

/** Everything the policy looks at, as we read it without a model; undefined when the message is gone. */
export async function look(ctx: Ctx, { messageId, conversationId }: Claim): Promise<Ours | undefined> {
  const message = await ctx.db.message.findUnique({
    where: { id: messageId },
    select: {
      text: true,
      kind: true,
      at: true,
      identityId: true,
      authorHandle: true,
      deletedAt: true,
      erasedAt: true,
      understanding: true,
      conversation: { select: { aiHeld: true, state: true, account: { select: { handle: true } } } },
    },
  })
  if (!message || message.deletedAt || message.erasedAt) return undefined
  const { text, kind, at, conversation } = message
  const understanding =
    Understanding.safeParse(message.understanding).data ?? understand(text, { inChat: kind === 'dm' })
  return {
    text,
    understanding,
    isHeld: conversation.aiHeld,
    isDone: conversation.state === 'done',
    ourHandle: conversation.account.handle,
    seen: {
      kind,
      intents: [understanding.intent.label],
      sentiment: understanding.sentiment.score,
      isSpam: understanding.spam.isSpam,
      isToxic: understanding.toxicity.isToxic,
      isUnderstood: understanding.isMeasured,
      matters: mattersIn(text),
      personal: [...new Set(understanding.pii.map(({ kind }) => personal[kind]))],
      signs: signsOfInstruction(text),
      isOld: at < inMs(-day),
      answeredByAi: await wasAnsweredByAi(ctx, conversationId, message),
    },
  }
}

const personal: Readonly<Record<Pii['kind'], string>> = {
  email: 'an address of e-mail',
  phone: 'a phone number',
  card: 'a card number',
  iban: 'a bank account',
  address: 'where somebody lives',
}

/** Why nobody need be asked about a message, a model as little as a person. */
export function whyNeedless({ seen, isHeld, isDone }: Ours): string | undefined {
  if (seen.isSpam) return 'It looks like spam.'
  if (isHeld) return 'AI is kept out of this conversation.'
  return isDone ? 'The conversation is done.' : undefined
}

/** What a model makes of it besides; it is kept beside our own reading, and in its place where ours says nothing. */
export async function readByModel(ctx: Ctx, claim: Claim, { text, understanding: ours, seen }: Ours): Promise<Seen> {
  const { messageId, conversationId } = claim
  const asked = await readMessage(ctx, { messageId, conversationId, text })
  // A model that cannot be asked right now changes nothing yet: our own reading stands until it can be.
  await noteWhenAgain(ctx, claim, !asked.ok && asked.error.code === 'AI_SERVICE_ERROR')
  const model = asked.ok ? asked.value : null
  if (!model) return seen
  const felt = feltIn(text, ours)
  await ctx.db.aiReading.updateMany({
    where: { id: claim.id, fence: claim.fence },
    data: {
      intent: model.intent,
      sentiment: model.sentiment,
      disagrees:
        model.intent !== ours.intent.label ||
        (felt !== null && Math.sign(rounded(model.sentiment)) !== Math.sign(rounded(felt))),
    },
  })
  if (!ours.isMeasured) await takeReading(ctx, { messageId, text, model })
  return {
    ...seen,
    intents: [...seen.intents, model.intent],
    sentiment: Math.min(seen.sentiment, model.sentiment),
    isUnderstood: true,
  }
}

/** After so long a model is asked again that could not be; after the last our own reading stands for good. */
const againAfterMs = [10 * second, minute, 5 * minute, 30 * minute, 2 * hour, 6 * hour]

/**
 * Not all at the same moment: a provider that took too many calls would have as many again. Whoever asks again ends that
 * when all that follows from it is done.
 */
async function noteWhenAgain(ctx: Ctx, { id, fence, readTries }: Claim, isWanted: boolean): Promise<void> {
  const afterMs = isWanted ? againAfterMs[readTries] : undefined
  await ctx.db.aiReading.updateMany({
    where: { id, fence, ...(isWanted ? {} : { state: 'working' }) },
    data: { readAgainAt: afterMs === undefined ? null : inMs(afterMs * (1 + Math.random() / 2)) },
  })
}

/** Feelings as the inbox tells them apart: from -0.2 to 0.2 there is none. */
const rounded = (sentiment: number): number => (Math.abs(sentiment) <= 0.2 ? 0 : sentiment)

/** Of so many that somebody said last in a thread we look at what was answered. */
const lookedAt = 100

/** Whether the last that we answered them here was automatic. */
async function wasAnsweredByAi(
  { db }: Ctx,
  conversationId: string,
  message: Parameters<typeof ofSamePerson>[0],
): Promise<boolean> {
  const said = await db.message.findMany({
    where: { conversationId, own: false, ...ofSamePerson(message) },
    orderBy: { at: 'desc' },
    take: lookedAt,
    select: { id: true },
  })
  const last = await db.reply.findFirst({
    where: { conversationId, messageId: { in: said.map(({ id }) => id) }, state: { not: 'cancelled' } },
    orderBy: { createdAt: 'desc' },
    select: { authorKind: true },
  })
  return last?.authorKind === 'ai'
}
