import { afterAll, beforeAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { beat } from '@/lib/workspace/system'
import { GET as health } from './health/route'
import { GET as metrics } from './metrics/route'
import { GET as ready } from './ready/route'
import { freePortFrom } from '@/scripts/ports.mjs'
import { showMetrics } from '@/worker/metrics'
import { serve } from './serve.fixture'

// The settings are read once, so the port of the worker stands before anything reads them.
const port = await freePortFrom(39_464)
process.env.WORKER_METRICS_PORT = String(port)
const hideMetrics = showMetrics(port)

const servers: Awaited<ReturnType<typeof serve>>[] = []
let at: { health: string; ready: string; metrics: string }

beforeAll(async () => {
  for (const GET of [health, ready, metrics]) servers.push(await serve({ GET }))
  const [one, two, three] = servers.map(({ origin }) => origin)
  at = { health: one ?? '', ready: two ?? '', metrics: three ?? '' }
})
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()))
  await closeQueues()
  await prisma.$disconnect()
})

test('a living process says so, and which build it is', async () => {
  expect(await (await fetch(at.health)).json()).toMatchObject({ ok: true, build: expect.any(String) })
})

/** A part that does not answer in 3 s counts as missing, and a busy machine can be that slow at first: asked until it is so. */
const patience = { timeout: 60_000, interval: 100 }
const ask = async () => {
  const response = await fetch(at.ready)
  return { status: response.status, ...((await response.json()) as object) }
}

test('readiness is 503 until a worker gives a sign of life, and says what is missing', async () => {
  const fine = { database: { ok: true }, queue: { ok: true }, migrations: { ok: true } }
  await expect
    .poll(ask, patience)
    .toMatchObject({ status: 503, ready: false, checks: { ...fine, worker: { ok: false } } })
  await beat('worker-1', new Date())
  await expect
    .poll(ask, patience)
    .toMatchObject({ status: 200, ready: true, checks: { ...fine, worker: { ok: true } } })
})

test('this machine reads the metrics, in Prometheus’ own format', async () => {
  const response = await fetch(at.metrics)
  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4')
  expect(await response.text()).toMatch(/^# HELP posthorn_process_cpu_user_seconds_total /m)
})

test('the queue’s depth and what the worker beside it counts are shown at the same door', async () => {
  const text = await (await fetch(at.metrics)).text()
  expect(text).toMatch(/^posthorn_queue_jobs\{.*queue="upkeep".*state="waiting".*\} \d+$/m)
  // This process stands in for both, so what it counts comes twice: its own, and by way of the worker's port.
  expect(text).toMatch(/^posthorn_worker_metrics_seen\{.*\} [12]$/m)
  hideMetrics()
  await expect
    .poll(async () => (await fetch(at.metrics)).text(), patience)
    .toMatch(/^posthorn_worker_metrics_seen\{.*\} 0$/m)
})

test.each([
  ['what a proxy passes on from elsewhere', { 'x-forwarded-for': '203.0.113.9' }],
  ['a claim to be this machine', { 'x-forwarded-for': '127.0.0.1', 'x-posthorn-peer': '127.0.0.1' }],
])('%s does not', async (_who, headers: Record<string, string>) => {
  expect((await fetch(at.metrics, { headers })).status).toBe(401)
})
