import { believed, codePoints, textsOf } from '../text/texts'

const readOn = '2026-11-21'

const submit = believed('https://www.reddit.com/dev/api#POST_api_submit', readOn)

export const texts = textsOf('reddit', {
  post: { max: 40_000, ...codePoints, ...submit },
  title: { max: 300, ...codePoints, ...submit },
  comment: { max: 10_000, ...codePoints, ...believed('https://www.reddit.com/dev/api#POST_api_comment', readOn) },
})
