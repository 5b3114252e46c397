import { type Call, bearer } from './call'
import type { World } from './network'
import type { Token } from './tokens'

/** The token that a call shows, while it lives. */
export function livingToken(world: World, call: Call): Token | undefined {
  const token = world.tokens.withAccess(bearer(call) ?? '')
  return token && !token.revoked && token.expiresAt > world.now() ? token : undefined
}
