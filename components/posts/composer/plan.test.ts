import { chosenAt, momentOf } from '@/lib/core/wall'
import { expect, test } from 'vitest'
import { nextDates } from './next-dates'
import { once, planAt, ruleOf, whenOf } from './plan'

const zone = 'Europe/Zurich'

test('a time that comes twice names both, and the chosen one is sent', () => {
  const twice = momentOf('2026-10-25T02:30', zone)
  expect(twice).toMatchObject({ kind: 'twice', earlier: { name: 'GMT+2' }, later: { name: 'GMT+1' } })
  expect(chosenAt(twice, 'earlier')?.toISOString()).toBe('2026-10-25T00:30:00.000Z')
  expect(chosenAt(twice, 'later')?.toISOString()).toBe('2026-10-25T01:30:00.000Z')
  expect(whenOf(planAt('2026-10-25T02:30', 'later'), zone)).toMatchObject({ kind: 'at', fold: 'later' })
})

test('a time that clocks skip is none, and the next one is named', () => {
  const never = momentOf('2027-03-28T02:30', zone)
  expect(never).toEqual({ kind: 'never', next: '03:30', at: new Date('2027-03-28T01:30Z') })
  expect(chosenAt(never, 'earlier')).toBeUndefined()
  expect(momentOf('2027-02-30T10:00', zone)).toBeUndefined()
})

test('a repetition is a rule, and its dates are those of the wall clock', () => {
  // 25 November 2026 is a Wednesday.
  const weekly = { ...planAt('2026-11-25T09:00'), repeat: { ...once, every: 'week', on: ['FR', 'MO'] } } as const
  expect(ruleOf(weekly)).toBe('FREQ=WEEKLY;BYDAY=MO,FR')
  expect(nextDates('FREQ=WEEKLY;BYDAY=MO,FR', '2026-11-25T09:00', 3)).toEqual([
    '2026-11-27T09:00',
    '2026-11-30T09:00',
    '2026-12-04T09:00',
  ])
  const daily = { ...weekly, repeat: { ...once, every: 'day', ends: 'on', until: '2026-11-26' } } as const
  expect(nextDates(ruleOf(daily) ?? '', '2026-11-25T09:00', 5)).toEqual(['2026-11-25T09:00', '2026-11-26T09:00'])
  expect(ruleOf({ ...weekly, repeat: { ...once, every: 'month', ends: 'after', count: 3 } })).toBe(
    'FREQ=MONTHLY;COUNT=3',
  )
  expect(ruleOf({ ...weekly, repeat: { ...once, every: 'week' } })).toBe('FREQ=WEEKLY;BYDAY=WE')
})

test('the dates of a rule end where years have four digits', () => {
  expect(nextDates('FREQ=WEEKLY', '9999-12-24T09:00', 4)).toEqual(['9999-12-24T09:00', '9999-12-31T09:00'])
})

test('a post for the next free slot never repeats', () => {
  expect(
    ruleOf({ ...planAt('2026-11-25T09:00'), kind: 'next_slot', repeat: { ...once, every: 'day' } }),
  ).toBeUndefined()
})
