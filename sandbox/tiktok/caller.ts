import type { Call, Reply } from '../core/call'
import { livingToken } from '../core/living-token'
import { type World, accountById } from '../core/network'
import type { Account } from '../core/state'
import type { Token } from '../core/tokens'
import { refuse } from './answers'

export type Caller = { readonly account: Account; readonly token: Token }

/** The account a token stands for, or TikTok's refusal. One of the scopes is enough. */
export function callerOf(world: World, call: Call, scopes: readonly string[]): Caller | { refusal: Reply } {
  const token = livingToken(world, call)
  const account = token && accountById(world, token.accountId)
  if (!token || !account)
    return {
      refusal: refuse('access_token_invalid', 'The access token is invalid or not found in the request.'),
    }
  return scopes.some((scope) => token.scopes.includes(scope))
    ? { account, token }
    : {
        refusal: refuse(
          'scope_not_authorized',
          'The user did not authorize the scope required for completing this request.',
        ),
      }
}
