import { expect, test } from 'vitest'
import { granted } from './granted'

test.each(['FORBIDDEN', 'NOT_FOUND', 'VALIDATION_ERROR'] as const)(
  'what answers %s is a page that is not there',
  (code) => {
    expect(() => granted({ ok: false, error: { code, message: 'why' } })).toThrow('NEXT_HTTP_ERROR_FALLBACK;404')
  },
)

test('any other failure is a bug, and says what it was', () => {
  expect(() => granted({ ok: false, error: { code: 'INTERNAL_ERROR', message: 'it broke' } })).toThrow('it broke')
})
