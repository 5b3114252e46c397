import { env } from '@/lib/core/env'
import { log } from '@/lib/core/log'
import { isPassedOn, peerHeader, peerIn } from '@/lib/core/peer'

let warned = false
/** Behind a proxy that nobody named, everybody shares its address, and with it the limits against guessing. */
function warn(): void {
  if (warned) return
  warned = true
  log.warn({}, 'a request names a proxy: where one of yours passes requests on, set TRUSTED_PROXIES (docs/settings.md)')
}

type Given = { get(name: string): string | null }

/**
 * Where a request came from, for rate limits and the list of sessions. Each proxy adds whom it heard to the end of
 * `x-forwarded-for`; what stands before the hops of our own proxies is the caller's word, and not believed. Without any
 * (`TRUSTED_PROXIES=0`) it is the other end of the connection.
 */
export function addressOf(headers: Given, proxies = env().TRUSTED_PROXIES): string {
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').flatMap((hop) => hop.trim() || [])
  const noted = headers.get(peerHeader) ?? ''
  const peer = peerIn(noted)
  if (proxies === 0 && isPassedOn(noted)) warn()
  // Next.js fills the header in when no proxy did: there may be fewer than we trust.
  const address = proxies === 0 ? peer : (hops.at(-proxies) ?? hops[0] ?? peer)
  return address.slice(0, 64) || 'unknown'
}
