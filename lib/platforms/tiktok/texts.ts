import { believed, textsOf, utf16 } from '../text/texts'

const readOn = '2026-11-21'

const api = believed('https://developers.tiktok.com/doc/content-posting-api-reference-direct-post', readOn)

export const texts = textsOf('tiktok', {
  caption: { max: 2200, ...utf16, ...api },
  // Photo posts have a title and a description instead of the caption.
  title: { max: 90, ...utf16, ...api },
  description: { max: 4000, ...utf16, ...api },
})
