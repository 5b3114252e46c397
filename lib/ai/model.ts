import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogle } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateText, NoObjectGeneratedError, Output } from 'ai'
import type { z } from 'zod'
import { env } from '@/lib/core/env'
import { request, type HttpOutcome } from '@/lib/core/http'
import { providerLabels } from './schema'
import type { Connection } from './settings'

type Usage = { readonly inputTokens: number; readonly outputTokens: number }
/**
 * What became of a call. `refused` and `unreachable` cost nothing; `unknown` may have been answered and paid;
 * `unusable` was answered, with something that is not what was asked for.
 */
export type ModelOutcome<T> =
  | { readonly kind: 'answered'; readonly value: T; readonly usage: Usage | null }
  | { readonly kind: 'unusable'; readonly usage: Usage | null; readonly why: string }
  | { readonly kind: 'refused'; readonly status: number; readonly why: string }
  | { readonly kind: 'unreachable' | 'unknown'; readonly why: string }

export type Prompt<T> = {
  readonly model: string
  readonly instructions: string
  readonly prompt: string
  readonly schema: z.ZodType<T>
  readonly outputTokensAtMost: number
}

/** Asks a model once. Never tries again by itself: each try is paid. No tool is ever given to a model. */
export async function callModel<T>(connection: Connection, asked: Prompt<T>): Promise<ModelOutcome<T>> {
  const seen: { last?: HttpOutcome } = {}
  try {
    const answer = await generateText({
      model: languageModel(connection, asked.model, guardedFetch(seen)),
      instructions: asked.instructions,
      prompt: asked.prompt,
      output: Output.object({ schema: asked.schema }),
      maxOutputTokens: asked.outputTokensAtMost,
      maxRetries: 0,
    })
    // Reading `output` throws when it is not of the shape.
    return { kind: 'answered', value: answer.output, usage: asUsage(answer.usage) }
  } catch (error) {
    return failureOf(connection, seen.last, error)
  }
}

function languageModel({ provider, baseUrl, key }: Connection, model: string, fetch: typeof globalThis.fetch) {
  const common = { fetch, ...(key ? { apiKey: key } : {}), ...(baseUrl ? { baseURL: baseUrl } : {}) }
  switch (provider) {
    case 'openai':
      return createOpenAI(common)(model)
    case 'anthropic':
      return createAnthropic(common)(model)
    case 'google':
      return createGoogle(common)(model)
    case 'compatible':
      return createOpenAICompatible({
        ...common,
        name: 'compatible',
        baseURL: baseUrl ?? '',
        supportsStructuredOutputs: true,
      })(model)
  }
}

/** The SDK's calls take our own road: public addresses only, or those that the server's owner set. */
const guardedFetch =
  (seen: { last?: HttpOutcome }): typeof globalThis.fetch =>
  async (input, init) => {
    const outcome = await request({
      url: input instanceof Request ? input.url : input,
      method: 'POST',
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: String(init?.body ?? ''),
      timeoutMs: env().AI_TIMEOUT_MS,
      mutation: true,
      allow: 'ai',
    })
    seen.last = outcome
    if (outcome.kind !== 'answer') throw new TypeError(outcome.reason)
    // A copy: the bytes may be a view into a shared buffer, which the type of a body leaves out.
    return new Response(new Uint8Array(outcome.bytes), { status: outcome.status, headers: outcome.headers })
  }

const asUsage = (given: { readonly inputTokens?: number | undefined; readonly outputTokens?: number | undefined }) =>
  given.inputTokens === undefined || given.outputTokens === undefined
    ? null
    : { inputTokens: given.inputTokens, outputTokens: given.outputTokens }

function failureOf<T>({ provider }: Connection, last: HttpOutcome | undefined, error: unknown): ModelOutcome<T> {
  const who = providerLabels[provider]
  if (last?.kind === 'not_sent') return { kind: 'unreachable', why: `${who} could not be reached: ${last.reason}.` }
  if (last?.kind === 'unknown') return { kind: 'unknown', why: `${who} did not answer: ${last.reason}.` }
  if (last?.kind === 'answer' && last.status >= 400)
    return { kind: 'refused', status: last.status, why: refusalWords(who, last.status) }
  if (last?.kind === 'answer')
    return {
      kind: 'unusable',
      usage: NoObjectGeneratedError.isInstance(error) && error.usage ? asUsage(error.usage) : null,
      why: `${who} answered with something that is not a draft.`,
    }
  // Nothing was asked: what the SDK refused before it called is a mistake of ours.
  throw error
}

function refusalWords(who: string, status: number): string {
  if (status === 401 || status === 403) return `${who} does not accept the key. Enter another in the AI settings.`
  if (status === 404) return `${who} has no such model. Choose another in the AI settings.`
  if (status === 429) return `${who} lets no more calls through for now.`
  return `${who} answered with an error (${status}).`
}
