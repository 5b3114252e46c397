import { expect, test } from 'vitest'
import { reportDays } from '@/lib/analytics/schema'
import { askedDays } from './asked-days'

test('a period that there is none of is not shown as another without a word', () => {
  for (const given of ['30', 'x', '', '7.0', ['7', '28']])
    expect(askedDays(given)).toEqual({
      days: 28,
      problem: expect.stringContaining('This is the one of 28'),
    })
})

test('a period that there is, or none, is shown as asked', () => {
  for (const each of reportDays) expect(askedDays(String(each))).toEqual({ days: each })
  expect(askedDays(undefined)).toEqual({ days: 28 })
})
