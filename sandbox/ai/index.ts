import { z } from 'zod'
import { bearer, header, json, jsonBody } from '../core/call'
import type { Handler } from '../core/serve'
import { answerTo } from './stand-in'

const faults = ['429', '500', 'silence', 'cut', 'malformed', 'wrong_shape', 'no_usage'] as const
const Order = z.object({ fault: z.enum(faults), times: z.number().int().min(1).max(1_000_000).default(1) })

const part = z.object({ type: z.literal('text'), text: z.string() })
/** What is read of a request to /chat/completions: OpenAI's API reference, “Create chat completion”. */
const Asked = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.union([z.string(), z.array(part)]) })).min(1),
  response_format: z
    .object({ json_schema: z.object({ schema: z.record(z.string(), z.unknown()) }).optional() })
    .optional(),
})

type Metered = { model: string; asked: string; inputTokens: number; outputTokens: number; status: number }

/**
 * A server that speaks OpenAI's chat completions, under /ai/v1 of the admin's port. Its answers follow from what was
 * asked; a model whose name contains `gullible` does whatever the message tells it, `obliging` answers and adds whatever anybody wishes that it can read. Any key is taken but `expired`.
 * Knobs: POST /ai/faults { fault, times }, GET and DELETE /ai/calls, which is its own meter and says what each call was asked.
 */
export function createStandIn(): Handler {
  let waiting: { fault: (typeof faults)[number]; left: number }[] = []
  let meter: Metered[] = []

  const complete: Handler = async (call) => {
    if (bearer({ ...call, params: {}, faults: new Map() }) === 'expired')
      return json(401, { error: { message: 'Incorrect API key provided.', type: 'invalid_request_error' } })
    const asked = Asked.safeParse(jsonBody({ ...call, params: {}, faults: new Map() }))
    if (!asked.success) return json(400, { error: { message: 'Invalid request.', type: 'invalid_request_error' } })
    const fault = waiting.find(({ left }) => left > 0)
    if (fault) fault.left -= 1
    const said = asked.data.messages.map(({ content }) =>
      typeof content === 'string' ? content : content.map(({ text }) => text).join(''),
    )
    const { model } = asked.data
    const text =
      fault?.fault === 'malformed'
        ? 'Sure! Here is the JSON you wanted: {"text": "Hello'
        : fault?.fault === 'wrong_shape'
          ? '{"answer":42}'
          : JSON.stringify(answerTo(model, said.at(-1) ?? '', asked.data.response_format?.json_schema?.schema ?? {}))
    const usage = { inputTokens: tokens(said.join('')), outputTokens: tokens(text) }
    const note = (status: number, used: { inputTokens: number; outputTokens: number }) =>
      meter.push({ model, asked: said.join('\n'), status, ...used })
    switch (fault?.fault) {
      case '429':
        note(429, nothing)
        return json(429, { error: { message: 'Rate limit reached.', type: 'rate_limit' } }, { 'retry-after': '7' })
      case '500':
        note(500, nothing)
        return json(500, { error: { message: 'The server had an error.', type: 'server_error' } })
      case 'silence':
      case 'cut':
        // It was worked on and will be billed, though nobody hears the answer.
        note(200, usage)
        return fault.fault
      default:
        note(200, usage)
    }
    return json(200, {
      id: `chatcmpl-${meter.length}`,
      object: 'chat.completion',
      created: 1_700_000_000,
      model,
      choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
      ...(fault?.fault === 'no_usage'
        ? {}
        : {
            usage: {
              prompt_tokens: usage.inputTokens,
              completion_tokens: usage.outputTokens,
              total_tokens: usage.inputTokens + usage.outputTokens,
            },
          }),
    })
  }

  return async (call) => {
    const path = call.url.pathname
    if (path === '/ai/v1/chat/completions' && call.method === 'POST') return complete(call)
    // A page on the internet, open in the same browser, must not turn the knobs.
    if (header({ ...call, params: {}, faults: new Map() }, 'sec-fetch-site') === 'cross-site')
      return json(403, { message: 'The knobs are for this computer only.' })
    if (path === '/ai/calls' && call.method === 'GET') return json(200, { calls: meter })
    if (path === '/ai/calls' && call.method === 'DELETE') {
      meter = []
      waiting = []
      return json(200, { cleared: true })
    }
    if (path === '/ai/faults' && call.method === 'POST') {
      const order = Order.safeParse(jsonBody({ ...call, params: {}, faults: new Map() }))
      if (!order.success) return json(400, { message: z.prettifyError(order.error) })
      waiting.push({ fault: order.data.fault, left: order.data.times })
      return json(201, order.data)
    }
    return json(404, { message: 'There is no such page here. See docs/sandbox.md.' })
  }
}

const nothing = { inputTokens: 0, outputTokens: 0 }
/** About four characters each, as English has them. */
const tokens = (text: string): number => Math.ceil(text.length / 4)
