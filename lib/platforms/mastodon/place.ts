import type { ApiVersion, Place } from '../place'

export const place: Place = {
  // The server a person names takes its place.
  apiUrl: 'https://mastodon.social',
  webUrl: 'https://mastodon.social',
}

export const apiVersion = {
  version: 'v1 and v2',
  source: 'https://docs.joinmastodon.org/methods/, 4.7',
  verified: true,
} as const satisfies ApiVersion
