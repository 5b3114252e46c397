import { z } from 'zod'
import { day, hour, inMs, now } from '@/lib/core/clock'
import { ok } from '@/lib/core/result'
import { parseJson } from '../outcome'
import type { Answer, AppConfig, Credentials, IncomingPage, StandsUnder } from '../platform'
import { postsAtOnce } from './limits'
import type { Of } from './names'
import { deletedOf, goneAt, pastOf, Shown, shownOf } from './posts'
import { underPost } from './under-post'

/**
 * Where the reading of comments is: which posts are left of this round, when each is worth asking again (ISO), and since
 * when those that Ayrshare does not find any more are lost (ISO).
 */
const Cursor = z.object({
  left: z.array(Shown).default([]),
  next: z.record(z.string(), z.string()).default({}),
  lost: z.record(z.string(), Shown.extend({ since: z.string() })).default({}),
})
type Cursor = z.output<typeof Cursor>

const cursorOf = (text: string | undefined): Cursor => Cursor.safeParse(parseJson(text ?? '')).data ?? Cursor.parse({})

/** That a post is gone is believed when Ayrshare finds it neither now nor so long after it first did not. */
const sureAfterMs = hour

/** What was said under all that: a few posts at a time, and each only when Ayrshare will have asked the network anew. */
export async function poll(app: AppConfig, as: Credentials, cursor: string | undefined, of: Of): Answer<IncomingPage> {
  const { platform } = of
  let { left, next, lost } = cursorOf(cursor)
  const found: StandsUnder[] = []
  if (left.length === 0) {
    const answer = await shownOf(app, as, of)
    if (!answer.ok) return answer
    const deleted = await deletedOf(app, as, of)
    if (!deleted.ok) return deleted
    found.push(...deleted.value)
    const all = [...answer.value.shown, ...pastOf(answer.value, { next, lost }, of)]
    // What has left the period is forgotten.
    next = ofThese(all, next)
    lost = ofThese(all, lost)
    const at = now().toISOString()
    left = all.filter(({ id }) => (next[id] ?? '') <= at)
  }
  for (const shown of left.slice(0, postsAtOnce)) {
    const { id, post, isElsewhere, isPast } = shown
    const under = isElsewhere ? { post } : { post, ayrshare: id }
    const page = await underPost(app, as, { id, platform, isTheirs: !isElsewhere }, under, of)
    if (!page.ok) return page
    if (page.value.stands) found.push(page.value.stands)
    const since = page.value.isLost && !shown.isSeen ? (lost[id]?.since ?? now().toISOString()) : undefined
    const sureAt = since === undefined ? undefined : inMs(sureAfterMs, new Date(since))
    const isGoneForSure = sureAt !== undefined && sureAt <= now()
    if (isGoneForSure) found.push(...goneAt(post))
    if (since === undefined) delete lost[id]
    else lost[id] = { ...shown, since }
    if (sureAt === undefined || isGoneForSure) {
      if (isPast) delete next[id]
      else next[id] = sureAt ? inMs(day).toISOString() : page.value.nextAt
    } else next[id] = sureAt.toISOString()
  }
  const rest = left.slice(postsAtOnce)
  const nextAt = Object.values(next).toSorted()[0]
  return ok({
    items: [],
    under: found,
    cursor: JSON.stringify({ left: rest, next, lost } satisfies Cursor),
    more: rest.length > 0,
    ...(nextAt ? { nextAt } : {}),
  })
}

const ofThese = <T>(posts: readonly Shown[], by: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(posts.flatMap(({ id }) => (by[id] === undefined ? [] : [[id, by[id]]])))
