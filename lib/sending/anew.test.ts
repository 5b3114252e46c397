import { expect, test } from 'vitest'
import type { PlatformError } from '@/lib/platforms'
import { unlessInVain } from './anew'

const forgotten: PlatformError = { code: 'unavailable', reason: 'Expired.', lapsed: true, said: 'Invalid ids.' }
const tried = (minutesAgo: number, answer: object = forgotten) => ({
  startedAt: new Date(Date.now() - minutesAgo * 60_000),
  outcome: 'not_sent',
  answer,
})

test('files are brought anew twice for the same word of a network; then it was a refusal, in that word', () => {
  expect(unlessInVain(forgotten, false, [])).toBe(forgotten)
  expect(unlessInVain(forgotten, false, [tried(1)])).toBe(forgotten)
  expect(unlessInVain(forgotten, false, [tried(1), tried(2)])).toEqual({ code: 'rejected', reason: 'Invalid ids.' })
})

test('what was said a day ago, or of something else, does not count', () => {
  const unreached = tried(3, { code: 'unavailable', reason: 'Not reached.' })
  expect(unlessInVain(forgotten, false, [tried(1), tried(25 * 60), unreached])).toBe(forgotten)
})

test('what lapsed for certain is brought anew as often as it takes, and what may be used is looked for', () => {
  const certain: PlatformError = { code: 'unavailable', reason: 'Expired.', lapsed: true }
  expect(unlessInVain(certain, false, [tried(1), tried(2)])).toBe(certain)
  const orUsed: PlatformError = { ...forgotten, orUsed: true }
  expect(unlessInVain(orUsed, true, [tried(1), tried(2)])).toBe(orUsed)
})
