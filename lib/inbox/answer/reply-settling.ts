import { minute } from '@/lib/core/clock'
import type { Credentials, IncomingKind, Platform, Reply, Settling } from '@/lib/platforms'

/** A read of comments may lag where the network says nothing of it; twice this is waited before "not there" counts. */
const usualLagMs = 20_000
const echoPatienceMs = 10 * minute

/** What an answer is at the network: for one person alone, it is a message. */
export const kindOf = ({ to, privately }: Pick<Reply, 'to' | 'privately'>): IncomingKind => (privately ? 'dm' : to.kind)

/**
 * How a doubtful answer to something of a kind is settled: by what the adapter says of such answers, or does with posts,
 * and by what it can do.
 */
export function settlingOf(platform: Platform, credentials: Credentials, kind: IncomingKind): Settling {
  const { inbox } = platform
  const said = inbox?.settling
  const own = said && ('by' in said ? said : said[kind])
  // Where the network shows such answers to no app, looking is no use, though it is for others.
  if (own?.by === 'person') return own
  const told = own ?? platform.settling(credentials)
  if (inbox?.findReply)
    return told.by === 'own_key' || told.by === 'read_back' ? told : { by: 'read_back', lagMs: usualLagMs }
  if (platform.webhook || inbox?.poll) return told.by === 'echo' ? told : { by: 'echo', patienceMs: echoPatienceMs }
  return { by: 'person' }
}
