import { expect, test } from 'vitest'
import { findAddresses } from './addresses'

test.each([
  ['See https://en.wikipedia.org/wiki/Zurich_(city).', ['https://en.wikipedia.org/wiki/Zurich_(city)']],
  ['(see https://en.wikipedia.org/wiki/Zurich_(city))', ['https://en.wikipedia.org/wiki/Zurich_(city)']],
  ['(https://a.test/x), [https://a.test/y]!', ['https://a.test/x', 'https://a.test/y']],
  ['https://a.test/?ids[]=1&ids[] and https://a.test/_(b)?', ['https://a.test/?ids[]=1&ids[]', 'https://a.test/_(b)']],
  ['“HTTPS://A.TEST/x” and <https://a.test/y>', ['HTTPS://A.TEST/x', 'https://a.test/y']],
  ['https://a.test/x...', ['https://a.test/x']],
  ['https://) and http://, nothing', []],
  ['', []],
])('of “%s” a reader takes %j', (text, urls) => {
  const found = findAddresses(text)
  expect(found.map(({ url }) => url)).toEqual(urls)
  expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(urls)
})

test('an address that ends in nothing but brackets is read in one pass', () => {
  const text = `https://a.test/${')'.repeat(200_000)}`
  const began = performance.now()
  expect(findAddresses(text).map(({ url }) => url)).toEqual(['https://a.test/'])
  expect(performance.now() - began).toBeLessThan(1_000)
})
