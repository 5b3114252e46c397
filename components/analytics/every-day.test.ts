import { expect, test } from 'vitest'
import { everyDay } from './every-day'

const report = {
  // Over the night in which clocks there go forward.
  from: '2024-03-29T23:30:00.000Z',
  to: '2024-04-02T22:30:00.000Z',
  timeZone: 'Europe/Zurich',
  sentiment: [
    { day: '2024-03-30', average: 0.5, n: 2 },
    { day: '2024-04-02', average: -0.25, n: 1 },
  ],
}

test('days on which nothing was read stand in their place, so that the others keep their distance', () => {
  expect(everyDay(report)).toEqual([
    { day: '2024-03-30', average: 0.5, n: 2 },
    { day: '2024-03-31', average: null, n: 0 },
    { day: '2024-04-01', average: null, n: 0 },
    { day: '2024-04-02', average: -0.25, n: 1 },
    { day: '2024-04-03', average: null, n: 0 },
  ])
})

test('a period begins and ends where it does, also where nothing was read in all of it', () => {
  const silent = everyDay({ ...report, sentiment: [] })
  expect(silent.map(({ day }) => day)).toEqual(everyDay(report).map(({ day }) => day))
  expect(silent.every(({ average }) => average === null)).toBe(true)
})
