import { believed, textsOf, utf16 } from '../text/texts'

const readOn = '2026-11-21'

export const texts = textsOf('facebook', {
  post: {
    max: 63_206,
    ...utf16,
    ...believed('https://developers.facebook.com/docs/graph-api/reference/page/feed', readOn),
  },
  comment: {
    max: 8000,
    ...utf16,
    ...believed('https://developers.facebook.com/docs/graph-api/reference/object/comments', readOn),
  },
  message: {
    max: 2000,
    ...utf16,
    ...believed('https://developers.facebook.com/docs/messenger-platform/reference/send-api', readOn),
  },
})
