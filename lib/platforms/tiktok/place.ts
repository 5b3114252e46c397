import type { ApiVersion, Place } from '../place'

export const place: Place = {
  apiUrl: 'https://open.tiktokapis.com',
  webUrl: 'https://www.tiktok.com',
}

export const apiVersion = {
  version: 'v2',
  source: 'https://developers.tiktok.com/doc/content-posting-api-get-started',
  verified: true,
} as const satisfies ApiVersion
