import { dollars } from '@/lib/core/format'

/** Micro-dollars as people say them; what is less than a cent keeps its digits, and is never said to be nothing. */
export function money(micros: number): string {
  if (micros === 0 || micros >= 10_000) return dollars(micros)
  return micros < 100 ? 'under $0.0001' : `$${(micros / 1_000_000).toFixed(4)}`
}
