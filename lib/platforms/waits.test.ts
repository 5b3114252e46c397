import { describe, expect, test } from 'vitest'
import { day, inMs } from '@/lib/core/clock'
import { discordError } from './discord/translate'
import { regainAt } from './graph'
import { mastodonError } from './mastodon/translate'
import { resetTime, type Refusal } from './outcome'
import { resetAt } from './pinterest/translate'
import type { PlatformError } from './platform'
import { outcomeOf, redditError } from './reddit/translate'
import { telegramError } from './telegram/translate'

const now = new Date('2026-11-26T12:00:00Z')
const refusal = (headers: Readonly<Record<string, string>>): Refusal<never> => ({
  kind: 'refused',
  status: 429,
  headers: new Headers(headers),
})
const retryAtOf = (error: PlatformError): Date | undefined =>
  error.code === 'rate_limited' ? error.retryAt : undefined
const usage = (minutes: number) => JSON.stringify({ 1: [{ estimated_time_to_regain_access: minutes }] })

/** When each network is asked again that says so much. */
const readers: Readonly<Record<string, (said: string) => Date | undefined>> = {
  'a header in unix seconds': (said) => resetTime(new Headers({ 'x-reset': said }), 'x-reset', now, now),
  'retry-after': (said) => resetTime(new Headers({ 'retry-after': said }), 'x-reset', now, now),
  'reddit, by a header': (said) => retryAtOf(redditError(refusal({ 'x-ratelimit-reset': said }), 'visible', now)),
  'reddit, in its answer': (said) => {
    const outcome = outcomeOf({ errors: [['RATELIMIT', 'Slow down', 'ratelimit']], ratelimit: Number(said) }, now)
    return outcome.ok ? undefined : retryAtOf(outcome.error)
  },
  pinterest: (said) => resetAt(new Headers({ 'x-ratelimit-reset': said }), now),
  telegram: (said) => retryAtOf(telegramError(refusal({ 'retry-after': said }), 'visible', now)),
  discord: (said) => retryAtOf(discordError(refusal({ 'x-ratelimit-reset-after': said }), 'visible', now)),
  'mastodon, in words': (said) =>
    retryAtOf(mastodonError(refusal({ 'x-ratelimit-reset': `+${said.slice(0, 6)}-01-01T00:00:00Z` }), 'visible', now)),
  meta: (said) => regainAt(new Headers({ 'x-business-use-case-usage': usage(Number(said)) }), now),
}

describe.each(Object.entries(readers))('%s', (_name, read) => {
  test.each(['100000000000000000', '999999999999999999999999', '-1000000000000000000000'])(
    'never leaves us alone longer than a week, nor until a moment that is none: %s',
    (said) => {
      const retryAt = read(said)
      expect(retryAt?.getTime()).toBeGreaterThanOrEqual(now.getTime())
      expect(retryAt?.getTime()).toBeLessThanOrEqual(inMs(7 * day, now).getTime())
    },
  )
})
