const changes: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** True for methods that may change something. */
export const isChange = (method: string): boolean => changes.has(method)

/**
 * True when a browser sent the request from one of our own pages, or when no browser sent it.
 * Browsers set `Sec-Fetch-Site` themselves, and no page can forge it; `Origin` is the word of those too old for it.
 * @param own the origins people reach us by: APP_URL's, and that of the address asked for.
 */
export function isFromOurselves(headers: Headers, own: readonly string[]): boolean {
  const site = headers.get('sec-fetch-site')
  const origin = headers.get('origin')
  if (origin !== null) return own.includes(origin)
  return site === null || site === 'same-origin' || site === 'none'
}
