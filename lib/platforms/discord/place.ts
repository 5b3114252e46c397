import type { ApiVersion, Place } from '../place'

export const place: Place = {
  apiUrl: 'https://discord.com',
  webUrl: 'https://discord.com',
  hosts: { gateway: 'wss://gateway.discord.gg' },
}

export const apiVersion = {
  version: 'v10',
  source: 'Discord OpenAPI of 2026-07-18, read 2026-11-21',
  verified: true,
} as const satisfies ApiVersion
