import { afterAll, expect, test } from 'vitest'
import { replay } from '@/bench/inbox/replay'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { closeDesk } from '@/lib/inbox/desk.fixture'

afterAll(async () => {
  await Promise.all([closeQueues(), closeRealtime()])
  await closeDesk()
})

// All of it, 50,000 events: npm run bench -- flood
test('a flood replayed twice in random order, many at once, ends in exactly the state of one ordered pass', async () => {
  const events = 250
  const { fresh, messages, ordered, flooded } = await replay({ events, seed: 7, orderedAtOnce: 1 })
  expect(fresh).toBe(events)
  expect(messages).toBeGreaterThan(events / 3)
  expect(flooded).toEqual(ordered)
}, 300_000)
