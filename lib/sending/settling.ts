import { env } from '@/lib/core/env'
import type { Settling } from '@/lib/platforms'

/** How a doubt is settled, in milliseconds: how long what was sent may be missing from what is read, and how long silence is borne. */
export type HowSettled = { readonly by: Settling['by']; readonly lagMs: number; readonly bearMs: number }

export const howSettled = (settling: Settling): HowSettled => ({
  by: settling.by,
  lagMs: settling.by === 'read_back' ? (env().READ_BACK_LAG_MS ?? settling.lagMs) : 0,
  bearMs: settling.by === 'echo' ? (env().ECHO_PATIENCE_MS ?? settling.patienceMs) : 0,
})
