import { minute } from '@/lib/core/clock'
import type { Credentials, Platform, Settling } from '@/lib/platforms'

/** A read of comments may lag where the network says nothing of it; twice this is waited before "not there" counts. */
const usualLagMs = 20_000
const echoPatienceMs = 10 * minute

/** How a doubtful answer is settled: by what the adapter says of answers, or does with posts, and by what it can do. */
export function settlingOf(platform: Platform, credentials: Credentials): Settling {
  const { inbox } = platform
  const told = inbox?.settling ?? platform.settling(credentials)
  if (inbox?.findReply)
    return told.by === 'own_key' || told.by === 'read_back' ? told : { by: 'read_back', lagMs: usualLagMs }
  if (platform.webhook || inbox?.poll) return told.by === 'echo' ? told : { by: 'echo', patienceMs: echoPatienceMs }
  return { by: 'person' }
}
