import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { AccountCard } from '@/lib/accounts/schema'
import type { Unheard } from '@/lib/inbox/schema'
import { accountLooks, standingOf } from './account-looks'
import { AccountsInTrouble, AccountTrouble } from './account-trouble'

const well: AccountCard = {
  id: 'mast',
  platform: 'mastodon',
  platformLabel: 'Mastodon',
  method: 'mastodon',
  kind: 'person',
  handle: '@nora',
  displayName: 'Nora Winter',
  avatarUrl: null,
  profileUrl: 'https://mastodon.test/@nora',
  server: null,
  projectId: null,
  state: 'healthy',
  scopesGranted: [],
  scopesMissing: [],
  tokenIssuedAt: '2024-03-01T08:00:00.000Z',
  tokenExpiresAt: null,
  renews: false,
  lastError: null,
  lastCheckedAt: null,
  switches: { looksAgain: null, showsRead: null },
  paused: [],
  settledBy: 'read_back',
}
const why = 'Mastodon failed 10 times in a row'
const paused: AccountCard = { ...well, paused: [{ lane: 'reading', until: '2024-03-01T09:00:00.000Z', why }] }
const unheard: Unheard = {
  accountId: 'mast',
  why: 'Mastodon is not answering (no connection). We try again.',
  at: '2024-03-01T08:30:00.000Z',
  what: 'all',
  posts: 0,
}
const wordsOf = (markup: string) => markup.replaceAll(/<[^>]*>/g, '')

test('nothing is called healthy of which a part is paused or does not come in', () => {
  expect(standingOf(well)).toBe('healthy')
  expect([standingOf(paused), standingOf(well, unheard)]).toEqual(['hindered', 'hindered'])
  expect(standingOf({ ...paused, state: 'needs_reconnect' }, unheard)).toBe('needs_reconnect')
  expect(accountLooks.hindered.tone).toBe('review')
})

test('reading that is paused is told once, in one tone, and without saying that nothing is lost', () => {
  const markup = renderToStaticMarkup(<AccountTrouble account={paused} unheard={unheard} timeZone="UTC" />)
  const words = wordsOf(markup)
  expect(words.match(/does not come in/g)).toHaveLength(1)
  expect(words).toContain(`because ${why}`)
  expect(words).not.toMatch(/nothing is lost|not answering/)
  expect(markup).toContain('bg-review-tint')
  expect(markup).not.toContain('bg-failed-tint')
})

test('the accounts that do not work are named above the list, and nothing stands there while all do', () => {
  const other = { ...well, id: 'other', displayName: 'Alma' }
  const named = (accounts: AccountCard[], missing: Unheard[]) =>
    wordsOf(renderToStaticMarkup(<AccountsInTrouble slug="w" accounts={accounts} unheard={missing} />))
  expect(named([other, paused], [unheard])).toBe('One account does not work as it shouldNora Winter on Mastodon')
  expect(named([other, { ...well, state: 'disconnected' }], [])).toBe('')
})
