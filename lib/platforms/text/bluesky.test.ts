import { RichText, UnicodeString } from '@atproto/api'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blueskyFacets, countGraphemes, countUtf8Bytes, measure, textRules } from './index'
import { postText, spacedText } from './post-text.arbitrary'

const decoder = new TextDecoder()
const sliceBytes = (text: string, start: number, end: number) =>
  decoder.decode(new TextEncoder().encode(text).slice(start, end))

/** What @atproto/api finds, as [written text, feature], in order. */
function theirs(text: string) {
  const rich = new RichText({ text })
  rich.detectFacetsWithoutResolution()
  const facets = [...(rich.facets ?? [])].sort((a, b) => a.index.byteStart - b.index.byteStart)
  // Theirs may overlap, which the lexicon leaves to the reader: ours keep the earlier one.
  let end = 0
  const apart = facets.filter(({ index }) => {
    if (index.byteStart < end) return false
    end = index.byteEnd
    return true
  })
  return apart.map(({ index, features: [feature] }) => {
    const value =
      feature &&
      ('uri' in feature ? feature.uri : 'did' in feature ? feature.did : 'tag' in feature ? feature.tag : undefined)
    return { index: [index.byteStart, index.byteEnd], value }
  })
}

const valueOf = (feature: ReturnType<typeof blueskyFacets>['facets'][number]['features'][number] | undefined) => {
  if (feature === undefined) return undefined
  return feature.kind === 'link' ? feature.uri : feature.kind === 'mention' ? feature.handle : feature.tag
}

test('Bluesky: facets are those of @atproto/api, byte for byte, where no link is shortened', () => {
  const withoutSchemes = spacedText().map((text) => text.replaceAll(/https?:\/\//g, ''))
  fc.assert(
    fc.property(withoutSchemes, (text) => {
      const ours = blueskyFacets(text)
      expect(ours.text).toBe(text)
      expect(
        ours.facets.map(({ byteStart, byteEnd, features }) => ({
          index: [byteStart, byteEnd],
          value: valueOf(features[0]),
        })),
      ).toEqual(theirs(text))
    }),
    { numRuns: 1500 },
  )
})

test('Bluesky: shortening changes what is shown and no value', () => {
  fc.assert(
    fc.property(postText(), (text) => {
      expect(blueskyFacets(text).facets.map(({ features }) => valueOf(features[0]))).toEqual(
        theirs(text).map(({ value }) => value),
      )
    }),
    { numRuns: 1500 },
  )
})

test('Bluesky: every facet covers whole characters of the shown text', () => {
  fc.assert(
    fc.property(postText(), (text) => {
      const { text: shown, facets } = blueskyFacets(text)
      let end = 0
      for (const { byteStart, byteEnd } of facets) {
        expect(byteStart).toBeGreaterThanOrEqual(end)
        expect(sliceBytes(shown, byteStart, byteEnd)).not.toBe('')
        expect(shown.toWellFormed()).toContain(sliceBytes(shown, byteStart, byteEnd))
        end = byteEnd
      }
      expect(end).toBeLessThanOrEqual(countUtf8Bytes(shown))
    }),
  )
})

test('Bluesky: a link is shown without its scheme and cut after 13 characters of its path, as in the official app', () => {
  const { text, facets } = blueskyFacets(
    'Ünser https://www.example.com/a/very/long/path?x=y. Und https://example.org/ (http://a.de/b)',
  )
  expect(text).toBe('Ünser www.example.com/a/very/long/.... Und example.org (a.de/b)')
  expect(facets.map(({ byteStart, byteEnd }) => sliceBytes(text, byteStart, byteEnd))).toEqual([
    'www.example.com/a/very/long/...',
    'example.org',
    'a.de/b',
  ])
  expect(facets[0]?.features).toEqual([{ kind: 'link', uri: 'https://www.example.com/a/very/long/path?x=y' }])
})

test('Bluesky: where @atproto/api takes any word that begins with http for a link, we ask for a known ending', () => {
  expect(theirs('httpx.nothing')).toEqual([{ index: [0, 13], value: 'httpx.nothing' }])
  expect(blueskyFacets('httpx.nothing').facets).toEqual([])
})

test('Bluesky: graphemes and bytes are those of @atproto/api', () => {
  fc.assert(
    fc.property(postText(), (text) => {
      const theirText = new UnicodeString(text)
      expect(countGraphemes(text)).toBe(theirText.graphemeLength)
      expect(countUtf8Bytes(text)).toBe(theirText.length)
    }),
  )
})

test('Bluesky: a text within 300 graphemes may still have too many bytes', () => {
  const families = measure('👨‍👩‍👧‍👦'.repeat(200), textRules.bluesky)
  expect(families).toMatchObject({ length: 200, bytes: 5000, fits: false })
  expect(families.problems).toEqual(['Bluesky counts 5000 of 3000 bytes: remove 2000.'])
  expect(measure(`https://example.com/${'a'.repeat(4000)} ${'é'.repeat(200)}`, textRules.bluesky).fits).toBe(true)
})

test.each([
  ['a tag of digits', `#${'1'.repeat(100_000)}`],
  ['a tag of punctuation', `#a${'!'.repeat(99_000)}a`],
  ['many links', 'https://example.com/aaaaaaaaaaaaaaaaaaaa '.repeat(2_500)],
  ['one long host', `a${'.a'.repeat(50_000)}`],
  ['mentions', '@a-'.repeat(33_000)],
])('Bluesky: 100,000 characters of %s are read to the end', (_, text) => {
  expect(blueskyFacets(text).text.length).toBeGreaterThan(0)
})
