import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { trustOrigin } from '@/lib/core/http'
import { callModel } from './model'
import type { AiProvider } from './schema'

const Asked = z.looseObject({ tools: z.array(z.looseObject({ name: z.string() })).optional() })
type Seen = { readonly path: string; readonly headers: Record<string, unknown>; readonly body: string }

const said = '{"text":"Hello"}'
/** What each maker's API reference says an answer looks like, in as few words as it takes. */
const answers: Record<AiProvider, (body: z.output<typeof Asked>) => object> = {
  openai: () => ({
    id: 'resp_1',
    object: 'response',
    created_at: 1,
    status: 'completed',
    model: 'm',
    output: [
      {
        type: 'message',
        id: 'msg_1',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: said, annotations: [] }],
      },
    ],
    usage: { input_tokens: 11, output_tokens: 5, total_tokens: 16 },
  }),
  anthropic: ({ tools }) => ({
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content: tools?.[0]
      ? [{ type: 'tool_use', id: 't_1', name: tools[0].name, input: JSON.parse(said) }]
      : [{ type: 'text', text: said }],
    stop_reason: tools ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 11, output_tokens: 5 },
  }),
  google: () => ({
    candidates: [{ content: { role: 'model', parts: [{ text: said }] }, finishReason: 'STOP', index: 0 }],
    usageMetadata: { promptTokenCount: 11, candidatesTokenCount: 5, totalTokenCount: 16 },
  }),
  compatible: () => ({
    id: 'c_1',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [{ index: 0, message: { role: 'assistant', content: said }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 11, completion_tokens: 5, total_tokens: 16 },
  }),
}

let server: Server
let base = ''
let seen: Seen[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      const [, provider = '', ...path] = (request.url ?? '').split('/')
      seen.push({ path: path.join('/'), headers: request.headers, body })
      // The test names the provider in the address.
      const answer = answers[provider as AiProvider](Asked.parse(JSON.parse(body)))
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  trustOrigin(base, 'ai')
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const asked = {
  model: 'some-model',
  instructions: 'Be brief.',
  prompt: '{"data":{"message":"Hi"}}',
  schema: z.object({ text: z.string() }),
  outputTokensAtMost: 321,
}

test.each([
  ['openai', 'responses', 'authorization', 'Bearer the-key'],
  ['anthropic', 'messages', 'x-api-key', 'the-key'],
  ['google', 'models/some-model:generateContent', 'x-goog-api-key', 'the-key'],
  ['compatible', 'chat/completions', 'authorization', 'Bearer the-key'],
] as const)(
  '%s is asked once, with the key, a bound on its answer and no more than that, and its usage is read',
  async (provider, path, header, key) => {
    seen = []
    const outcome = await callModel(
      {
        provider,
        baseUrl: `${base}/${provider}`,
        key: 'the-key',
        models: { small: '', large: '' },
        prices: {},
        refines: false,
        byServer: false,
      },
      asked,
    )
    expect(outcome).toEqual({ kind: 'answered', value: { text: 'Hello' }, usage: { inputTokens: 11, outputTokens: 5 } })
    const [call, ...more] = seen
    expect(more).toEqual([])
    expect(call?.path).toBe(path)
    expect(call?.headers[header]).toBe(key)
    expect(call?.body).toContain('321')
    expect(call?.body).toContain('Be brief.')
  },
)
