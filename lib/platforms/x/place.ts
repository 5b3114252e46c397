import type { ApiVersion, Place } from '../place'

export const place: Place = {
  apiUrl: 'https://api.x.com',
  webUrl: 'https://x.com',
}

export const apiVersion = {
  version: '2',
  source: 'https://docs.x.com/x-api (OpenAPI 2.167), read 2026-11-21',
  verified: true,
} as const satisfies ApiVersion
