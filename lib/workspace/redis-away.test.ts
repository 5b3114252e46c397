import { execFile, spawnSync } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { startRedis } from '@/scripts/redis.mjs'
import { afterCommit, recorded } from './happenings'
import { env } from '@/lib/core/env'
import { newId } from '@/lib/core/ids'
import { closeQueues, defineJob, enqueueFor, queueCounts } from '@/lib/core/queue'
import { closeDoors, pass } from '@/lib/core/rate'
import { announce, closeRealtime, listen } from '@/lib/core/realtime'

const run = promisify(execFile)
const closedPort = 'redis://127.0.0.1:1'
const hasRedis = spawnSync('redis-server', ['--version']).status === 0
/** In the words of whoever notices first. */
const gone = /Redis is away|timed out|isn't writeable|Connection is closed|max retries/i
const usual = env().REDIS_URL
/** Queue, realtime and doors on this Redis, until the test is over. */
const useRedis = (url: string) => Object.assign(env(), { REDIS_URL: url })

const job = defineJob({ name: 'test.plain', payload: z.object({}) })
const enqueue = () => enqueueFor('w-1', { job, payload: {}, key: newId() })
const happening = () =>
  recorded('w-1', { kind: 'system', id: 'test' }, { type: 'post.scheduled', subject: { type: 'post', id: newId() } })

afterEach(async () => {
  await Promise.all([closeQueues(), closeRealtime(), closeDoors()])
  Object.assign(env(), { REDIS_URL: usual })
})

test('who changed something is not kept waiting for a Redis that cannot be reached', { timeout: 30_000 }, async () => {
  useRedis(closedPort)
  await afterCommit([happening()], [{ workspaceId: 'w-1', job: { job, payload: {}, key: newId() } }])
  await expect(enqueue()).rejects.toThrow('Redis is away')
  await expect(queueCounts()).rejects.toThrow('Redis is away')
  await expect(listen('topic', () => undefined)).rejects.toThrow('Redis is away')
  await expect(pass('api', 'k')).rejects.toThrow('Redis is away')
})

test('that Redis is away is logged once, however often it is tried, and a process ends without it', async () => {
  const program = path.join(import.meta.dirname, 'redis-away.fixture.ts')
  const { stdout } = await run(process.execPath, ['--import', 'tsx', program], {
    env: { ...process.env, REDIS_URL: closedPort, LOG_LEVEL: 'error' },
    timeout: 60_000,
  })
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines.at(-1)).toEqual({ outcomes: ['rejected', 'rejected', 'fulfilled'] })
  expect(lines.slice(0, -1)).toMatchObject([{ msg: 'redis', error: expect.stringContaining('ECONNREFUSED') }])
})

test.skipIf(!hasRedis)(
  'who changed something is not kept waiting for a Redis that stops in the middle, and finds it when it is back',
  { timeout: 60_000 },
  async () => {
    const redis = await startRedis()
    if (!redis) throw new Error('There is no redis-server')
    try {
      useRedis(redis.url)
      const heard: unknown[] = []
      await listen('topic', (data) => heard.push(data))
      await Promise.all([enqueue(), announce('topic', 'there'), pass('api', 'k')])
      await expect.poll(() => heard).toEqual(['there'])
      redis.pause()
      await afterCommit([happening()], [{ workspaceId: 'w-1', job: { job, payload: {}, key: newId() } }])
      await expect(enqueue()).rejects.toThrow(gone)
      redis.goOn()
      await expect.poll(() => enqueue().then(() => 'queued', String)).toBe('queued')
      await redis.stop()
      await afterCommit([happening()], [{ workspaceId: 'w-1', job: { job, payload: {}, key: newId() } }])
      await expect(enqueue()).rejects.toThrow(gone)
    } finally {
      redis.goOn()
      await redis.stop()
    }
  },
)
