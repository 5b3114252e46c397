import { now } from '@/lib/core/clock'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { adapterOf, type Platform } from '@/lib/platforms'
import type { ConversationDetail } from '../schema'
import { answering } from './answering'
import { answeringPrivately } from './answering-privately'

/** What is read of a message to say whether it may be answered. */
export const answerableColumns = {
  id: true,
  externalId: true,
  accountId: true,
  conversationId: true,
  kind: true,
  own: true,
  at: true,
  identityId: true,
  deletedAt: true,
  parentExternalId: true,
  ref: true,
  via: true,
  conversation: {
    select: {
      externalKey: true,
      postExternalId: true,
      kind: true,
      lastInboundAt: true,
      heldById: true,
      heldUntil: true,
      holdFence: true,
      account: { select: { platform: true, method: true, state: true, handle: true, traits: true } },
    },
  },
} as const

type Answerable = {
  readonly kind: string
  readonly own: boolean
  readonly at: Date
  readonly identityId: string | null
  readonly deletedAt: Date | null
  readonly ref: unknown
  readonly via: string
  readonly conversation: {
    readonly lastInboundAt: Date | null
    readonly heldById: string | null
    readonly heldUntil: Date | null
    readonly holdFence: number
    readonly account: {
      readonly platform: string
      readonly method: string
      readonly state: string
      readonly handle: string
      readonly traits: unknown
    }
  }
}
type By = {
  readonly actorId: string
  readonly isTemplate?: boolean
  /** For its author alone. `isTaken`: it has such an answer, or one is on its way. */
  readonly privately?: { readonly isTaken: boolean } | undefined
  readonly fence?: number | undefined
  readonly evenSo?: boolean
}
type Way<M> = { readonly message: M; readonly platform: Platform; readonly way: ConversationDetail['answering'] }

/** By which way a message is answered, when nothing speaks against it, whatever the words. */
export function wayToAnswer<M extends Answerable>(
  message: M | null,
  { actorId, isTemplate = false, privately, fence, evenSo = false }: By,
): Result<Way<M>> {
  if (!message || message.own)
    return fail<Failure>({ code: 'NOT_FOUND', message: 'There is no such message to answer. Reload the conversation.' })
  if (message.deletedAt)
    return fail<Failure>({
      code: 'CONFLICT',
      message: 'This message was taken away at the network; nobody can answer it.',
    })
  const { account, heldById, heldUntil, holdFence, lastInboundAt } = message.conversation
  if (account.state !== 'healthy')
    return fail<Failure>({
      code: 'PLATFORM_AUTH_FAILED',
      message: `${account.handle} must be reconnected before it can answer. Your words are kept here.`,
    })
  const platform = adapterOf(account)
  const unreachable = whyUnreachable(platform, message)
  if (unreachable) return fail<Failure>({ code: 'CONFLICT', message: unreachable })
  const way = answering(platform, { kind: message.kind, lastInboundAt, traits: account.traits })
  const isPrivate = privately !== undefined
  const notPrivately = privately && whyNotPrivately(platform, { ...message, ...privately })
  if (notPrivately) return fail(notPrivately)
  if (isPrivate && isTemplate)
    return fail<Failure>({
      code: 'VALIDATION_ERROR',
      message: `${platform.label} has no templates for private answers. Write words of your own.`,
    })
  if (isTemplate && !way.templates)
    return fail<Failure>({
      code: 'VALIDATION_ERROR',
      message: `${platform.label} has no templates. Write words of your own.`,
    })
  if (!way.open && !isTemplate && !isPrivate)
    return fail<Failure>({ code: 'CONFLICT', message: way.rule ?? `${platform.label} takes no answer to this.` })
  if (heldById && heldById !== actorId && heldUntil && heldUntil > now() && !evenSo)
    return fail<Failure>({
      code: 'CONFLICT',
      message: 'Somebody else is answering this right now. Wait for them, or send yours all the same.',
      fields: { evenSo: ['say true to send it all the same'] },
    })
  if (fence !== undefined && fence !== holdFence && !evenSo)
    return fail<Failure>({
      code: 'CONFLICT',
      message:
        'Somebody else has taken this conversation since you began. See what they did, or send yours all the same.',
      fields: { evenSo: ['say true to send it all the same'] },
    })
  return ok({ message, platform, way: isPrivate ? { ...way, media: null } : way })
}

type FromElsewhere = Pick<Answerable, 'ref' | 'via'>
/** Nobody but an import has told of it: see `Incoming.ref`. */
export const isOnlyImported = ({ ref, via }: FromElsewhere): boolean => via === 'import' && ref === null

/**
 * Why an answer to this finds no way to it, in words. What was imported may go by any name, and nothing that its network
 * wants of an answer is known, until the network itself tells of it.
 */
export const whyUnreachable = ({ label }: Platform, message: FromElsewhere): string | undefined =>
  isOnlyImported(message)
    ? `This was imported, so Posthorn cannot answer it. Answer it at ${label}, or wait until they write anew.`
    : undefined

function whyNotPrivately(
  platform: Platform,
  asked: Pick<Answerable, 'kind' | 'own' | 'at' | 'identityId'> & { readonly isTaken: boolean },
): Failure | undefined {
  const way = answeringPrivately(platform, asked)
  if (!way)
    return {
      code: 'VALIDATION_ERROR',
      message: `${platform.label} takes no private answer to this. Answer it as everybody does.`,
      fields: { privately: ['is not possible here'] },
    }
  return way.open ? undefined : { code: 'CONFLICT', message: way.rule }
}
