import { randomInt } from 'node:crypto'
import type { PartKey } from '../platform'

const alphabet = '234567abcdefghijklmnopqrstuvwxyz'

/**
 * A record key of our own: a TID, 53 bits of microseconds and 10 bits of chance (atproto.com/specs/tid).
 * The microseconds below our clock's milliseconds are chance, too: about a million keys for each millisecond.
 */
export function newTid(at: Date): string {
  let value = ((BigInt(at.getTime()) * 1000n + BigInt(randomInt(1000))) << 10n) | BigInt(randomInt(1024))
  let tid = ''
  for (let digit = 0; digit < 13; digit++) {
    tid = alphabet.charAt(Number(value & 31n)) + tid
    value >>= 5n
  }
  return tid
}

export const newKey = (at: Date): PartKey => ({ createdAt: at.toISOString(), recordKey: newTid(at) })
