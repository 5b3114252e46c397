import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Relay } from 'bullmq'
import { afterAll, describe, expect, test } from 'vitest'
import { env } from './env'
import { newId } from './ids'
import { announce, closeRealtime, listen } from './realtime'

const run = promisify(execFile)
const sayElsewhere = (topic: string, text: string) =>
  run(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'realtime.fixture.ts'), topic, text])

afterAll(closeRealtime)

describe(`realtime on ${env().REDIS_URL ? 'Redis' : 'Postgres'}`, () => {
  test('what one process says, all who listen in another hear', async () => {
    const topic = `workspace.${newId()}`
    const heard: unknown[][] = [[], []]
    const stops = await Promise.all(heard.map((ear) => listen(topic, (data) => ear.push(data))))
    await sayElsewhere(topic, 'hello')
    await expect.poll(() => heard).toEqual([[{ text: 'hello' }], [{ text: 'hello' }]])
    await Promise.all(stops.map((stop) => stop()))
  })

  test('who listens is told first when another process last said something, and nothing of what it was', async () => {
    const topic = `workspace.${newId()}`
    const heard: unknown[] = []
    const before: Date[] = []
    const ear = () => listen(topic, (data) => heard.push(data), { before: (at) => before.push(at) })
    const early = await ear()
    expect(before).toEqual([])
    const startedAt = Date.now()
    await sayElsewhere(topic, 'hello')
    const late = await ear()
    expect(before).toHaveLength(1)
    expect(before[0]?.getTime()).toBeGreaterThanOrEqual(startedAt)
    await expect.poll(() => heard).toEqual([{ text: 'hello' }])
    await Promise.all([early(), late()])
  })

  test('what passes is heard, and nobody who begins to listen is told when it was said', async () => {
    const topic = `workspace.${newId()}`
    const heard: unknown[] = []
    const stop = await listen(topic, (data) => heard.push(data))
    const lastSaid = async () => {
      const before: Date[] = []
      const stopAgain = await listen(topic, () => undefined, { before: (at) => before.push(at) })
      await stopAgain()
      return before
    }
    await announce(topic, 'typing', { passes: true })
    await expect.poll(() => heard).toEqual(['typing'])
    expect(await lastSaid()).toEqual([])
    await Promise.all([announce(topic, 'moved'), announce(topic, 'typing', { passes: true })])
    const [movedAt] = await lastSaid()
    expect(movedAt).toBeInstanceOf(Date)
    await expect.poll(() => Date.now()).toBeGreaterThan(movedAt?.getTime() ?? Number.POSITIVE_INFINITY)
    await announce(topic, 'typing', { passes: true })
    expect(await lastSaid()).toEqual([movedAt])
    await expect.poll(() => heard).toEqual(['typing', 'moved', 'typing', 'typing'])
    await stop()
  })

  test('who listens is told that something was missed when it could not be said, unless it passes', async () => {
    const [topic, other] = [`workspace.${newId()}`, `workspace.${newId()}`]
    const heard: unknown[] = []
    const missed: string[] = []
    const stops = await Promise.all(
      [topic, other].map((each) => listen(each, (data) => heard.push(data), { missed: () => missed.push(each) })),
    )
    // More than a message may be.
    const tooLong = 'x'.repeat(1024 * 1024)
    await announce(other, tooLong, { passes: true })
    await announce(topic, tooLong)
    await expect.poll(() => missed, { timeout: 10_000 }).toEqual([topic])
    await announce(topic, 'short')
    await expect.poll(() => heard).toEqual(['short'])
    expect(missed).toEqual([topic])
    await Promise.all(stops.map((stop) => stop()))
  })

  test('who listens is told that something may have been missed while nobody knew of this process', async () => {
    const topic = `workspace.${newId()}`
    const heard: unknown[] = []
    let missed = 0
    const ear = () => listen(topic, (data) => heard.push(data), { missed: () => void (missed += 1) })
    const [stop, stopEarly] = await Promise.all([ear(), ear()])
    await stopEarly()
    const { posthornRelay: relay } = globalThis as { posthornRelay?: Relay }
    if (!relay) throw new Error('Nobody listens')
    // As others do with one that shows no sign of life, and as it finds out by its next.
    await relay['backend'].unregisterNode(relay.nodeId)
    await announce(topic, 'lost')
    await relay['heartbeat']()
    expect(missed).toBe(1)
    await announce(topic, 'heard')
    await expect.poll(() => heard).toEqual(['heard'])
    await stop()
  })

  test('another topic is not heard, and neither is anything once one stopped listening', async () => {
    const [topic, other] = [`workspace.${newId()}`, `workspace.${newId()}`]
    const heard: unknown[] = []
    const still: unknown[] = []
    const stop = await listen(topic, (data) => heard.push(data))
    const stopOther = await listen(other, (data) => still.push(data))
    await announce(other, 1)
    await expect.poll(() => still).toEqual([1])
    await stop()
    await announce(topic, 2)
    await announce(other, 3)
    await expect.poll(() => still).toEqual([1, 3])
    expect(heard).toEqual([])
    await stopOther()
  })

  test.skipIf(env().REDIS_URL !== undefined)(
    'who could not be reached at first is reached once they are there',
    async () => {
      await closeRealtime()
      const { DATABASE_URL } = env()
      const away = new URL(DATABASE_URL)
      away.port = '1'
      Object.assign(env(), { DATABASE_URL: away.href })
      await expect(listen('early', () => {})).rejects.toThrow('ECONNREFUSED')
      Object.assign(env(), { DATABASE_URL })
      const heard: unknown[] = []
      const stop = await listen('late', (data) => heard.push(data))
      await announce('late', 1)
      await expect.poll(() => heard).toEqual([1])
      await stop()
    },
  )

  test('words come in the order they were said, whatever is in them', async () => {
    const topic = `workspace.${newId()}`
    const words = Array.from({ length: 100 }, (_, n) => ({ n, text: `it's "quoted" \\ 👩‍👩‍👧 ${n}` }))
    const heard: unknown[] = []
    const stop = await listen(topic, (data) => heard.push(data))
    for (const word of words) await announce(topic, word)
    await expect.poll(() => heard).toEqual(words)
    await stop()
  })
})
