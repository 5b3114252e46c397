import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { UnrecoverableError, type Job as QueuedJob } from 'bullmq'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { prisma } from './db'
import { env } from './env'
import { newId } from './ids'
import {
  closeQueues,
  defineJob,
  enqueueFor,
  enqueueMany,
  queueCounts,
  queueNamed,
  startWorkers,
  type Envelope,
} from './queue'
import { closeDoors, pass } from './rate'

const payload = z.object({ n: z.number().default(0) })
const job = defineJob({ name: 'test.plain', payload })
const publishing = defineJob({ name: 'test.publishing', payload, queue: 'publish' })
const fragile = defineJob({ name: 'test.fragile', payload, attempts: 3 })
const endless = defineJob({ name: 'test.endless', payload })

type Run = { readonly id: string; readonly name: string; readonly at: number; readonly data: Envelope }
const stops: (() => Promise<void>)[] = []
const children: ChildProcess[] = []

/** Starts workers that note what they are given, and then do `work`. */
async function start(
  work: (job: QueuedJob<Envelope>) => Promise<unknown> = async () => {},
  lockMs?: number,
): Promise<Run[]> {
  const runs: Run[] = []
  stops.push(
    await startWorkers(async (queued) => {
      runs.push({ id: queued.id ?? '', name: queued.name, at: performance.now(), data: queued.data })
      return work(queued)
    }, lockMs),
  )
  return runs
}

/** A worker in a process of its own. @returns what it has said so far, line by line. */
async function startElsewhere(lockMs: number): Promise<{ child: ChildProcess; said: string[] }> {
  const said: string[] = []
  const program = path.join(import.meta.dirname, 'queue.fixture.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', program, String(lockMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  child.stdout.on('data', (chunk: Buffer) => said.push(...chunk.toString().trim().split('\n')))
  await expect.poll(() => said, { timeout: 60_000 }).toContain('ready')
  return { child, said }
}

/** How long something may take on a busy machine; it is looked at every 25 ms. */
const patience = { timeout: 60_000, interval: 25 }

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await Promise.all(stops.splice(0).map((stop) => stop()))
  for (const name of ['publish', 'upkeep', 'asking'] as const) await queueNamed(name).obliterate({ force: true })
})
afterAll(() => Promise.all([closeQueues(), prisma.$disconnect()]))

describe(`the queue on ${env().REDIS_URL ? 'Redis' : 'Postgres'}`, () => {
  test('brings a job with its workspace, and only ids and plain values', async () => {
    const runs = await start()
    await enqueueFor('w-1', { job, payload: { n: 7 }, key: 'a:b' })
    await expect.poll(() => runs.length, patience).toBe(1)
    expect(runs[0]).toMatchObject({ id: 'test.plain/a_b', data: { workspaceId: 'w-1', payload: { n: 7 } } })
  })

  test('runs a delayed job when its time has come, and not before', async () => {
    const runs = await start()
    const asked = performance.now()
    await enqueueFor('w-1', { job: publishing, payload: {}, key: newId(), delayMs: 800 })
    await expect.poll(() => runs.length, patience).toBe(1)
    expect((runs[0]?.at ?? 0) - asked).toBeGreaterThanOrEqual(795)
  })

  test('tries a job that failed again, each time after a longer pause, and then gives up', async () => {
    const runs = await start(() => Promise.reject(new Error('not today')))
    await enqueueFor('w-1', { job: fragile, payload: {}, key: 'f' })
    await expect.poll(async () => (await queueCounts()).upkeep.failed, patience).toBe(1)
    const [one = 0, two = 0, three = 0, four] = runs.map(({ at }) => at)
    expect(four).toBeUndefined()
    expect(two - one).toBeGreaterThan(650)
    expect(three - two).toBeGreaterThan(1_300)
  })

  test('does not repeat what cannot succeed', async () => {
    const runs = await start(() => Promise.reject(new UnrecoverableError('never')))
    await enqueueFor('w-1', { job: fragile, payload: {}, key: 'u' })
    await expect.poll(async () => (await queueCounts()).upkeep.failed, patience).toBe(1)
    expect(runs).toHaveLength(1)
  })

  test('takes the same job under the same key once, however many ask at once', async () => {
    const asked = Array.from({ length: 20 }, () => enqueueFor('w-1', { job, payload: {}, key: 'same', delayMs: 300 }))
    await Promise.all(asked)
    expect((await queueCounts()).upkeep.delayed).toBe(1)
    const runs = await start()
    await enqueueFor('w-1', { job, payload: {}, key: 'other' })
    await expect
      .poll(() => runs.map(({ id }) => id).toSorted(), patience)
      .toEqual(['test.plain/other', 'test.plain/same'])
  })

  test('a key that is forgotten may be queued again once its job ended, well or badly, and not before', async () => {
    const ends: ((how: 'well' | 'badly') => void)[] = []
    const runs = await start(
      () =>
        new Promise((resolve, reject) =>
          ends.push((how) => (how === 'well' ? resolve(how) : reject(new UnrecoverableError(how)))),
        ),
    )
    const ask = () => enqueueFor('w-1', { job, payload: {}, key: 'swept', isForgotten: true })
    await ask()
    await expect.poll(() => runs.length, patience).toBe(1)
    await ask()
    expect((await queueCounts()).upkeep).toMatchObject({ active: 1, waiting: 0 })
    for (const [n, how] of (['well', 'badly', 'well'] as const).entries()) {
      ends[n]?.(how)
      await expect.poll(async () => (await queueCounts()).upkeep.active, patience).toBe(0)
      await ask()
      await expect.poll(() => runs.length, patience).toBe(n + 2)
    }
    ends[3]?.('well')
  })

  test('shares jobs between workers, and gives none to two of them', async () => {
    const [here, there] = [await start(), await start()]
    const keys = Array.from({ length: 200 }, (_, n) => String(n))
    await enqueueMany(
      'w-1',
      keys.map((key) => ({ job, payload: {}, key })),
    )
    await expect.poll(() => here.length + there.length, patience).toBe(keys.length)
    expect(new Set([...here, ...there].map(({ id }) => id)).size).toBe(keys.length)
  })

  test.skipIf(env().REDIS_URL !== undefined)(
    'however much there is to do, a process holds no more connections than were chosen for it',
    async () => {
      const runs = await start()
      let most = 0
      const count = async () => {
        const [held] = await prisma.$queryRaw<{ n: bigint }[]>`
        select count(*) as n from pg_stat_activity where datname = current_database() and backend_type = 'client backend'`
        most = Math.max(most, Number(held?.n))
      }
      const queues = ['publish', 'upkeep', 'asking', 'media', 'ai', 'webhooks'] as const
      const asked = queues.flatMap((queue) => {
        const one = defineJob({ name: `test.on.${queue}`, payload, queue })
        return Array.from({ length: 60 }, () => enqueueFor('w-1', { job: one, payload: {}, key: newId() }))
      })
      const visits = asked.map((_, n) => pass('api', String(n)))
      while (runs.length < asked.length) await count()
      await Promise.all([...asked, ...visits])
      await closeDoors()
      expect(most).toBeGreaterThan(queues.length)
      // The one that counts is not of the pool.
      expect(most).toBeLessThanOrEqual(env().DATABASE_SHARED_POOL + 1)
    },
  )

  test.skipIf(env().REDIS_URL !== undefined)(
    'what could not be reached at first is reached once it is there, and options of the address stand beside ours',
    async () => {
      await closeQueues()
      const { DATABASE_URL } = env()
      const [away, there] = [new URL(DATABASE_URL), new URL(DATABASE_URL)]
      away.port = '1'
      there.searchParams.set('options', '-c statement_timeout=60000')
      Object.assign(env(), { DATABASE_URL: away.href })
      await expect(queueCounts()).rejects.toThrow('ECONNREFUSED')
      Object.assign(env(), { DATABASE_URL: there.href })
      await expect.poll(queueCounts, patience).toMatchObject({ ai: { waiting: 0 } })
      Object.assign(env(), { DATABASE_URL })
      await closeQueues()
    },
  )

  test.skipIf(env().REDIS_URL !== undefined)(
    'workers that would leave no connection for questions are refused',
    async () => {
      for (let sets = 0; sets < 2; sets++) await start()
      await expect(start()).rejects.toThrow('DATABASE_SHARED_POOL is too small')
    },
  )

  test('a slow queue of upkeep does not hold up publishing', async () => {
    let letGo = () => {}
    const held = new Promise<void>((resolve) => (letGo = resolve))
    const runs = await start(({ name }) => (name === job.name ? held : Promise.resolve()))
    await enqueueMany(
      'w-1',
      Array.from({ length: 20 }, (_, n) => ({ job, payload: {}, key: `slow-${n}` })),
    )
    await expect.poll(() => runs.length, patience).toBe(8)
    await enqueueFor('w-1', { job: publishing, payload: {}, key: 'now' })
    await expect.poll(() => runs.some(({ name }) => name === publishing.name), patience).toBe(true)
    letGo()
  })

  test('a network that does not answer holds up nothing that was told us', async () => {
    let letGo = () => {}
    const held = new Promise<void>((resolve) => (letGo = resolve))
    const asking = defineJob({ name: 'test.asking', payload: z.object({}), queue: 'asking' })
    const runs = await start(({ name }) => (name === asking.name ? held : Promise.resolve()))
    await enqueueMany(
      'w-1',
      Array.from({ length: 20 }, (_, n) => ({ job: asking, payload: {}, key: `silent-${n}` })),
    )
    await expect.poll(() => runs.length, patience).toBe(8)
    await enqueueFor('w-1', { job, payload: {}, key: 'told' })
    await expect.poll(() => runs.some(({ name }) => name === job.name), patience).toBe(true)
    letGo()
  })

  test('a job whose worker was killed is taken again by another', async () => {
    const lockMs = 1_500
    const { child, said } = await startElsewhere(lockMs)
    await enqueueFor('w-1', { job: endless, payload: {}, key: 'orphan' })
    await expect.poll(() => said, patience).toContain('test.endless/orphan')
    child.kill('SIGKILL')
    const runs = await start(undefined, lockMs)
    await expect.poll(() => runs.map(({ id }) => id), patience).toEqual(['test.endless/orphan'])
  })

  test('what was waiting when every worker was gone is done when one comes', async () => {
    await enqueueFor('w-1', { job, payload: {}, key: 'waiting' })
    await closeQueues()
    const runs = await start()
    await expect.poll(() => runs.length, patience).toBe(1)
  })

  test('refuses a payload of another shape before it travels', async () => {
    const wrong = z.unknown().parse({ n: 'seven' }) as { n: number }
    await expect(enqueueFor('w-1', { job, payload: wrong, key: 'wrong' })).rejects.toThrow(/number/)
    expect((await queueCounts()).upkeep.waiting).toBe(0)
  })
})
