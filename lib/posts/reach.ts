import { env } from '@/lib/core/env'
import { trustOrigin, type HttpRequest } from '@/lib/core/http'

const origins = {
  feeds: () => env().PRIVATE_FEED_ORIGINS,
  links: () => env().PRIVATE_LINK_ORIGINS,
} as const

/** How far an address that a person named may reach: the public internet, or an origin that the settings name for that. */
export function reachOf(url: string, purpose: keyof typeof origins): NonNullable<HttpRequest['allow']> {
  const { origin } = new URL(url)
  const isNamed = origins[purpose]().some((one) => new URL(one).origin === origin)
  if (isNamed) trustOrigin(origin, purpose)
  return isNamed ? purpose : 'public'
}
