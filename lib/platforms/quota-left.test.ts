import { describe, expect, test } from 'vitest'
import { quotaLeft } from './quota-left'

const at = new Date('2026-11-25T12:00:00Z')
const inAMinute = new Date('2026-11-25T12:01:00Z')
const unix = String(inAMinute.getTime() / 1_000)

describe('what is left of a quota', () => {
  test.each([
    ['X', { 'x-rate-limit-remaining': '12', 'x-rate-limit-reset': unix }],
    ['Discord', { 'x-ratelimit-remaining': '12', 'x-ratelimit-reset': `${unix}.000` }],
    ['Reddit', { 'x-ratelimit-remaining': '12.0', 'x-ratelimit-reset': '60' }],
    ['Mastodon', { 'x-ratelimit-remaining': '12', 'x-ratelimit-reset': '2026-11-25T12:01:00.000Z' }],
    ['Bluesky', { 'ratelimit-remaining': '12', 'ratelimit-reset': unix }],
  ])('is heard of %s in its own words', (_network, headers) => {
    expect(quotaLeft(new Headers(headers), at)).toEqual({ calls: 12, resetAt: inAMinute })
  })

  test.each([
    ['the app', { 'x-app-usage': '{"call_count":81,"total_time":3,"total_cputime":2}' }],
    ['a page', { 'x-business-use-case-usage': '{"17":[{"type":"pages","call_count":5,"total_cputime":93}]}' }],
  ])('is nothing for ten minutes when Meta says that %s has used most of its hour', (_whose, headers) => {
    expect(quotaLeft(new Headers(headers), at)).toEqual({ calls: 0, resetAt: new Date('2026-11-25T12:10:00Z') })
  })

  test.each([
    ['nothing', {}],
    ['a moment that has passed', { 'ratelimit-remaining': '0', 'ratelimit-reset': '1700000000' }],
    ['a number without a moment', { 'x-ratelimit-remaining': '3' }],
    ['an hour hardly used', { 'x-app-usage': '{"call_count":12}' }],
    ['what is no JSON', { 'x-app-usage': 'much' }],
  ])('is not known from %s', (_what, headers) => expect(quotaLeft(new Headers(headers), at)).toBeUndefined())
})
