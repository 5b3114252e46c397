import type { ApiVersion, Place } from '../place'

export const place: Place = {
  apiUrl: 'https://api.pinterest.com',
  webUrl: 'https://www.pinterest.com',
}

export const apiVersion = {
  version: 'v5',
  source: 'Pinterest API OpenAPI 5.23.0, read 2026-11-21',
  verified: true,
} as const satisfies ApiVersion
