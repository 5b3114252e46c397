import { env } from '@/lib/core/env'
import type { Settling } from '@/lib/platforms'

/** How long a fresh post may be missing from the account's own list, in milliseconds. 0 where nothing is listed. */
export const lagOf = (settling: Settling): number =>
  settling.by === 'read_back' ? (env().READ_BACK_LAG_MS ?? settling.lagMs) : 0
