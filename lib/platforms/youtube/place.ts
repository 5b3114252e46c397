import type { ApiVersion, Place } from '../place'

export const place: Place = {
  apiUrl: 'https://www.googleapis.com',
  webUrl: 'https://www.youtube.com',
  hosts: {
    consent: 'https://accounts.google.com',
    token: 'https://oauth2.googleapis.com',
    analytics: 'https://youtubeanalytics.googleapis.com',
    hub: 'https://pubsubhubbub.appspot.com',
  },
}

export const apiVersion = {
  version: 'v3',
  source: 'https://developers.google.com/youtube/v3/revision_history',
  verified: true,
} as const satisfies ApiVersion
