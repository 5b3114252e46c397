import type { Failure } from '@/lib/core/result'
import type { PlatformError } from '@/lib/platforms'

/**
 * Puts a network's error into words for the person who owns the account. `network` is its label. Of a look that sends
 * nothing it is not said that nothing was sent.
 */
export function explain(error: PlatformError, network: string, asked: 'to send' | 'to read' = 'to send'): Failure {
  switch (error.code) {
    case 'auth_expired':
      return {
        code: 'PLATFORM_AUTH_FAILED',
        message: `${network} no longer accepts this account’s token. Reconnect the account to keep posting.`,
      }
    case 'rate_limited':
      return {
        code: 'RATE_LIMIT_EXCEEDED',
        message: `${network} asked us to slow down. We go on by ourselves at ${error.retryAt.toISOString().slice(11, 16)} UTC.`,
        retryAt: error.retryAt,
      }
    case 'rejected':
      return { code: 'PLATFORM_API_ERROR', message: `${network} refused this: ${error.reason}` }
    case 'unavailable':
      if (error.lapsed)
        return { code: 'SERVICE_UNAVAILABLE', message: `${error.reason} Nothing was sent; it is prepared anew.` }
      return {
        code: 'SERVICE_UNAVAILABLE',
        message: `${network} is not answering (${error.reason}). ${asked === 'to send' ? 'Nothing was sent; we' : 'We'} try again.`,
      }
    case 'outcome_unknown':
      return {
        code: 'PLATFORM_API_ERROR',
        message: `${network} did not confirm (${error.reason}). It may have happened: look before trying again.`,
      }
  }
}
