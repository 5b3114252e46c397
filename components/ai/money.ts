/** Micro-dollars as people say them; what is less than a cent keeps its digits, and is never said to be nothing. */
export function money(micros: number): string {
  if (micros === 0 || micros >= 10_000) return `$${(micros / 1_000_000).toFixed(2)}`
  return micros < 100 ? 'under $0.0001' : `$${(micros / 1_000_000).toFixed(4)}`
}

/** What may still be spent: a part of a cent is not promised. */
export const moneyLeft = (micros: number): string =>
  money(micros < 10_000 ? micros : Math.floor(micros / 10_000) * 10_000)
