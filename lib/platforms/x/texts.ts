import { believed, codePoints, documented, textsOf } from '../text/texts'

const readOn = '2026-11-21'

const counting = { unit: 'weighted', urlLength: 23 } as const
const api = documented('X API OpenAPI 2.167', readOn)
// Apps may send one cashtag per post (X API changelog, 2026-02-23).
const post = {
  max: 280,
  maxCashtags: 1,
  ...counting,
  ...documented('twitter-text 3.1.0, config/v3.json', readOn),
}

export const texts = textsOf('x', {
  post,
  reply: post,
  comment: post,
  message: { max: 10_000, ...codePoints, ...believed('https://help.x.com/en/using-x/direct-messages', readOn) },
  alt: { max: 1000, ...codePoints, ...api },
  option: { max: 25, ...codePoints, ...api },
})

const long = { max: 25_000, ...believed('https://help.x.com/en/using-x/x-premium', readOn) }

/** What is public, of accounts with a subscription that allows long posts. */
export const premium = {
  post: { ...texts.post, ...long },
  reply: { ...texts.reply, ...long },
  comment: { ...texts.comment, ...long },
}
