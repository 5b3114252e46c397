import type { Call, Reply } from '../core/call'
import { livingToken } from '../core/living-token'
import { type World, accountById } from '../core/network'
import type { Account } from '../core/state'
import type { Token } from '../core/tokens'
import { invalidToken, outsideScopes } from './problems'

/** `read` covers `read:statuses`. */
const covers = (token: Token, scope: string): boolean =>
  token.scopes.includes(scope) || token.scopes.includes(scope.split(':')[0] ?? '')

/** The account a token stands for; otherwise Mastodon's refusal. */
export function userOf(world: World, call: Call, scope: string): { account: Account } | { refusal: Reply } {
  const token = livingToken(world, call)
  const account = token && accountById(world, token.accountId)
  if (!token || !account) return { refusal: invalidToken() }
  return covers(token, scope) ? { account } : { refusal: outsideScopes() }
}
