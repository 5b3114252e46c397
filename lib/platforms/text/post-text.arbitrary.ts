import fc from 'fast-check'

/** Emoji of every construction that Emoji 12 knew: plain, toned, joined, flags, keycaps, needless and missing selectors. */
export const emoji = [
  '😀',
  '❤️',
  '❤',
  '👍🏽',
  '👩🏽‍💻',
  '👨‍👩‍👧‍👦',
  '🏳️‍🌈',
  '🏴‍☠️',
  '🇩🇪',
  '🇩',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '1️⃣',
  '1⃣',
  '⌚',
  '⌚\uFE0F',
  '☺\uFE0E',
  '👁‍🗨',
  '🐈‍🐕',
  '©',
  '™',
] as const

const scripts = [
  'a',
  'Z',
  '9',
  'é',
  'e\u0301',
  'ß',
  'Ā',
  'я',
  'ع',
  'ש',
  '\u200F',
  '日',
  '本',
  '語',
  'ひ',
  'ハ',
  '、',
  '。',
  '한',
  'ก',
  '์',
  'अ',
  '𝒳',
  '𠮷',
  '\u200D',
  '\uD800',
  '\uDC00',
] as const

const signs = [
  ' ',
  ' ',
  ' ',
  '\n',
  '\n\n',
  '\u00A0',
  '.',
  ',',
  '!',
  '?',
  ':',
  ';',
  '-',
  '_',
  '/',
  '\\',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '<',
  '>',
  '|',
  '*',
  '~',
  '"',
  "'",
  '“',
  '”',
  '…',
  '@',
  '#',
  '$',
  '&',
  '=',
  '%',
  '+',
] as const

const entities = [
  'example.com',
  'https://example.com',
  'http://www.example.co.uk/a_(b)?c=d&e=f#g',
  'https://t.co/abc123',
  'sub-domain.example.org:8080/x',
  'https://bücher.de/straße',
  '例え.com',
  'user@example.com',
  'example.com.',
  'exa_mple.com',
  'a.b.c.net/',
  '@user',
  '@jay.bsky.team',
  '@user@mastodon.social',
  '＠name',

  '#tag',
  '#日本語',
  '＃x1',
  '#1',
  '#a_b',
  '$AAPL',
  '$abc.d',
  'rt @me',
  'e.g.',
  '3.5',
] as const

/** A text made of what real posts, and hostile ones, are made of. */
export const postText = (maxLength = 30): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { weight: 2, arbitrary: fc.constantFrom(...emoji) },
        { weight: 4, arbitrary: fc.constantFrom(...scripts) },
        { weight: 6, arbitrary: fc.constantFrom(...signs) },
        { weight: 4, arbitrary: fc.constantFrom(...entities) },
        { weight: 2, arbitrary: fc.stringMatching(/^[a-z]{1,12}$/) },
      ),
      { maxLength },
    )
    .map((pieces) => pieces.join(''))

/** The same pieces as people set them: with spaces between, and sentence marks after. */
export const spacedText = (maxLength = 30): fc.Arbitrary<string> =>
  fc
    .array(
      fc.tuple(
        fc.oneof(fc.constantFrom(...emoji), fc.constantFrom(...entities), fc.stringMatching(/^[a-z]{1,12}$/)),
        fc.constantFrom('', '', '.', ',', '!', '?', ':', '…'),
        fc.constantFrom(' ', ' ', '\n', '\n\n'),
      ),
      { maxLength },
    )
    .map((pieces) => pieces.flat().join(''))
