import { type Call, type Reply, bearer, header } from '../core/call'
import { type World, accountById } from '../core/network'
import type { Account } from '../core/state'
import { forbidden, noUserAgent, unauthorized } from './problems'

/** `platform:app:version (by /u/name)`, as Reddit's rules ask for. */
const userAgent = /^[^:\s]+:[^:\s]+:\S+ \(.*\/u\/\S+.*\)$/

export const saysWhoItIs = (call: Call): boolean => userAgent.test(header(call, 'user-agent') ?? '')

export function accountFor(world: World, call: Call): Account | undefined {
  const token = world.tokens.withAccess(bearer(call) ?? '')
  return token && !token.revoked && token.expiresAt > world.now() ? accountById(world, token.accountId) : undefined
}

/** The account a token stands for, with the scope a call takes; otherwise Reddit's refusal. */
export function caller(world: World, call: Call, scope: string): { account: Account } | { refusal: Reply } {
  if (!saysWhoItIs(call)) return { refusal: noUserAgent() }
  const account = accountFor(world, call)
  if (!account) return { refusal: unauthorized() }
  const scopes = world.tokens.withAccess(bearer(call) ?? '')?.scopes ?? []
  return scopes.includes(scope) ? { account } : { refusal: forbidden() }
}
