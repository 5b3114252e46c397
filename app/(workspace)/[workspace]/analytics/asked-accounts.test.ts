import { expect, test } from 'vitest'
import { paths } from '@/lib/core/paths'
import { askedAccounts } from './asked-accounts'

test('the page and its file are about the accounts that a link to them names', () => {
  const asked = { days: 7, accounts: ['a', 'b'] }
  for (const path of [paths.analytics('w', asked), paths.analyticsExport('w', asked)]) {
    const { searchParams } = new URL(path, 'https://desk.test')
    expect(askedAccounts(searchParams)).toEqual(['a', 'b'])
    expect(askedAccounts(Object.fromEntries(searchParams))).toEqual(['a', 'b'])
  }
  expect(askedAccounts({})).toEqual([])
})
