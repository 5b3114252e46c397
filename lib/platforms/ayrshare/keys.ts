import type { Credentials } from '../platform'

/** Ayrshare's keys are words without spaces, so that one text holds all that an account needs. */
const absent = '-'

export type Keys = {
  readonly apiKey: string
  /** Of a user profile; the primary profile has none. */
  readonly profileKey?: string
  /** The app at X that posts go out by: since 31 March 2026 Ayrshare brings none of its own. */
  readonly x?: { readonly key: string; readonly secret: string }
}
/** How the network names the account, by which its own comments are known. */
export type Self = { readonly id: string; readonly username: string }

export const packed = ({ apiKey, profileKey, x }: Keys, { id, username }: Self): string =>
  [apiKey, profileKey ?? absent, `${id},${username}`, ...(x ? [x.key, x.secret] : [])].join(' ')

const wordsOf = ({ accessToken }: Pick<Credentials, 'accessToken'>): readonly string[] => accessToken.split(' ')

export function keysOf(as: Pick<Credentials, 'accessToken'>): Keys {
  const [apiKey = '', profileKey = absent, , key, secret] = wordsOf(as)
  return {
    apiKey,
    ...(profileKey === absent ? {} : { profileKey }),
    ...(key && secret ? { x: { key, secret } } : {}),
  }
}

export function selfOf(as: Pick<Credentials, 'accessToken'>): Self {
  const [id = '', username = ''] = (wordsOf(as)[2] ?? '').split(',')
  return { id, username }
}

/**
 * An account is what one user profile has linked on one network: a profile links at most one of each. So its name is
 * the profile's reference and the network, and what was linked behind it.
 */
export const externalIdOf = (refId: string, theirName: string): string => `${refId}/${theirName}`
