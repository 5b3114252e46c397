import { expect, test } from 'vitest'
import { afterDeath, deathsBeforeAsking } from './after-death'

test('what a worker left before its first byte goes out again, until too many have died of it', () => {
  const deaths = [1, deathsBeforeAsking - 1, deathsBeforeAsking]
  expect(deaths.map((times) => afterDeath('claimed', times))).toEqual(['send_again', 'send_again', 'ask'])
})

test('what was being sent, or looked for, is in doubt, until it was cut off too often', () => {
  for (const state of ['sending', 'reconciling']) {
    expect(afterDeath(state, deathsBeforeAsking - 1)).toBe('look')
    expect(afterDeath(state, deathsBeforeAsking)).toBe('ask')
  }
})
