import type { ApiVersion, Place } from '../place'

export const place: Place = {
  apiUrl: 'https://graph.threads.net',
  webUrl: 'https://www.threads.net',
  hosts: { consent: 'https://threads.net' },
}

export const apiVersion = {
  version: 'v1.0',
  source: 'https://developers.facebook.com/docs/threads',
  verified: false,
} as const satisfies ApiVersion
