import { type Call, type Reply, bearer } from '../core/call'
import { type World, accountById } from '../core/network'
import type { Account } from '../core/state'
import type { Token } from '../core/tokens'
import { accessDenied, emptyToken, expiredToken, invalidToken, revokedToken } from './problems'
import { versionProblem } from './versions'

export type Caller = { readonly member: Account; readonly token: Token }
type Answer<T> = T | { readonly refusal: Reply }

export function urnOf(account: Account): string {
  return account.kind === 'page' ? `urn:li:organization:${account.id}` : `urn:li:person:${account.id}`
}

export function accountOfUrn(world: World, urn: string): Account | undefined {
  const [, kind, id] = /^urn:li:(person|organization):(.+)$/.exec(urn) ?? []
  const account = accountById(world, id ?? '')
  return account && (account.kind === 'page') === (kind === 'organization') ? account : undefined
}

export function tokenOf(world: World, call: Call): Token | undefined {
  return world.tokens.withAccess(bearer(call) ?? '')
}

/** The member behind a living token. */
export function callerOf(world: World, call: Call): Answer<Caller> {
  const access = bearer(call)
  if (access === undefined) return { refusal: emptyToken() }
  const token = tokenOf(world, call)
  const member = token && accountById(world, token.accountId)
  if (!token || !member) return { refusal: invalidToken() }
  if (token.revoked) return { refusal: revokedToken() }
  if (token.expiresAt <= world.now()) return { refusal: expiredToken() }
  return { member, token }
}

/** Like `callerOf`, for versioned addresses under `/rest`. */
export function restCaller(world: World, call: Call): Answer<Caller> {
  const problem = versionProblem(call)
  return problem ? { refusal: problem } : callerOf(world, call)
}

export function isManager(caller: Caller, page: Account): boolean {
  return page.kind === 'page' && page.managers.includes(caller.member.id)
}

/** The account a member may write as, with one of the scopes that its kind of account needs. */
export function mayWriteAs(
  world: World,
  caller: Caller,
  urn: string,
  resource: string,
  scopes: readonly string[] = ['w_organization_social'],
): Answer<{ account: Account }> {
  const account = accountOfUrn(world, urn)
  const isAllowed =
    account &&
    (account.kind === 'person'
      ? account.id === caller.member.id && caller.token.scopes.includes('w_member_social')
      : isManager(caller, account) && scopes.some((scope) => caller.token.scopes.includes(scope)))
  return isAllowed ? { account } : { refusal: accessDenied(resource) }
}

/** Reading is open to page managers alone; a member's own posts are closed to every app. */
export function mayRead(
  caller: Caller,
  author: Account | undefined,
  scopes: readonly string[] = ['r_organization_social'],
): boolean {
  return (
    author !== undefined && isManager(caller, author) && scopes.some((scope) => caller.token.scopes.includes(scope))
  )
}
