import type { Call, Reply } from '../core/call'
import { livingToken } from '../core/living-token'
import { type World, accountById } from '../core/network'
import type { Account } from '../core/state'
import { missingScope, unauthorized } from './problems'

/** The account a user token stands for; otherwise X's refusal. Every scope is needed. */
export function userOf(world: World, call: Call, scopes: readonly string[]): { account: Account } | { refusal: Reply } {
  const token = livingToken(world, call)
  const account = token && accountById(world, token.accountId)
  if (!token || !account) return { refusal: unauthorized() }
  const missing = scopes.find((s) => !token.scopes.includes(s))
  return missing === undefined ? { account } : { refusal: missingScope(missing) }
}

/** A caller who may read: a user with the scopes, or the app itself. */
export function readerOf(world: World, call: Call): { account: Account | undefined } | { refusal: Reply } {
  const token = livingToken(world, call)
  if (token?.kind === 'app') return { account: undefined }
  return userOf(world, call, ['tweet.read', 'users.read'])
}
