import type { Call, Reply } from '../core/call'
import { livingToken } from '../core/living-token'
import { type World, accountById } from '../core/network'
import type { Account } from '../core/state'
import { insufficient, unauthorized } from './problems'

/** What an operation takes, as the description's `security` lists them: all of them. */
export const scopesFor = {
  me: ['user_accounts:read'],
  boards: ['boards:read'],
  writeBoards: ['boards:read', 'boards:write'],
  pins: ['boards:read', 'pins:read'],
  writePins: ['boards:read', 'boards:write', 'pins:read', 'pins:write'],
  media: ['pins:read'],
  writeMedia: ['pins:read', 'pins:write'],
} as const

export function callerOf(
  world: World,
  call: Call,
  may: keyof typeof scopesFor,
): { account: Account } | { refusal: Reply } {
  const token = livingToken(world, call)
  const account = token && accountById(world, token.accountId)
  if (!token || !account) return { refusal: unauthorized() }
  return scopesFor[may].every((scope) => token.scopes.includes(scope)) ? { account } : { refusal: insufficient() }
}
