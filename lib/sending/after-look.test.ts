import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { day, inMs, minute, second } from '@/lib/core/clock'
import type { Published } from '@/lib/platforms'
import { afterLook, afterSilence, lookAgain, type AfterLook, type Seen } from './after-look'
import type { HowSettled } from './settling'

const sentAt = new Date('2026-11-25T10:00:00Z')
const overMs = 2 * second
const lagMs = 20 * second
const doubt = { sentAt, quietSince: inMs(overMs, sentAt), absentReads: 0 }
const readBack: HowSettled = { by: 'read_back', lagMs, bearMs: 0 }
const ownKey: HowSettled = { by: 'own_key', lagMs: 0, bearMs: 0 }
const echo: HowSettled = { by: 'echo', lagMs: 0, bearMs: 10 * minute }
const published: Published = { externalId: '1', url: 'https://network.example/1', ref: null }
const failed: Seen = { what: 'unreadable', error: { code: 'unavailable', reason: 'reset' } }
const after = (ms: number) => inMs(ms, sentAt)

test('what can be no other’s is proof, however it is read', () => {
  const seen: Seen = { what: 'ours', published }
  expect(afterLook(seen, doubt, ownKey, after(0))).toEqual({ next: 'prove', by: 'own_key', published })
  expect(afterLook(seen, doubt, readBack, after(0))).toEqual({ next: 'prove', by: 'read_back', published })
  expect(afterLook(seen, doubt, echo, after(0))).toMatchObject({ next: 'prove', by: 'read_back' })
})

test('with a key of our own one look that finds nothing is enough', () => {
  expect(afterLook({ what: 'nothing' }, doubt, ownKey, after(0))).toEqual({ next: 'send_again' })
})

test('a refused token is renewed, and a refusal afterwards is final', () => {
  const refused = { code: 'auth_expired', reason: '' } as const
  expect(afterLook({ what: 'unreadable', error: refused }, doubt, echo, after(day))).toEqual({ next: 'renew' })
  const rejected = { code: 'rejected', reason: 'Nobody may see this.' } as const
  const final = { next: 'refuse', why: 'Nobody may see this.' }
  expect(afterLook({ what: 'refused', error: rejected }, doubt, readBack, after(0))).toEqual(final)
})

describe('where one’s own posts are listed', () => {
  test.each<[string, Seen]>([
    ['nothing', { what: 'nothing' }],
    ['another’s', { what: 'anothers', published }],
  ])('%s there counts past the lag only, and twice', (_, seen) => {
    const early = after(overMs + lagMs - 1)
    const late = after(overMs + lagMs)
    expect(afterLook(seen, doubt, readBack, early)).toEqual({ next: 'look_later', inMs: lagMs, absentReads: 0 })
    expect(afterLook(seen, doubt, readBack, late)).toEqual({ next: 'look_later', inMs: lagMs, absentReads: 1 })
    expect(afterLook(seen, { ...doubt, absentReads: 1 }, readBack, early)).toMatchObject({ absentReads: 1 })
    expect(afterLook(seen, { ...doubt, absentReads: 1 }, readBack, late)).toEqual({ next: 'send_again' })
  })

  test('a copy counts by when it was made, and is asked for anew when there is another', () => {
    const copy = (ageMs: number): Seen => ({
      what: 'unreadable',
      error: { code: 'unavailable', reason: 'not in the copy', copy: { ageMs, nextInMs: 9 * minute } },
    })
    const full = after(overMs + lagMs + minute)
    const later = { next: 'look_later', inMs: 9 * minute }
    expect(afterLook(copy(minute + 1), doubt, readBack, full)).toEqual({ ...later, absentReads: 0 })
    expect(afterLook(copy(minute), doubt, readBack, full)).toEqual({ ...later, absentReads: 1 })
    expect(afterLook(copy(minute + 1), { ...doubt, absentReads: 1 }, readBack, full)).toEqual({
      ...later,
      absentReads: 1,
    })
    expect(afterLook(copy(minute), { ...doubt, absentReads: 1 }, readBack, full)).toEqual({ next: 'send_again' })
  })

  test('a failed look, and one that rivals make useless, count for nothing', () => {
    for (const seen of [failed, { what: 'rivals', published } as const])
      expect(afterLook(seen, { ...doubt, absentReads: 1 }, readBack, after(minute))).toEqual({
        next: 'look_later',
        inMs: seen.what === 'rivals' ? lagMs : 15 * second,
      })
  })

  test('nothing that is there is ever sent again, whenever the network lets it be seen within its lag', () => {
    const looks = fc.array(fc.record({ gapMs: fc.nat(2 * lagMs), ageMs: fc.nat(2 * lagMs), fails: fc.boolean() }), {
      minLength: 1,
      maxLength: 30,
    })
    fc.assert(
      fc.property(fc.nat(overMs), fc.nat(lagMs), looks, (takenMs, hiddenMs, all) => {
        let [at, absentReads] = [0, 0]
        for (const { gapMs, ageMs, fails } of all) {
          at += gapMs
          const isSeen = at - ageMs >= takenMs + hiddenMs
          const error = { code: 'unavailable', reason: 'not in the copy', copy: { ageMs, nextInMs: lagMs } } as const
          const without: Seen = ageMs > 0 ? { what: 'unreadable', error } : { what: 'nothing' }
          const seen: Seen = fails ? failed : isSeen ? { what: 'ours', published } : without
          const next = afterLook(seen, { ...doubt, absentReads }, readBack, after(at))
          expect(next.next).not.toBe('send_again')
          if (next.next === 'look_later') absentReads = next.absentReads ?? absentReads
        }
      }),
    )
  })
})

test('silence of a network that only reports is borne for a while, and never taken for absence', () => {
  for (const seen of [failed, { what: 'nothing' } as const]) {
    expect(afterLook(seen, doubt, echo, after(minute))).toEqual({ next: 'look_later', inMs: 15 * second })
    expect(afterLook(seen, doubt, echo, after(10 * minute))).toEqual({ next: 'ask', why: 'nobody_can_look' })
  }
  // Nothing can be asked meanwhile, so nobody comes back before its time is over.
  expect(afterSilence(doubt, echo, after(0))).toEqual({ next: 'look_later', inMs: 10 * minute })
})

test('where nobody can look and nothing is reported a person is asked at once', () => {
  expect(afterSilence(doubt, { by: 'person', lagMs: 0, bearMs: 0 }, after(0))).toEqual({
    next: 'ask',
    why: 'nobody_can_look',
  })
})

test.each<[string, (at: Date) => AfterLook]>([
  ['that cannot be read', (at) => afterLook(failed, doubt, readBack, at)],
  ['whose account is lost', (at) => lookAgain(doubt, 15 * minute, at)],
  ['where rivals stay in doubt', (at) => afterLook({ what: 'rivals', published }, doubt, readBack, at)],
  ['that says nothing', (at) => afterLook(failed, doubt, echo, at)],
])('a network %s is asked less and less often, and after a day at most a person is', (_, look) => {
  let [at, looks] = [0, 0]
  for (let next = look(after(0)); next.next !== 'ask'; next = look(after(at))) {
    if (next.next !== 'look_later') throw new Error(`it went on by itself: ${next.next}`)
    expect(next.inMs).toBeGreaterThan(0)
    at += next.inMs
    looks += 1
  }
  expect(at).toBeLessThanOrEqual(day + 15 * minute)
  expect(looks).toBeLessThan(150)
})
