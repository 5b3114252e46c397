import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Incoming } from '../platform'
import { getComment } from './api'
import { fromComment, type AnswerTo } from './incoming'
import { placesAtOnce } from './limits'
import { linkedinError } from './translate'

export const Ref = z.object({
  on: z.string(),
  under: z.string().optional(),
  ask: z.string().optional(),
}) satisfies z.ZodType<AnswerTo>

const AskedRef = Ref.required({ ask: true })

/** With the place where each stands, as far as LinkedIn tells it now: ours first, by which somebody may have an answer. */
export async function placed(
  app: AppConfig,
  as: Credentials,
  items: readonly Incoming[],
): Promise<readonly Incoming[]> {
  const open = items.filter(({ unplaced, change }) => unplaced && change !== 'deleted')
  const places = new Map<Incoming, Incoming>()
  for (const item of open.toSorted((a, b) => Number(b.own) - Number(a.own)).slice(0, placesAtOnce)) {
    const answer = await complete(app, as, item)
    if (answer.ok) places.set(item, answer.value)
    // What fails now would fail for the others, too.
    else if (answer.error.code !== 'rejected') break
  }
  return items.map((item) => places.get(item) ?? item)
}

/** A comment that was told of, as it stands under its post. */
export async function complete(app: AppConfig, as: Credentials, { ref }: Incoming): Answer<Incoming> {
  const { on, ask } = AskedRef.parse(ref)
  const found = await getComment(app, as, on, ask)
  return found.ok
    ? ok(fromComment(found.value.body, as.externalId, on, app.webUrl))
    : fail(linkedinError(found.error, 'none', app.webUrl, now()))
}

/**
 * Where an answer goes. Only reports leave it open: threads are two deep, and what was sent below an answer would be looked
 * for where it never is.
 */
export async function placeOf(app: AppConfig, as: Credentials, ref: unknown): Answer<Omit<AnswerTo, 'ask'>> {
  const { on, under, ask } = Ref.parse(ref)
  const place = { on, ...(under === undefined ? {} : { under }) }
  if (ask === undefined) return ok(place)
  const found = await getComment(app, as, on, ask)
  if (!found.ok) return fail(linkedinError(found.error, 'none', app.webUrl, now()))
  const { parentComment } = found.value.body
  return ok(parentComment ? { on, under: parentComment } : place)
}
