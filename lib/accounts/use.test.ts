import { expect, test } from 'vitest'
import { leaseMsFor } from './use'

test.each([200, 20_000, 600_000])('a lease outlasts a refresh whose calls each take all of %s ms', (timeoutMs) => {
  expect(leaseMsFor({ timeoutMs })).toBeGreaterThan(2 * timeoutMs)
})
