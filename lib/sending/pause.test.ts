import fc from 'fast-check'
import { expect, test } from 'vitest'
import { day, hour, inMs, minute, second } from '@/lib/core/clock'
import { nextTry, triesBeforeAsking, waitMs } from './pause'

const at = new Date('2026-11-25T10:00:00Z')
const kinds = ['rate_limited', 'media_processing', 'network_down'] as const
const message = 'Wait.'

test('whatever a network asks for, the next try comes neither at once nor after more than a week', () => {
  const until = fc.option(fc.date({ min: inMs(-day, at), max: inMs(60 * day, at), noInvalidDate: true }), {
    nil: undefined,
  })
  fc.assert(
    fc.property(fc.constantFrom(...kinds), until, fc.nat(100), fc.boolean(), (kind, wish, tries, isTry) => {
      const next = nextTry({ kind, message, until: wish, isTry }, tries, at)
      expect(next === undefined).toBe(isTry && tries >= triesBeforeAsking)
      if (!next) return
      const inMsFromNow = next.notBefore.getTime() - at.getTime()
      const wishMs = Math.min((wish?.getTime() ?? 0) - at.getTime(), 7 * day)
      expect(inMsFromNow).toBeGreaterThanOrEqual(Math.max(second, wishMs))
      expect(inMsFromNow).toBeLessThanOrEqual(7 * day)
    }),
  )
})

test('a limit is waited for however often, and at the very reset that the network named', () => {
  const until = inMs(20 * minute, at)
  expect(nextTry({ kind: 'rate_limited', message, until }, 1_000, at)).toEqual({
    notBefore: until,
    retries: { increment: 0 },
  })
})

test('a silent network is left alone for longer and longer, for about a day in all, and then a person is asked', () => {
  const waits = Array.from({ length: triesBeforeAsking }, (_, tries) => waitMs(tries))
  expect(waits[0]).toBeLessThanOrEqual(6 * second)
  expect(Math.max(...waits)).toBeLessThanOrEqual(1.2 * hour)
  const inAllMs = waits.reduce((sum, wait) => sum + wait, 0)
  expect(inAllMs).toBeGreaterThan(0.6 * day)
  expect(inAllMs).toBeLessThan(1.2 * day)
  expect(nextTry({ kind: 'network_down', message }, triesBeforeAsking, at)).toBeUndefined()
})

test('a file is asked about when the network says, at first, and ever less often when that goes on', () => {
  const until = inMs(2 * second, at)
  expect(nextTry({ kind: 'media_processing', message, until }, 0, at)?.notBefore).toEqual(until)
  const late = nextTry({ kind: 'media_processing', message, until }, 20, at)?.notBefore.getTime() ?? 0
  expect(late - at.getTime()).toBeGreaterThan(40 * minute)
})
