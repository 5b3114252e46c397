import { NodeSDK } from '@opentelemetry/sdk-node'
import { trace } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { keepSecretsFromSpans } from './trace-secrets'

type Written = { readonly name: string; readonly attributes: Record<string, unknown> }

test('what Next writes of addresses goes to the collector without queries and tokens', async () => {
  const written: Written[] = []
  const sdk = new NodeSDK({
    autoDetectResources: false,
    spanProcessors: [
      {
        onStart() {},
        onEnd: ({ name, attributes }) => void written.push({ name, attributes }),
        forceFlush: async () => {},
        shutdown: async () => {},
      },
    ],
  })
  sdk.start()
  keepSecretsFromSpans()
  const token = 'm3Kx9_pQ-7vRt2LwZ8yN4cB6'
  const attributes = { 'http.method': 'GET', 'http.target': `/reset-password/${token}?code=abc&state=def`, tries: 2 }
  const next = trace.getTracer('next.js')
  next.startActiveSpan('GET', { attributes }, (span) => span.end())
  next.startActiveSpan(`middleware GET /invitations/${token}`, (span) => span.end())
  next.startSpan('fetch', { attributes: { 'http.url': `https://graph.test/me?access_token=${token}` } }).end()
  trace
    .getTracer('posthorn')
    .startSpan('ours', { attributes: { 'posthorn.post': `/${token}` } })
    .end()
  await sdk.shutdown()
  expect(written).toEqual([
    { name: 'GET', attributes: { 'http.method': 'GET', 'http.target': '/reset-password/…', tries: 2 } },
    { name: 'middleware GET /invitations/…', attributes: {} },
    { name: 'fetch', attributes: { 'http.url': 'https://graph.test/me' } },
    { name: 'ours', attributes: { 'posthorn.post': `/${token}` } },
  ])
})
