import { expect, test } from 'vitest'
import type { PlatformError } from '@/lib/platforms'
import { afterAnswer } from './after-answer'

const retryAt = new Date('2026-11-25T12:00:00Z')

test.each<[string, PlatformError, object]>([
  ['a refusal is final', { code: 'rejected', reason: 'Too long.' }, { next: 'refuse', why: 'Too long.' }],
  [
    'a repetition of nothing is refused',
    { code: 'rejected', reason: 'Said before.', duplicate: true },
    { next: 'refuse', why: 'Said before.' },
  ],
  [
    'a limit waits for its reset',
    { code: 'rate_limited', retryAt },
    { next: 'pause', kind: 'rate_limited', until: retryAt },
  ],
  [
    'a network that was not reached is tried again',
    { code: 'unavailable', reason: '' },
    { next: 'pause', kind: 'network_down' },
  ],
  ['a token that is refused is renewed', { code: 'auth_expired', reason: '' }, { next: 'renew' }],
  [
    'what may have happened is looked for past the lag',
    { code: 'outcome_unknown', reason: '' },
    { next: 'look', inMs: 700 },
  ],
  [
    'what was taken is looked for when the network says, by the name it gave',
    { code: 'outcome_unknown', reason: '', processing: { checkAfterMs: 5_000, ref: 'media-1' } },
    { next: 'look', inMs: 5_000, taken: { checkAfterMs: 5_000, ref: 'media-1' } },
  ],
])('%s', (_, error, next) => {
  expect(afterAnswer(error, false, 700)).toEqual(next)
})

test('a refusal as repetition after a try in doubt is no refusal: it is looked for', () => {
  expect(afterAnswer({ code: 'rejected', reason: 'Said before.', duplicate: true }, true, 700)).toEqual({
    next: 'look',
    inMs: 700,
  })
  expect(afterAnswer({ code: 'rejected', reason: 'Too long.' }, true, 700)).toMatchObject({ next: 'refuse' })
})

test('files that are forgotten or used are brought anew, after a try in doubt only when that is not found', () => {
  const error = { code: 'unavailable', reason: '', lapsed: true, orUsed: true } as const
  expect(afterAnswer(error, false, 700)).toEqual({ next: 'pause', kind: 'network_down' })
  expect(afterAnswer(error, true, 700)).toEqual({ next: 'look', inMs: 700 })
  expect(afterAnswer({ code: 'unavailable', reason: '', lapsed: true }, true, 700)).toMatchObject({ next: 'pause' })
})
