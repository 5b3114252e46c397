import { afterAll, expect, test } from 'vitest'
import { env } from './env'
import { newId } from './ids'
import { closeDoors, doors, pass } from './rate'

afterAll(closeDoors)

const store = env().REDIS_URL ? 'Redis' : 'Postgres'
const { points, seconds } = doors.signIn

test(`however many come at once, no more than the door’s points pass (${store})`, async () => {
  const key = newId()
  const visits = await Promise.all(Array.from({ length: points * 5 }, () => pass('signIn', key)))
  expect(visits.filter(({ open }) => open)).toHaveLength(points)
})

test('each visit says how many are left, and when the count starts anew', async () => {
  const key = newId()
  const [first, second] = [await pass('signIn', key), await pass('signIn', key)]
  expect([first.limit, first.remaining, second.remaining]).toEqual([points, points - 1, points - 2])
  const untilReset = first.resetAt.getTime() - Date.now()
  expect(untilReset).toBeGreaterThan((seconds - 120) * 1_000)
  expect(untilReset).toBeLessThanOrEqual(seconds * 1_000)
})

test('those who knock at a closed door do not push its opening away', async () => {
  const key = newId()
  for (let visit = 0; visit < points; visit++) await pass('signIn', key)
  const [one, two] = [await pass('signIn', key), await pass('signIn', key)]
  expect([one.open, two.open]).toEqual([false, false])
  expect(Math.abs(two.resetAt.getTime() - one.resetAt.getTime())).toBeLessThan(1_000)
})

test('another caller, and another door, are counted apart', async () => {
  const key = newId()
  for (let visit = 0; visit < points; visit++) await pass('signIn', key)
  expect((await pass('signIn', newId())).open).toBe(true)
  expect((await pass('signUp', key)).open).toBe(true)
})
