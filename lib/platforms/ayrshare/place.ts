import type { ApiVersion, Place } from '../place'

export const place: Place = {
  apiUrl: 'https://api.ayrshare.com',
  webUrl: 'https://app.ayrshare.com',
}

export const apiVersion = {
  version: 'unversioned',
  source: 'https://www.ayrshare.com/docs',
  verified: false,
} as const satisfies ApiVersion
