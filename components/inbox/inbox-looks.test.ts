import { expect, test } from 'vitest'
import { intentOptions } from '@/components/routing/choices'
import { messageIntents } from '@/lib/inbox/schema'
import { intentLabel } from './inbox-looks'

test('whatever a message may be read to want can be chosen in rules and, but for nothing much, in lists', () => {
  expect(messageIntents).toContain('legal')
  expect(intentOptions.map(({ value }) => value)).toEqual(messageIntents)
  expect(messageIntents.filter((intent) => intentLabel(intent) === undefined)).toEqual(['other'])
})
