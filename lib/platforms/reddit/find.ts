import { now } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Part, PlatformError, Published } from '../platform'
import { alone, clockSkewMs, tooMuch } from '../read-back'
import { listComments, listSent, listSubmitted, thingsOf, type Thing } from './api'
import { longestWorkMs, readBackPages } from './limits'
import { matches, matchesComment, redditError, stillAtWork, toPublished, wasTaken } from './translate'

const lists = { posts: listSubmitted, comments: listComments, messages: listSent }

/** Everything of one kind that the account made since `since`. Newest first, so reading ends at the first older thing. */
export async function everySince(
  app: AppConfig,
  as: Credentials,
  what: keyof typeof lists,
  since: Date,
): Answer<Thing[]> {
  const from = (since.getTime() - clockSkewMs) / 1000
  const found: Thing[] = []
  let after: string | undefined
  for (let page = 0; page < readBackPages; page++) {
    const answer = await lists[what](app, as, after)
    if (!answer.ok) return fail(redditError(answer.error, 'none', now()))
    const things = thingsOf(answer.value.body)
    found.push(...things.filter(({ created_utc }) => created_utc >= from))
    after = answer.value.body.data.after ?? undefined
    if (!after || things.some(({ created_utc }) => created_utc < from)) return ok(found)
  }
  return fail(tooMuch)
}

export function conclude(
  app: AppConfig,
  listed: Result<Thing[], PlatformError>,
  isOurs: (thing: Thing) => boolean,
): Result<Published | undefined, PlatformError> {
  if (!listed.ok) return listed
  return alone(listed.value.filter(isOurs), ({ name, permalink, context }) =>
    toPublished(app.webUrl, name, permalink ?? context),
  )
}

export async function findPublished(
  app: AppConfig,
  as: Credentials,
  part: Part,
  since: Date,
): Answer<Published | undefined> {
  const parent = part.replyTo?.parent.externalId
  if (parent)
    return conclude(app, await everySince(app, as, 'comments', since), (thing) =>
      matchesComment(thing, parent, part.text),
    )
  const found = conclude(app, await everySince(app, as, 'posts', since), (thing) => matches(thing, part))
  if (!found.ok || found.value || part.media.length === 0) return found
  // What Reddit took for certain is on its way: it must never be sent again.
  if (wasTaken(part)) return fail(stillAtWork)
  const mayBeAtWork = now().getTime() < since.getTime() + longestWorkMs
  return mayBeAtWork ? fail({ code: 'unavailable', reason: 'Reddit may still be at work on the files.' }) : found
}
