import { believed, textsOf, utf16, utf8Bytes } from '../text/texts'

const readOn = '2026-11-21'

const videos = believed('https://developers.google.com/youtube/v3/docs/videos', readOn)

export const texts = textsOf('youtube', {
  description: { max: 5000, forbidden: '<>', ...utf8Bytes, ...videos },
  title: { max: 100, forbidden: '<>', ...utf16, ...videos },
  comment: { max: 10_000, ...utf16, ...believed('https://developers.google.com/youtube/v3/docs/comments', readOn) },
})
