import { type Call, type Reply, bearer } from '../core/call'
import { type World, accountById } from '../core/network'
import type { Account } from '../core/state'
import type { Token } from '../core/tokens'
import { invalidToken, outsideScopes } from './problems'

export function tokenOf(world: World, call: Call): Token | undefined {
  const token = world.tokens.withAccess(bearer(call) ?? '')
  return token && !token.revoked && token.expiresAt > world.now() ? token : undefined
}

/** `read` covers `read:statuses`. */
const covers = (token: Token, scope: string): boolean =>
  token.scopes.includes(scope) || token.scopes.includes(scope.split(':')[0] ?? '')

/** The account a token stands for; otherwise Mastodon's refusal. */
export function userOf(world: World, call: Call, scope: string): { account: Account } | { refusal: Reply } {
  const token = tokenOf(world, call)
  const account = token && accountById(world, token.accountId)
  if (!token || !account) return { refusal: invalidToken() }
  return covers(token, scope) ? { account } : { refusal: outsideScopes() }
}
