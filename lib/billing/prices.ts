import type { Price } from './schema'

/** A list price in US dollars for a million tokens, input then output. */
type Listed = readonly [model: string, inputDollars: number, outputDollars: number, source: string]

/** GitHub passes the providers' list prices on and keeps a table of them: Copilot's models and pricing. */
const github = 'docs.github.com/copilot models and pricing, read 2026-11-25'
/** Prices of prompts of up to 200,000 tokens; ours are far shorter. */
const google = 'ai.google.dev/gemini-api/docs/pricing, as of 2025-11'

const listed: readonly Listed[] = [
  ['gpt-5-mini', 0.25, 2, github],
  ['gpt-5.4', 2.5, 15, github],
  ['gpt-5.4-mini', 0.75, 4.5, github],
  ['gpt-5.4-nano', 0.2, 1.25, github],
  ['claude-haiku-4-5', 1, 5, github],
  ['claude-sonnet-4-5', 3, 15, github],
  ['claude-sonnet-5', 2, 10, github],
  ['claude-opus-5', 5, 25, github],
  ['gemini-2.5-flash-lite', 0.1, 0.4, google],
  ['gemini-2.5-flash', 0.3, 2.5, google],
  ['gemini-2.5-pro', 1.25, 10, google],
  ['gemini-3.5-flash', 1.5, 9, github],
]

const prices = new Map<string, Price>(
  listed.map(([model, input, output, source]) => [
    model,
    { input: Math.round(input * 1_000_000), output: Math.round(output * 1_000_000), source },
  ]),
)

/** The list price of a model, dated names (`gpt-5-mini-2025-08-07`) included. Undefined: unknown, and so not to be called. */
export const priceOf = (model: string): Price | undefined =>
  prices.get(model) ?? prices.get(model.replace(/-(\d{8}|\d{4}-\d{2}-\d{2})$/, ''))

/** What tokens cost, in micro-dollars, rounded up. */
export const costOf = (
  { input, output }: Pick<Price, 'input' | 'output'>,
  { inputTokens, outputTokens }: { readonly inputTokens: number; readonly outputTokens: number },
): number => Math.ceil((input * inputTokens + output * outputTokens) / 1_000_000)
