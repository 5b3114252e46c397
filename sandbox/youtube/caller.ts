import type { Call, Reply } from '../core/call'
import { livingToken } from '../core/living-token'
import { type World, accountById } from '../core/network'
import type { Account } from '../core/state'
import { insufficient, problem, unauthorized } from './problems'

const scope = (name: string): string => `https://www.googleapis.com/auth/${name}`
const manage = [scope('youtube'), scope('youtube.force-ssl')]
const scopesFor = {
  upload: [...manage, scope('youtube.upload')],
  manage,
  read: [...manage, scope('youtube.readonly')],
} as const

/** Who a token stands for: a Google account, which may have no channel. */
export function googleAccountOf(
  world: World,
  call: Call,
  may: keyof typeof scopesFor,
): { account: Account } | { refusal: Reply } {
  const token = livingToken(world, call)
  const account = token && accountById(world, token.accountId)
  if (!token || !account) return { refusal: unauthorized() }
  return scopesFor[may].some((s) => token.scopes.includes(s)) ? { account } : { refusal: insufficient() }
}

/** The channel of a caller; a Google account without one is told to sign up. */
export function channelOf(
  world: World,
  call: Call,
  may: keyof typeof scopesFor,
): { account: Account } | { refusal: Reply } {
  const caller = googleAccountOf(world, call, may)
  return 'account' in caller && caller.account.kind !== 'page'
    ? { refusal: problem(401, 'youtubeSignupRequired', 'Unauthorized', 'youtube.header') }
    : caller
}
