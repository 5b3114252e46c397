import { lookup, type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Thrown inside a connection attempt to an address that programs outside may not send us to. */
class BlockedAddress extends Error {
  override readonly name = 'BlockedAddress'
  readonly code = 'BLOCKED_ADDRESS'
}

const bare = (host: string): string => host.replace(/^\[(.*)\]$/, '$1')

/** Looks public, and is the control channel of a cloud's machines (Azure). */
const clouds = new Set(['168.63.129.16'])

/**
 * True for addresses of the public internet. Loopback, private, link-local (the clouds' metadata service among them),
 * carrier-grade NAT, multicast, reserved ranges and IPv6 forms that carry an IPv4 address inside are not public.
 */
export function isPublicAddress(address: string): boolean {
  const plain = bare(address)
  if (!ipaddr.isValid(plain)) return false
  // `process` unwraps ::ffff:127.0.0.1, so that an IPv4 range cannot hide in IPv6.
  const parsed = ipaddr.process(plain)
  return parsed.range() === 'unicast' && !clouds.has(parsed.toString())
}

const blocked = (host: string): BlockedAddress => new BlockedAddress(`${host} is not a public address`)

/** Throws when a host written as a number is not public. A name passes: `guardedLookup` judges what it resolves to. */
export function assertPublicHost(host: string): void {
  const plain = bare(host)
  if (isIP(plain) && !isPublicAddress(plain)) throw blocked(plain)
}

/** True when a host is, or is found right now to be, at an address that is not public. One that is not found is not. */
export const isBlockedHost = (host: string): Promise<boolean> =>
  new Promise((answer) => {
    const plain = bare(host)
    if (isIP(plain)) return answer(!isPublicAddress(plain))
    return guardedLookup(plain, { all: true }, (error) => answer(error instanceof BlockedAddress))
  })

/** Throws when a connection was made to an address that is not public. */
export function assertPublicPeer(address: string | undefined): void {
  if (!address || !isPublicAddress(address)) throw blocked(address ?? 'an unknown peer')
}

/**
 * Resolves a name for `net.connect`, which then connects to the very addresses judged here:
 * a second resolution, which a rebinding name server could answer differently, never happens.
 * One forbidden address among several refuses the name.
 */
export const guardedLookup: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => {
    if (error) return done(error, [])
    const bad = found.find(({ address }) => !isPublicAddress(address))
    if (bad) return done(blocked(hostname), [])
    const [first] = found
    if (!first) return done(Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' }), [])
    return options.all ? done(null, found) : done(null, first.address, first.family)
  })
}
