import { believed, documented, graphemes, textsOf } from '../text/texts'

const readOn = '2026-11-21'

const lexicon = documented('lexicon app.bsky.feed.post', readOn)
const post = { max: 300, maxBytes: 3000, unit: 'graphemes', shortenLinks: true, ...lexicon } as const

export const texts = textsOf('bluesky', {
  post,
  reply: post,
  comment: post,
  message: {
    max: 1000,
    maxBytes: 10_000,
    ...graphemes,
    ...documented('lexicon chat.bsky.convo.defs#messageInput', readOn),
  },
  // The lexicon bounds no alt text; the official app stops at 2000 graphemes.
  alt: {
    max: 2000,
    ...graphemes,
    ...believed('https://github.com/bluesky-social/social-app src/lib/constants.ts', readOn),
  },
})
