import { describe, expect, test } from 'vitest'
import { env } from './env'
import { equalsInConstantTime, isSealedWithOldKey, reseal, seal, unseal } from './crypto'

/** OpenSSL's word for a text that is not what was sealed. */
const unopened = 'unable to authenticate data'

const key = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`

/** The settings of the process are one object, read once; a rotation changes what a new process would read. */
function withKeys<T>(keys: readonly string[], work: () => T): T {
  const settings = env()
  const before = settings.ENCRYPTION_KEYS
  settings.ENCRYPTION_KEYS = [...keys]
  try {
    return work()
  } finally {
    settings.ENCRYPTION_KEYS = before
  }
}

describe('what is sealed', () => {
  test.each(['', 'a token', 'Grüezi 👩‍👩‍👧', 'x'.repeat(100_000)])('opens again, whatever it is (%#)', (plain) => {
    expect(unseal(seal(plain, 'token'), 'token')).toBe(plain)
  })

  test('never looks the same twice, and shows nothing of the text', () => {
    const [one, two] = [seal('a token', 'token'), seal('a token', 'token')]
    expect(one).not.toBe(two)
    expect(Buffer.from(one.split('.')[3] ?? '', 'base64url').toString()).not.toContain('token')
  })

  test('does not open for another purpose', () => {
    const sealed = seal('a token', 'account:1')
    expect(() => unseal(sealed, 'account:2')).toThrow(unopened)
  })

  test('does not open when any part of it was changed', () => {
    const parts = seal('a token of some length', 'token').split('.')
    for (const at of [1, 2, 3]) {
      const bytes = Buffer.from(parts[at] ?? '', 'base64url')
      bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0)
      const changed = parts.with(at, bytes.toString('base64url')).join('.')
      expect(() => unseal(changed, 'token'), `part ${at}`).toThrow(unopened)
    }
  })

  test('does not open with a shortened tag', () => {
    const parts = seal('a token', 'token').split('.')
    const tag = Buffer.from(parts[2] ?? '', 'base64url')
      .subarray(0, 4)
      .toString('base64url')
    expect(() => unseal(parts.with(2, tag).join('.'), 'token')).toThrow('authentication tag')
  })

  test.each(['', 'nonsense', 'a.b', '....'])('is not %j', (text) =>
    expect(() => unseal(text, 'token')).toThrow('No key'),
  )
})

describe('rotation', () => {
  const [old, current] = [key('old', 1), key('new', 2)]

  test('what the old key sealed opens while the old key is kept, and is known to be old', () => {
    const sealed = withKeys([old], () => seal('a token', 'token'))
    withKeys([current, old], () => {
      expect(unseal(sealed, 'token')).toBe('a token')
      expect(isSealedWithOldKey(sealed)).toBe(true)
      const anew = reseal(sealed, 'token')
      expect(isSealedWithOldKey(anew)).toBe(false)
      expect(withKeys([current], () => unseal(anew, 'token'))).toBe('a token')
    })
  })

  test('without the old key the message names it, and what to do', () => {
    const sealed = withKeys([old], () => seal('a token', 'token'))
    withKeys([current], () =>
      expect(() => unseal(sealed, 'token')).toThrow('No key "old" in ENCRYPTION_KEYS: put the retired key back'),
    )
  })

  test('another key under the old one’s name does not open it', () => {
    const sealed = withKeys([old], () => seal('a token', 'token'))
    withKeys([key('old', 3)], () => expect(() => unseal(sealed, 'token')).toThrow(unopened))
  })
})

test('comparison is for texts of any length', () => {
  expect(equalsInConstantTime('same', 'same')).toBe(true)
  expect(equalsInConstantTime('same', 'other, and longer')).toBe(false)
  expect(equalsInConstantTime('', '')).toBe(true)
})
