import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import type { Trouble } from './outcome'
import type { Answer, AppConfig, Credentials, PlatformError } from './platform'

/** What a token endpoint answers (RFC 6749, 5.1), with the lifetime of the refresh token that some networks add to it. */
export const Tokens = z.object({
  access_token: z.string().min(1),
  expires_in: z.number(),
  refresh_token: z.string().min(1).optional(),
  refresh_token_expires_in: z.number().optional(),
  scope: z.string().default(''),
})

/** Credentials before it is known whose they are. */
export type Granted = Omit<Credentials, 'externalId'>

/** Scopes come with spaces between them, or commas. */
export const grantedBy = (tokens: z.output<typeof Tokens>): Granted => ({
  accessToken: tokens.access_token,
  accessExpiresAt: inSeconds(tokens.expires_in),
  ...(tokens.refresh_token ? { refreshToken: tokens.refresh_token } : {}),
  ...(tokens.refresh_token_expires_in ? { refreshExpiresAt: inSeconds(tokens.refresh_token_expires_in) } : {}),
  scopes: tokens.scope.split(/[\s,]+/).filter(Boolean),
})

/** ISO 8601, UTC. */
const inSeconds = (seconds: number): string => new Date(now().getTime() + seconds * 1000).toISOString()

/** How one network renews its tokens. */
type Renewal<P> = {
  /** Who gives the sign-in: for YouTube, Google. */
  readonly by: string
  /** Why there may be no refresh token; that none came, when absent. */
  readonly unlasting?: string
  grant(
    app: AppConfig,
    grant: { readonly grant_type: 'refresh_token'; readonly refresh_token: string },
  ): Promise<Result<Granted, Trouble<P>>>
  /** Does it say that the refresh token is used up, revoked or too old? */
  isSpent(trouble: Trouble<P>): boolean
  judged(trouble: Trouble<P>, app: AppConfig): PlatformError
}

/** OAuth's refresh grant. What the answer leaves out stays as it was: a refresh token that lasts, scopes that did not change. */
export const renewing =
  <P>({ by, unlasting = `${by} gave no lasting sign-in.`, grant, isSpent, judged }: Renewal<P>) =>
  async (app: AppConfig, as: Credentials): Answer<Credentials> => {
    const reconnect = (why: string) => fail({ code: 'auth_expired' as const, reason: `${why} Reconnect the account.` })
    if (!as.refreshToken) return reconnect(unlasting)
    const granted = await grant(app, { grant_type: 'refresh_token', refresh_token: as.refreshToken })
    if (!granted.ok)
      return isSpent(granted.error)
        ? reconnect(`${by} no longer accepts this sign-in.`)
        : fail(judged(granted.error, app))
    const { scopes, ...tokens } = granted.value
    return ok({ ...as, ...tokens, scopes: scopes.length > 0 ? scopes : as.scopes })
  }

/** Those that answer so to whatever is wrong with a grant. */
export const refusedWith =
  (...statuses: readonly number[]) =>
  <P>(trouble: Trouble<P>): boolean =>
    trouble.kind === 'refused' && statuses.includes(trouble.status)
