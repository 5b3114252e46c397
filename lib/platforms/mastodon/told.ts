import { now } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import { endsAll } from '../outcome'
import type { AppConfig, Credentials, Incoming, PlatformError } from '../platform'
import { accountIdOf, getContext, type Notification, type Status } from './api'
import { fromDeed, fromStatus, type Above } from './incoming'
import { mastodonError } from './translate'

/**
 * Asks what stands above a status, once for all that stand under the same one. Undefined where the server does not give
 * that thread: it refuses it, or cannot make it in time, and would say the same each time.
 */
export function aboveOf(app: AppConfig, as: Credentials) {
  const known = new Map<string, Above | undefined>()
  return async (status: Status): Promise<Result<Above | undefined, PlatformError>> => {
    const parent = status.in_reply_to_id
    if (!parent) return ok([])
    if (known.has(parent)) return ok(known.get(parent))
    const context = await getContext(app, as, status.id)
    const error = context.ok ? undefined : mastodonError(context.error, 'none', now())
    if (error && endsAll(error)) return fail(error)
    const above = context.ok ? context.value.body.ancestors : undefined
    known.set(parent, above)
    return ok(above)
  }
}

/** A quote (since 4.5) has words of its own. A `quoted_update` is about our own words alone, and nobody's to us. */
const saying: readonly string[] = ['mention', 'quote']

/** What notifications say, in their order. Fails as a whole when threads cannot be asked for now: nothing is passed over. */
export async function fromNotifications(
  app: AppConfig,
  as: Credentials,
  notifications: readonly Notification[],
): Promise<Result<readonly Incoming[], PlatformError>> {
  const ask = aboveOf(app, as)
  const items: Incoming[] = []
  for (const notification of notifications) {
    if (!saying.includes(notification.type) || !notification.status) {
      const deed = fromDeed(notification)
      if (deed) items.push(deed)
      continue
    }
    const above = await ask(notification.status)
    if (!above.ok) return above
    items.push(fromStatus(notification.status, above.value, accountIdOf(as)))
  }
  return ok(items)
}
