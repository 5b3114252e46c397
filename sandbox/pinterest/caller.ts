import { type Call, type Reply, bearer } from '../core/call'
import { type World, accountById } from '../core/network'
import type { Account } from '../core/state'
import type { Token } from '../core/tokens'
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

export function tokenOf(world: World, call: Call): Token | undefined {
  const token = world.tokens.withAccess(bearer(call) ?? '')
  return token && !token.revoked && token.expiresAt > world.now() ? token : undefined
}

export function callerOf(
  world: World,
  call: Call,
  may: keyof typeof scopesFor,
): { account: Account } | { refusal: Reply } {
  const token = tokenOf(world, call)
  const account = token && accountById(world, token.accountId)
  if (!token || !account) return { refusal: unauthorized() }
  return scopesFor[may].every((scope) => token.scopes.includes(scope)) ? { account } : { refusal: insufficient() }
}
