import { env } from '@/lib/core/env'
import { minute } from '@/lib/core/clock'
import type { Credentials, Platform } from '@/lib/platforms'

/** How a doubtful answer is settled for an account, and how long a fresh one may be missing from what is read. */
export type ReplySettling = {
  readonly by: 'own_key' | 'read_back' | 'echo' | 'person'
  readonly lagMs: number
  /** How long silence is borne with before a person is asked, where only a report can tell. */
  readonly patienceMs: number
}

/** A read of comments may lag where the network says nothing of it; twice this is waited before "not there" counts. */
const usualLagMs = 20_000
const echoPatienceMs = 10 * minute

/** By what the adapter says of answers, or does with posts, and by what it can do. */
export function settlingOf(platform: Platform, credentials: Credentials): ReplySettling {
  const told = platform.inbox?.settling ?? platform.settling(credentials)
  const canLook = platform.inbox?.findReply !== undefined
  if (canLook && told.by === 'own_key') return { by: 'own_key', lagMs: 0, patienceMs: 0 }
  if (canLook) {
    const lagMs = told.by === 'read_back' ? told.lagMs : usualLagMs
    return { by: 'read_back', lagMs: env().READ_BACK_LAG_MS ?? lagMs, patienceMs: 0 }
  }
  const echoes = platform.webhook !== undefined || platform.inbox?.poll !== undefined
  return echoes
    ? { by: 'echo', lagMs: 0, patienceMs: told.by === 'echo' ? told.patienceMs : echoPatienceMs }
    : { by: 'person', lagMs: 0, patienceMs: 0 }
}
