import { expect, test } from 'vitest'
import { afterDeath, deathsBeforeAsking } from './after-death'

test('what a worker left before its first byte goes out again, however many have died of it', () => {
  expect([0, 1, 100].map((deaths) => afterDeath('claimed', deaths))).toEqual(['send_again', 'send_again', 'send_again'])
})

test('what was being sent, or looked for, is in doubt, until it was cut off too often', () => {
  for (const state of ['sending', 'reconciling']) {
    expect(afterDeath(state, deathsBeforeAsking - 1)).toBe('look')
    expect(afterDeath(state, deathsBeforeAsking)).toBe('ask')
  }
})
