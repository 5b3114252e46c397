/** Cut off in the middle of sending it, or of looking for it, this often, something is wrong that another try will not cure. */
export const deathsBeforeAsking = 5

/**
 * What follows when a worker died with something in its hands: before the first byte nothing was sent, so it goes out
 * again; after it, the outcome is unknown. What keeps being cut off is a person's.
 * @param deaths how often sending it, or looking for it, was cut off, this time included
 */
export function afterDeath(state: string, deaths: number): 'send_again' | 'look' | 'ask' {
  if (state === 'claimed') return 'send_again'
  return deaths >= deathsBeforeAsking ? 'ask' : 'look'
}
