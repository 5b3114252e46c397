import { onlineManager } from '@tanstack/react-query'
import { afterEach, expect, test } from 'vitest'
import { answerOf } from './answer-of'

afterEach(() => onlineManager.setOnline(true))

const lost = () => Promise.reject(new TypeError('Failed to fetch'))

test('what is done without a connection says that it was not done', async () => {
  onlineManager.setOnline(false)
  expect(await answerOf(lost())).toMatchObject({
    error: { message: expect.stringContaining('You are offline, so this was not done.') },
  })
})

test('what lost its connection on the way is not said to be undone: it may have arrived', async () => {
  const answer = answerOf(Promise.resolve().then(lost))
  onlineManager.setOnline(false)
  expect(await answer).toMatchObject({ error: { message: expect.not.stringContaining('not done') } })
})
