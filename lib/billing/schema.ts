import { z } from 'zod'

const id = z.string().min(1).max(64)

/** What AI is used for. Each may have a budget of its own, inside that of the workspace. */
export const aiFeatures = ['draft', 'triage'] as const
export type AiFeature = (typeof aiFeatures)[number]

/** Millionths of a US dollar for a million tokens, so that one token costs a millionth of it. */
export const Price = z.object({
  input: z.number().int().nonnegative().max(1_000_000_000),
  output: z.number().int().nonnegative().max(1_000_000_000),
  /** Where it was read and when, or who set it. */
  source: z.string().min(1).max(300),
})
export type Price = z.infer<typeof Price>

const tokens = z.number().int().nonnegative().max(100_000_000)

export const CallSubject = z.object({
  feature: z.enum(aiFeatures),
  subject: z.object({ type: z.enum(['message', 'settings']), id }),
  conversationId: id.optional(),
  provider: z.string().min(1).max(40),
  model: z.string().min(1).max(200),
})
export const ReserveBudget = CallSubject.extend({
  /** None: the price table is asked. */
  price: Price.optional(),
  /** It is made with the server's own key, which all workspaces together may spend only so much of. */
  byServer: z.boolean().default(false),
  /** Bounds that the call cannot pass, not guesses. */
  inputTokensAtMost: tokens,
  outputTokensAtMost: tokens,
})
export const SettleBudget = z.object({
  callId: id,
  /** Null: the provider did not say, and the whole reservation is taken for spent. */
  usage: z.object({ inputTokens: tokens, outputTokens: tokens }).nullable(),
  durationMs: z.number().int().nonnegative(),
  outcome: z.string().min(1).max(40),
})
export const ReleaseBudget = SettleBudget.omit({ usage: true })

const dollars = z.coerce
  .number('Enter an amount in US dollars, like 10')
  .min(0, 'A budget cannot be less than nothing')
  .max(100_000, 'At most $100,000 a month')
/** Null takes a feature's own budget away; the workspace always has one. */
export const SetBudget = z.object({
  feature: z.enum(aiFeatures).optional(),
  limitDollars: dollars.nullable(),
})

export type FeatureSpending = {
  readonly feature: AiFeature
  /** Null: it has no budget of its own. */
  readonly limitMicros: number | null
  readonly spentMicros: number
  readonly calls: number
  readonly cacheHits: number
}
export type BudgetView = {
  /** yyyy-MM on the wall clock of `timeZone`. */
  readonly period: string
  readonly timeZone: string
  readonly limitMicros: number
  /** True while nobody has set a limit, and the one everyone begins with holds. */
  readonly isDefaultLimit: boolean
  readonly spentMicros: number
  readonly reservedMicros: number
  readonly leftMicros: number
  readonly features: readonly FeatureSpending[]
  /** Days on which something was spent or asked, the first one first; `yyyy-MM-dd` on the same wall clock. */
  readonly days: readonly {
    readonly day: string
    readonly feature: AiFeature
    readonly spentMicros: number
    readonly calls: number
  }[]
  /** When the figures were read, an ISO instant. They are never older than that. */
  readonly asOf: string
}
export type AiCallRow = {
  readonly id: string
  readonly at: string
  readonly feature: AiFeature
  readonly subject: { readonly type: string; readonly id: string }
  readonly conversationId: string | null
  readonly model: string
  readonly state: 'reserved' | 'settled' | 'released' | 'lost'
  readonly outcome: string | null
  readonly inputTokens: number | null
  readonly outputTokens: number | null
  readonly costMicros: number
  readonly reservedMicros: number
  readonly durationMs: number | null
  readonly cacheHit: boolean
}
