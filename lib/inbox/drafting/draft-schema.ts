import { z } from 'zod'

const id = z.string().min(1).max(64)

/** `again`: a new one, although the same was drafted a while ago. */
export const DraftReply = z.object({ messageId: id, again: z.boolean().default(false) })
export const ApproveDraft = z.object({
  draftId: id,
  /** As a person left it; without it, as it was drafted. */
  text: z.string().trim().min(1, 'is empty').max(20_000).optional(),
  /** The fence of the hold it was changed under, as in WriteReply. */
  fence: z.number().int().nonnegative().optional(),
  /** Goes on although somebody else answers this conversation, or what it answers was answered, changed or done since. */
  evenSo: z.boolean().default(false),
})
export const RejectDraft = z.object({
  draftId: id,
  reason: z.string().trim().min(1, 'Say in a word or two what is wrong with it').max(500),
})

export type DraftCard = {
  readonly id: string
  readonly messageId: string
  readonly origin: 'model' | 'saved' | 'template'
  readonly text: string
  /** 0 to 1. */
  readonly confidence: number
  readonly reasons: readonly string[]
  readonly sources: readonly { readonly id: string; readonly title: string; readonly url: string | null }[]
  readonly problems: readonly { readonly kind: string; readonly message: string }[]
  /** Why it is a template although a model was wanted. */
  readonly fallback: string | null
  readonly model: string | null
  readonly costMicros: number
  readonly createdAt: string
}
export const ListDrafts = z.object({
  conversationId: id.optional(),
  /** The `next` of the page before. */
  cursor: id.optional(),
  take: z.number().int().min(1).max(100).default(50),
})
/** What AI made of the last message that it looked at. */
export type ReadingCard = {
  readonly messageId: string
  readonly decision: 'nothing' | 'draft' | 'auto' | 'person'
  readonly reasons: readonly string[]
  /** How a model reads it, and whether lib/language reads it otherwise; null where none was asked. */
  readonly model: { readonly intent: string; readonly sentiment: number; readonly disagrees: boolean } | null
}
/** What came between a draft and what it answers; it waits no more then. */
export type DraftOvertaken = 'answered' | 'edited' | 'deleted' | 'done'
/** What stands beside the answer box. `over`: where none waits, the last that would, had nothing come between. */
export type DraftDesk = {
  readonly draft: DraftCard | null
  readonly over: { readonly draft: DraftCard; readonly why: DraftOvertaken } | null
  readonly reading: ReadingCard | null
}

export const policyModes = ['off', 'draft', 'auto'] as const
export type PolicyMode = (typeof policyModes)[number]
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time like 22:00')
export const SaveAiPolicy = z
  .object({
    accountId: id,
    mode: z.enum(policyModes),
    /** Under this, 0 to 1, nothing goes by itself. */
    threshold: z.coerce.number().min(0.5, 'At least 0.5').max(1, 'At most 1'),
    delayMinutes: z.coerce
      .number()
      .int('Whole minutes')
      .min(1, 'At least a minute, so that it can be taken back')
      .max(1_440),
    hourlyCap: z.coerce.number().int('A whole number').min(1, 'At least 1').max(1_000, 'At most 1000'),
    /** On the workspace's wall clock; both empty: no quiet hours. */
    quietFrom: z.union([z.literal(''), clock]),
    quietTo: z.union([z.literal(''), clock]),
    /** Who gets what AI leaves to a person: a team, a member, or nobody yet. */
    escalateTo: z
      .union([z.literal(''), z.string().regex(/^(team|member):.{1,64}$/, 'Choose a team or a person')])
      .default(''),
  })
  .refine(
    ({ quietFrom, quietTo }) => (quietFrom === '') === (quietTo === '') && (quietFrom === '' || quietFrom !== quietTo),
    {
      path: ['quietTo'],
      message: 'Enter both times, and two that differ, or neither',
    },
  )
export type AiPolicyView = z.output<typeof SaveAiPolicy> & {
  readonly handle: string
  readonly platform: string
  readonly displayName: string
}
