/**
 * Where a request came from, for rate limits and the list of sessions: the first hop that was reported.
 * Next.js fills `x-forwarded-for` in when no proxy did. A client that reaches us without a proxy can claim any address,
 * so no limit rests on it alone.
 */
export const addressOf = (forwardedFor: string | null | undefined): string =>
  forwardedFor?.split(',')[0]?.trim().slice(0, 64) || 'unknown'
