import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleaned, cleanText, parseJsonClean } from './clean'
import { prisma } from './db'

test('a text loses its NULs, and half a pair becomes the sign for what cannot be read', () => {
  expect(cleanText('a\0b\0')).toBe('ab')
  expect(cleanText('a\ud83d b\ude00')).toBe('a\ufffd b\ufffd')
  expect(cleanText('Grüezi 😀 \u0001')).toBe('Grüezi 😀 \u0001')
})

test('whatever JSON says, Postgres takes it once it is clean, and nothing else of it changes', async () => {
  const text = fc.string({
    unit: fc.oneof(fc.constantFrom('\0', '\ud83d', '\ude00', '😀', 'ä', '\\', 'u0000'), fc.string()),
  })
  const values = fc.sample(
    fc.letrec<{ all: unknown }>((tie) => ({
      all: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.integer(),
        fc.boolean(),
        fc.array(tie('all')),
        fc.dictionary(text, tie('all')),
      ),
    })).all,
    { numRuns: 300, seed: 11 },
  )
  for (const value of values) {
    const written = JSON.stringify(value)
    const read = parseJsonClean(written)
    expect(read).toEqual(cleaned(JSON.parse(written)))
    expect(JSON.stringify(read)).toBe(JSON.stringify(cleaned(read)))
  }
  const plain = values.map((value) => JSON.stringify(value)).filter((written) => !/\\u/.test(written))
  expect(plain.length).toBeGreaterThan(50)
  for (const written of plain) expect(parseJsonClean(written)).toEqual(JSON.parse(written))
  const kept = JSON.stringify(values.map((value) => cleaned(value)))
  expect(await prisma.$queryRaw`select length(${kept}::jsonb::text) > 0 as taken`).toEqual([{ taken: true }])
  await prisma.$disconnect()
})

test('what is clean is not copied, and what is no plain value is passed over', () => {
  const clean = { list: ['a', { b: 'c' }], at: new Date(0) }
  expect(cleaned(clean)).toBe(clean)
  const file = new Blob(['a'])
  const call = { run: () => 'a\0', text: 'b\0' }
  const given = { text: 'a\0', file, call, 'na\0me': [new Date(0)] }
  expect(cleaned(given)).toEqual({ text: 'a', file, call, name: [new Date(0)] })
  expect(cleaned(given).call).toBe(call)
})
