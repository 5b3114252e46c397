import { believed, textsOf, utf16 } from '../text/texts'

const readOn = '2026-11-21'

const posts = believed('https://learn.microsoft.com/linkedin/marketing/community-management/shares/posts-api', readOn)

export const texts = textsOf('linkedin', {
  // The unit is not documented. UTF-16 is the largest of the plausible ones, so what fits here fits there.
  post: { max: 3000, ...utf16, ...posts },
  comment: {
    max: 1250,
    ...utf16,
    ...believed(
      'https://learn.microsoft.com/linkedin/marketing/community-management/shares/network-update-social-actions',
      readOn,
    ),
  },
  alt: { max: 4086, ...utf16, ...posts },
  option: { max: 30, ...utf16, ...posts },
})
