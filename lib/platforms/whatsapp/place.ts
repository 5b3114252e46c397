import type { ApiVersion, Place } from '../place'

export const place: Place = {
  apiUrl: 'https://graph.facebook.com',
  webUrl: 'https://wa.me',
}

export const apiVersion = {
  version: 'v26.0',
  endsOn: '2028-07-29',
  source: 'https://developers.facebook.com/docs/graph-api/changelog, through a mirror',
  verified: false,
} as const satisfies ApiVersion
