import type { ApiVersion, Place } from '../place'

export const place: Place = {
  apiUrl: 'https://bsky.social',
  webUrl: 'https://bsky.app',
  optionalHosts: ['jetstream'],
}

export const apiVersion = {
  version: 'lexicons of @atproto/api 0.21',
  source: 'https://atproto.com/specs/lexicon, read 2026-11-21',
  verified: true,
} as const satisfies ApiVersion
