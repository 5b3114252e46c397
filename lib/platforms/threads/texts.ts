import { believed, documented, textsOf, utf16 } from '../text/texts'

const readOn = '2026-11-21'

const post = {
  max: 500,
  maxLinks: 5,
  unit: 'emojiBytes',
  ...documented(
    'https://developers.facebook.com/documentation/threads/posts; links: …/threads/create-posts/text-attachments',
    readOn,
  ),
} as const

export const texts = textsOf('threads', {
  post,
  reply: post,
  alt: {
    max: 1000,
    ...utf16,
    ...believed('https://developers.facebook.com/docs/threads/posts/accessibility', readOn),
  },
  option: {
    max: 25,
    ...utf16,
    ...documented('https://developers.facebook.com/documentation/threads/create-posts/polls', readOn),
  },
})
