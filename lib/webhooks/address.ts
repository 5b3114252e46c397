import { env } from '@/lib/core/env'
import { isBlockedHost } from '@/lib/core/guard'
import { trustOrigin } from '@/lib/core/http'
import type { Failure } from '@/lib/core/result'

/** Whether the settings let programs at this private origin be told. */
export function isNamed(url: string): boolean {
  const { origin } = new URL(url)
  const named = env().PRIVATE_WEBHOOK_ORIGINS.some((one) => new URL(one).origin === origin)
  if (named) trustOrigin(origin, 'webhooks')
  return named
}

/**
 * Why nothing may be sent to an address; undefined when it may. A name that is not found now may be one tomorrow: it is
 * judged again at each call.
 */
export async function whyNot(url: string): Promise<Failure | undefined> {
  if (isNamed(url)) return undefined
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'https:') return refused('must begin with https://, so that nobody on the way can read along')
  if (await isBlockedHost(hostname)) return refused('is not on the public internet')
  return undefined
}

const refused = (why: string): Failure => ({
  code: 'VALIDATION_ERROR',
  message: `The address ${why}. Enter another, or ask whoever runs this Posthorn to name its origin in the settings.`,
  fields: { url: [`The address ${why}.`] },
})
