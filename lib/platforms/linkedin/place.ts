import type { ApiVersion, Place } from '../place'

export const place: Place = {
  apiUrl: 'https://api.linkedin.com',
  webUrl: 'https://www.linkedin.com',
  // The Community Management product refuses to share an app with the products for members.
  ownApps: ['page'],
}

export const apiVersion = {
  version: '202608',
  // A version lives about twelve months; afterwards every call is answered with 426.
  endsOn: '2027-08-01',
  source: 'https://learn.microsoft.com/linkedin/marketing/versioning',
  verified: false,
} as const satisfies ApiVersion
