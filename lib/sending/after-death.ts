/** Cut off this often, before it was sent, in the middle of that, or of looking for it, another try will not cure what is wrong. */
export const deathsBeforeAsking = 5

/**
 * What follows when a worker died with something in its hands: before the first byte nothing was sent, so it goes out
 * again; after it, the outcome is unknown. What keeps being cut off is a person's.
 * @param deaths how often it was cut off before the first byte, for what is `claimed`, or else after it; this time included
 */
export function afterDeath(state: string, deaths: number): 'send_again' | 'look' | 'ask' {
  if (deaths >= deathsBeforeAsking) return 'ask'
  return state === 'claimed' ? 'send_again' : 'look'
}
