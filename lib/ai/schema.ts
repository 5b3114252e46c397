import { z } from 'zod'
import { isEnough } from './said'

const id = z.string().min(1).max(64)

export const providers = ['openai', 'anthropic', 'google', 'compatible'] as const
export type AiProvider = (typeof providers)[number]
export const providerLabels: Record<AiProvider, string> = {
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  google: 'Google',
  compatible: 'OpenAI-compatible server',
}
/** What each provider is asked with unless somebody chooses otherwise: a cheap model reads, a better one writes. */
export const usualModels: Record<AiProvider, { readonly small: string; readonly large: string }> = {
  openai: { small: 'gpt-5.4-nano', large: 'gpt-5.4-mini' },
  anthropic: { small: 'claude-haiku-4-5', large: 'claude-sonnet-5' },
  google: { small: 'gemini-2.5-flash-lite', large: 'gemini-2.5-flash' },
  compatible: { small: '', large: '' },
}

const model = z.string().trim().min(1, 'Name a model').max(200)
const dollars = z.coerce
  .number('Enter US dollars for a million tokens, like 0.25')
  .min(0, 'A price cannot be less than nothing')
  .max(1_000)
/** US dollars for a million tokens. */
const ModelPrice = z.object({ input: dollars, output: dollars })
export const ModelPrices = z.record(z.string().max(200), ModelPrice)
export type ModelPrices = z.infer<typeof ModelPrices>

export const SaveAiSettings = z.object({
  provider: z.enum(providers),
  baseUrl: z
    .union([
      z.literal(''),
      z.url({ protocol: /^https?$/, error: 'Enter the http(s) address that ends before /chat/completions' }),
    ])
    .default(''),
  /** Left out or empty: the one that is kept goes on. */
  key: z.string().trim().max(500).default(''),
  smallModel: model,
  largeModel: model,
  /** Of models that the price table does not know, or whose list price is not what is paid. */
  smallPrice: ModelPrice.nullable().default(null),
  largePrice: ModelPrice.nullable().default(null),
  /** The small model reads each message, too. */
  refines: z.boolean().default(true),
})
export const ChooseReading = z.object({ refines: z.boolean() })
export type AiSettingsView = {
  /** `nothing`: drafts are templates. `environment`: the server's owner set a key for everyone. */
  readonly from: 'workspace' | 'environment' | 'nothing'
  readonly provider: AiProvider
  readonly baseUrl: string
  readonly hasKey: boolean
  readonly smallModel: string
  readonly largeModel: string
  readonly prices: ModelPrices
  readonly refines: boolean
}

const line = z.string().trim().min(1).max(500)
export const SaveBrandVoice = z.object({
  tone: z.string().trim().max(2_000),
  dos: z.array(line).max(30),
  donts: z.array(line).max(30),
  examples: z
    .array(z.object({ asked: z.string().trim().max(2_000), answered: z.string().trim().min(1).max(2_000) }))
    .max(10),
  forbidden: z.array(z.string().trim().min(1).max(100)).max(200),
  signOff: z.string().trim().max(200),
  languages: z.array(z.string().regex(/^[a-z]{2}$/, 'Name languages by two letters, like en')).max(20),
})
export type BrandVoice = z.output<typeof SaveBrandVoice>

const phrase = z
  .string()
  .trim()
  .max(200)
  .refine(isEnough, 'Use at least three letters, or two where words are not set apart')
export const SaveKnowledge = z.object({
  /** Left out: a new one. */
  entryId: id.optional(),
  title: z.string().trim().min(1, 'Give it a title').max(200),
  body: z.string().trim().min(1, 'Say what is true').max(8_000),
  url: z.union([z.literal(''), z.url({ protocol: /^https?$/, error: 'Enter an http(s) address' })]).default(''),
  whenSaid: z.array(phrase).max(20).default([]),
  answer: z.string().trim().max(2_000).default(''),
})
export const OneKnowledge = z.object({ entryId: id })
export type KnowledgeCard = {
  readonly id: string
  readonly title: string
  readonly body: string
  readonly url: string | null
  readonly whenSaid: readonly string[]
  readonly answer: string | null
  readonly updatedAt: string
}

/** Everything a draft is made from. All of it but our own words came from outside and is data. */
export const DraftRequest = z.object({
  messageId: id,
  conversationId: id,
  network: z.string().max(40),
  kind: z.string().max(40),
  mostCharacters: z.number().int().positive(),
  /** ISO 639-1 of the message; null when it does not say. */
  language: z.string().max(10).nullable(),
  intent: z.string().max(40),
  message: z.string().max(70_000),
  author: z.object({ name: z.string().max(300), handle: z.string().max(300) }),
  /** Oldest first, the message itself last. By us, its author, or others who speak there, too. */
  thread: z.array(z.object({ by: z.enum(['us', 'them', 'others']), text: z.string() })).max(50),
  /** What the person said before, elsewhere. */
  earlier: z.array(z.string()).max(20),
  ourPost: z.string().nullable(),
  /** Of the account that was written to. */
  ourHandle: z.string().max(300).default(''),
  /** Asks anew although the same was answered a while ago. */
  again: z.boolean().default(false),
  /** Which model writes: the small one is cheaper. */
  size: z.enum(['small', 'large']).default('large'),
})
export type DraftRequest = z.input<typeof DraftRequest>

export const Source = z.object({ id: z.string(), title: z.string(), url: z.string().nullable() })
export type Source = z.infer<typeof Source>
const problemKinds = [
  'length',
  'forbidden_word',
  'fact',
  'link',
  'mention',
  'ungrounded',
  'unbacked',
  'echo',
  'language',
  'tone',
] as const
export const DraftProblem = z.object({ kind: z.enum(problemKinds), message: z.string() })
export type DraftProblem = z.infer<typeof DraftProblem>

export const draftOrigins = ['model', 'saved', 'template'] as const
export type DraftOrigin = (typeof draftOrigins)[number]
/** A drafted answer before our own checks. */
export type Drafted = {
  readonly origin: DraftOrigin
  readonly text: string
  /** 0 to 1, as it says of itself. */
  readonly confidence: number
  readonly reasons: readonly string[]
  readonly sources: readonly Source[]
  /** What it may take facts from: sources and what we have said of ourselves. */
  readonly grounds: readonly string[]
  /** Entries of the knowledge base that a model names as its own sources. */
  readonly knowledge: readonly { readonly title: string; readonly body: string; readonly url: string | null }[]
  readonly voice: BrandVoice
  /** Why it is a template although a model was wanted, in words for people. */
  readonly fallback: string | null
  readonly model: string | null
  readonly callId: string | null
  readonly costMicros: number
  /** The small model was asked, and there is a larger one that may do better. */
  readonly mayClimb: boolean
}

/** As lib/language names them; a model may add that it is about law. */
export const readIntents = [
  'refund_request',
  'complaint',
  'support_request',
  'purchase_inquiry',
  'question',
  'praise',
  'feedback',
  'spam',
  'legal',
  'other',
] as const
export const ReadRequest = z.object({ messageId: id, conversationId: id, text: z.string().max(70_000) })
export type ModelReading = {
  readonly intent: (typeof readIntents)[number]
  /** -1 to 1. */
  readonly sentiment: number
  readonly costMicros: number
}
