import { expect, test } from 'vitest'
import { meantBy } from './report'

const post = (id: string, text: string, state = 'unknown') => ({ id, text, state })

test('a report is about the only one that says the same, however its white space came back', () => {
  const mine = post('1', 'Fresh  beans\nfrom Sidamo')
  expect(meantBy('Fresh beans from Sidamo ', [mine, post('2', 'Old beans')])).toBe(mine)
})

test('a report that fits none or several proves nothing', () => {
  expect(meantBy('Tea', [post('1', 'Beans')])).toBeUndefined()
  expect(meantBy('Beans', [post('1', 'Beans'), post('2', 'Beans')])).toBeUndefined()
  expect(meantBy('Beans', [post('1', 'Beans'), post('2', 'Beans', 'sending')])).toBeUndefined()
})

test('of one that is being sent its own worker will say', () => {
  expect(meantBy('Beans', [post('1', 'Beans', 'sending')])).toBeUndefined()
})
