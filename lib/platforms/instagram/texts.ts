import { believed, documented, textsOf, utf16, utf8Bytes } from '../text/texts'

const readOn = '2026-11-21'

const reference = 'https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference'

export const texts = textsOf('instagram', {
  caption: {
    max: 2200,
    maxHashtags: 30,
    maxMentions: 20,
    ...utf16,
    ...documented(`${reference}/ig-user/media`, readOn),
  },
  message: {
    max: 1000,
    ...utf8Bytes,
    ...believed(
      'https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/messaging-api',
      readOn,
    ),
  },
  comment: { max: 300, ...utf16, ...believed(`${reference}/ig-media/comments`, readOn) },
  alt: { max: 1000, ...utf16, ...believed(`${reference}/ig-user/media`, readOn) },
})
