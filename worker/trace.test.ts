import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'

type Span = { readonly name: string; readonly traceId: string; readonly spanId: string; readonly parentSpanId?: string }
type Sent = {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[]
}

const spans: Span[] = []
const listening = async (server: Server) => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Listening on an address and a port, so the name of a pipe is not what comes.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const collector = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  // OTLP/HTTP in JSON: https://opentelemetry.io/docs/specs/otlp/#otlphttp
  const sent = JSON.parse(Buffer.concat(chunks).toString()) as Sent
  for (const { scopeSpans } of sent.resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans)
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
})
const heard: (string | undefined)[] = []
const network = createServer((request, response) => {
  heard.push(request.headers.traceparent?.toString())
  response.writeHead(204).end()
})
// The settings are read once, so the address of the collector stands before anything reads them.
process.env.OTEL_EXPORTER_OTLP_ENDPOINT = await listening(collector)
process.env.OTEL_EXPORTER_OTLP_PROTOCOL = 'http/json'
const { startTracing, traced } = await import('@/lib/core/trace')
const { prisma } = await import('@/lib/core/db')
const { request, trustOrigin } = await import('@/lib/core/http')
const { closeQueues, defineJob, startWorkers } = await import('@/lib/core/queue')
const { closeRealtime } = await import('@/lib/core/realtime')
const { ok } = await import('@/lib/core/result')
const { operation, transact } = await import('@/lib/workspace')
const { newWorkspace } = await import('@/lib/workspace/testing')
const { handle } = await import('./handle')
const { on } = await import('./route')

afterAll(async () => {
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
  collector.close()
  network.close()
})

test('one trace leads from a request over its job to the database and to the network', async () => {
  const url = `${await listening(network)}/secret-path?code=s3cret`
  trustOrigin(url, 'networks')
  const flush = await startTracing('test')
  const job = defineJob({ name: 'test.send', payload: z.object({}) })
  const done = Promise.withResolvers<void>()
  const send = operation({
    can: 'post.send',
    input: job.payload,
    async run(ctx) {
      await ctx.db.project.count()
      await request({ url, method: 'POST', mutation: true, allow: 'networks' })
      done.resolve()
      return ok({ sent: true })
    },
  })
  const stop = await startWorkers(handle([on(job, send)]))
  const { owner } = await newWorkspace()
  await traced('POST /api/posts', {}, () =>
    transact(owner, async ({ enqueue }) => enqueue({ job, payload: {}, key: 'one' })),
  )
  await done.promise
  await stop()
  await flush()

  const [root] = spans.filter(({ name }) => name === 'POST /api/posts')
  const mine = spans.filter(({ traceId }) => traceId === root?.traceId)
  const byId = new Map(mine.map((span) => [span.spanId, span]))
  const roadOf = (span: Span | undefined): string[] =>
    span ? [...roadOf(byId.get(span.parentSpanId ?? '')), span.name] : []
  const call = mine.find(({ name }) => name === `POST ${new URL(url).host}`)
  expect(roadOf(call)[0]).toBe('POST /api/posts')
  expect(roadOf(call).slice(-2)).toEqual(['test.send', `POST ${new URL(url).host}`])
  const queries = mine.filter(({ name }) => name.startsWith('prisma:client')).map(roadOf)
  expect(queries).toContainEqual(expect.arrayContaining(['test.send', 'prisma:client:operation']))
  // What another machine is told and what a collector may keep: neither ids of ours there nor secrets of theirs here.
  expect(heard).toEqual([undefined])
  expect(JSON.stringify(spans)).not.toMatch(/s3cret|secret-path/)
})
