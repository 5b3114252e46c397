import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
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
    const ear = () =>
      listen(
        topic,
        (data) => heard.push(data),
        (at) => before.push(at),
      )
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
