import { expect, test } from 'vitest'
import { ownPath } from './paths'

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
