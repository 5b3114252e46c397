import type { ApiVersion, Place } from '../place'

export const place: Place = {
  apiUrl: 'https://api.telegram.org',
  webUrl: 'https://t.me',
}

export const apiVersion = {
  version: 'Bot API 10.1',
  source: 'https://core.telegram.org/bots/api-changelog',
  verified: true,
} as const satisfies ApiVersion
