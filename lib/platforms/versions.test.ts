import { expect, test } from 'vitest'
import { apiVersion } from './linkedin/place'
import { versionsEnding } from './versions'

const { endsOn, version } = apiVersion

test('an API version is reported from the asked number of days before its end, and after it', () => {
  expect(versionsEnding(30, new Date(Date.parse(endsOn) - 31 * 86_400_000))).toEqual([])
  expect(versionsEnding(30, new Date(Date.parse(endsOn) - 30 * 86_400_000))).toEqual([
    { platform: 'linkedin', version, endsOn, daysLeft: 30 },
  ])
  expect(versionsEnding(30, new Date(Date.parse(endsOn) + 86_400_000))[0]?.daysLeft).toBe(-1)
})
