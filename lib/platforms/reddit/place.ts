import type { ApiVersion, Place } from '../place'

export const place: Place = {
  apiUrl: 'https://oauth.reddit.com',
  webUrl: 'https://www.reddit.com',
}

export const apiVersion = {
  version: 'unversioned',
  source: 'https://www.reddit.com/dev/api',
  verified: false,
} as const satisfies ApiVersion
