import { createHash, randomBytes } from 'node:crypto'
import type { NetworkState } from './state'

export type AuthorizationCode = {
  readonly code: string
  readonly accountId: string
  readonly clientId: string
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly challenge?: string
  readonly challengeMethod?: 'S256' | 'plain'
  readonly expiresAt: number
  used: boolean
}

export type Token = {
  access: string
  refresh?: string
  readonly accountId: string
  readonly clientId: string
  readonly kind: 'user' | 'app' | 'service'
  readonly scopes: readonly string[]
  expiresAt: number
  refreshExpiresAt?: number
  revoked: boolean
}

export function secret(prefix = ''): string {
  return prefix + randomBytes(32).toString('base64url')
}

/** Does the verifier belong to the challenge (RFC 7636)? */
export function verifierMatches(code: AuthorizationCode, verifier: string | undefined): boolean {
  if (code.challenge === undefined) return verifier === undefined || verifier === ''
  if (verifier === undefined) return false
  const shown = code.challengeMethod === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url')
  return shown === code.challenge
}

/** Codes and tokens of one network. */
export class Tokens {
  private readonly byAccess = new Map<string, Token>()
  private readonly byRefresh = new Map<string, Token>()

  constructor(private readonly state: NetworkState) {
    for (const token of state.tokens) this.index(token)
  }

  issueCode(code: Omit<AuthorizationCode, 'code' | 'used'>): AuthorizationCode {
    const issued = { ...code, code: secret(), used: false }
    this.state.codes.push(issued)
    return issued
  }

  /** The code, once: a second call with the same code finds nothing. */
  takeCode(code: string, now: number): AuthorizationCode | undefined {
    const found = this.state.codes.find((c) => c.code === code)
    if (!found || found.used || found.expiresAt <= now) return undefined
    found.used = true
    return found
  }

  issue(token: Omit<Token, 'revoked'>): Token {
    const issued: Token = { ...token, revoked: false }
    this.state.tokens.push(issued)
    this.index(issued)
    return issued
  }

  withAccess(access: string): Token | undefined {
    return this.byAccess.get(access)
  }

  /** A token whose refresh half is alive. */
  withRefresh(refresh: string, now: number): Token | undefined {
    const token = this.byRefresh.get(refresh)
    return token && !token.revoked && (token.refreshExpiresAt ?? Infinity) > now ? token : undefined
  }

  /** Kills both halves: what a refresh that rotates does to the old pair, and what a person does who withdraws consent. */
  revoke(token: Token): void {
    token.revoked = true
  }

  private index(token: Token): void {
    this.byAccess.set(token.access, token)
    if (token.refresh !== undefined) this.byRefresh.set(token.refresh, token)
  }
}
