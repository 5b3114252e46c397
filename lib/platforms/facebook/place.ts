import type { ApiVersion, Place } from '../place'

export const place: Place = {
  apiUrl: 'https://graph.facebook.com',
  webUrl: 'https://www.facebook.com',
  hosts: { video: 'https://graph-video.facebook.com', upload: 'https://rupload.facebook.com' },
}

export const apiVersion = {
  version: 'v26.0',
  // Graph versions live about two years; v24.0 of 2025-10-08 lives until 2028-02-18.
  endsOn: '2028-07-29',
  source: 'https://developers.facebook.com/docs/graph-api/changelog, through a mirror',
  verified: false,
} as const satisfies ApiVersion
