import { env } from '@/lib/core/env'
import { trustOrigin, type HttpRequest } from '@/lib/core/http'

/** How far an address that a person named may reach: the public internet, or an origin that the settings name. */
export function reachOf(url: string): NonNullable<HttpRequest['allow']> {
  const { origin } = new URL(url)
  const isNamed = env().PRIVATE_FEED_ORIGINS.some((one) => new URL(one).origin === origin)
  if (isNamed) trustOrigin(origin)
  return isNamed ? 'configured' : 'public'
}
