import { expect, test } from 'vitest'
import { tagLinks } from './tags'

test('tags go behind a link, whatever brackets it ends in, and before what follows it', () => {
  expect(tagLinks('See https://en.wikipedia.org/wiki/Zurich_(city) and (https://a.test/x).', { source: 'x' })).toBe(
    'See https://en.wikipedia.org/wiki/Zurich_(city)?utm_source=x and (https://a.test/x?utm_source=x).',
  )
  expect(tagLinks('Nothing to open', { source: 'x' })).toBe('Nothing to open')
})
