import { expect, test } from 'vitest'
import { ownPath, paths } from './paths'

test.for([
  ['/northwind/posts?state=draft', '/northwind/posts?state=draft'],
  ['/', '/'],
  ['https://evil.example/', 'home'],
  ['//evil.example', 'home'],
  ['/\\evil.example', 'home'],
  ['/.//evil.example', 'home'],
  ['/..//evil.example', 'home'],
  ['/x/..//evil.example', 'home'],
  [undefined, 'home'],
])('after signing in, %s leads to %s', ([given, leads]) => {
  expect(ownPath(given, 'home')).toBe(leads)
})

test('a report keeps what it is about from one period to the next', () => {
  expect(paths.analytics('w')).toBe('/w/analytics')
  const asked = { days: 7, hours: 'h', accounts: ['a', 'b'] }
  expect(paths.analytics('w', asked)).toBe('/w/analytics?days=7&hours=h&account=a%2Cb')
  expect(paths.analyticsExport('w', { days: 28 })).toBe('/w/analytics/export?days=28')
})
