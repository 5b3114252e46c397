import { day, inMs, now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { wallOf } from '@/lib/core/wall'
import { operation, type Ctx, type Sweep, type Work } from '@/lib/workspace'
import { change } from '../write/change'
import { discard } from '../write/delete'
import { makeOccurrencesJob } from '../jobs'
import { lockPost, lockPosts, lockSeries, noSuchPost, type LockedPost } from '../publish/lock'
import { closeSeries, recordEnded } from './close-series'
import { isUnsent } from './fixed'
import { readRule } from './rrule'
import { OnePost, type PostState, type Scope } from '../schema'
import { mustBeAhead, type Times } from './times'
import { instantOfRule } from './wall-time'

/** What is answered when a post is to come again and nobody said from when. */
export const needsTime = {
  code: 'VALIDATION_ERROR',
  message: 'A post that comes again needs a time of its own. Choose a day and a time.',
  fields: { when: ['choose a day and a time'] },
} satisfies Failure

/** Makes a post the first of a series. @returns its times, moved to the rule's first. */
export async function startSeries(
  ctx: Ctx,
  work: Work,
  post: LockedPost,
  rule: string,
  how: string,
  asked: Times,
): Promise<Result<Times>> {
  if (how !== 'at' && how !== 'instant') return fail(needsTime)
  if (post.recurrenceId && (await goesOn(work, post.recurrenceId)))
    return fail({
      code: 'CONFLICT',
      message: 'This post belongs to a series already. End that one first, or duplicate the post.',
    })
  const series = readRule(rule, asked.wallTime, asked.timeZone)
  if (!series.ok) return series
  // The rule's own, which the first post's is not where clocks skip it.
  const startsAt = series.value.first() ?? asked.wallTime
  const times = atFirst(startsAt, asked)
  if (!times.ok) return times
  const { id: templateId } = await work.db.postVersion.findFirstOrThrow({
    where: { postId: post.id },
    orderBy: { revision: 'desc' },
    select: { id: true },
  })
  const id = newId()
  const { timeZone } = times.value
  await work.db.recurrence.create({
    data: { id, workspaceId: ctx.workspaceId, rule, timeZone, startsAt, templateId },
    select: { id: true },
  })
  await work.db.post.update({ where: { id: post.id }, data: { recurrenceId: id }, select: { id: true } })
  work.record({
    type: 'post.seriesStarted',
    subject: { type: 'post', id: post.id },
    particulars: { recurrenceId: id, rule },
  })
  work.enqueue({ job: makeOccurrencesJob, payload: { recurrenceId: id }, key: `${id}-start` })
  return times
}

const goesOn = async ({ db }: Work, id: string): Promise<boolean> =>
  (await db.recurrence.count({ where: { id, endedAt: null } })) > 0

function atFirst(wallTime: string, asked: Times): Result<Times> {
  // What the author chose may name the later of two times; it is kept when the series begins with it.
  if (wallTime === asked.wallTime) return ok(asked)
  const { timeZone } = asked
  const publishAt = instantOfRule({ wallTime, timeZone })
  if (!publishAt.ok) return publishAt
  const ahead = mustBeAhead(publishAt.value, { wallTime, timeZone })
  if (!ahead.ok) return ahead
  return ok({
    timeZone,
    publishAt: publishAt.value,
    wallTime: wallOf(publishAt.value, timeZone),
    byAccount: new Map([...asked.byAccount.keys()].map((id) => [id, publishAt.value])),
  })
}

/**
 * Ends a post's series: no more posts are made, and those after this one of which nothing was sent are deleted; where
 * this one has no time, those still to come. What is published, being sent, in doubt or asked about stays, so this needs
 * no right to delete. Called again, it deletes what is still there.
 */
export const endSeries = operation({
  can: 'post.schedule',
  input: OnePost,
  async run(ctx, { postId }): Promise<Result<{ deleted: number }>> {
    return change(ctx, async (work) => {
      const locked = await lockFrom(work, postId)
      if (!locked.ok) return locked
      const { post, later } = locked.value
      if (!post.recurrenceId) return fail({ code: 'CONFLICT', message: 'This post belongs to no series.' })
      return endFrom(work, post, post.recurrenceId, later)
    })
  },
})

/** The same for a post that `lockFrom` locked with the later ones. */
export async function endFrom(
  work: Work,
  { id: postId }: LockedPost,
  recurrenceId: string,
  later: readonly LockedPost[],
): Promise<Result<{ deleted: number }>> {
  // Of one that has ended already, from a later post, the posts in between may still be there.
  await closeSeries(work, recurrenceId)
  let deleted = 0
  for (const one of later.filter(isUnsent)) {
    const discarded = await discard(work, one, false)
    if (!discarded.ok) return discarded
    deleted += 1
  }
  recordEnded(work, postId, { recurrenceId, deleted })
  return ok({ deleted })
}

/** Locks a post alone, or with its series and those that follow. */
export async function lockScope(
  work: Pick<Work, 'db' | 'sql'>,
  postId: string,
  scope: Scope,
): ReturnType<typeof lockFrom> {
  if (scope === 'following') return lockFrom(work, postId)
  const post = await lockPost(work, postId)
  return post ? ok({ post, later: [] }) : fail(noSuchPost)
}

/**
 * Locks a post, its series, and the later posts of it that may not have been sent yet, by time; where the post has no
 * time, those still to come. All posts at once: to lock them one after the other would be another order than the sending
 * side's.
 */
export async function lockFrom(
  work: Pick<Work, 'db' | 'sql'>,
  postId: string,
): Promise<Result<{ readonly post: LockedPost; readonly later: readonly LockedPost[] }>> {
  const seen = await work.db.post.findUnique({ where: { id: postId, deletedAt: null }, select: { recurrenceId: true } })
  const recurrenceId = seen?.recurrenceId
  if (recurrenceId) await lockSeries(work, recurrenceId)
  const rows = recurrenceId
    ? await work.db.post.findMany({
        where: { recurrenceId, publishAt: { not: null }, state: { in: [...unsettled] }, deletedAt: null },
        select: { id: true },
      })
    : []
  const [post, ...others] = await lockPosts(work, [...new Set([postId, ...rows.map(({ id }) => id)])])
  if (post?.id !== postId) return fail(noSuchPost)
  if (post.recurrenceId !== (recurrenceId ?? null))
    return fail({ code: 'CONFLICT', message: 'Somebody put this post into another series just now. Load it again.' })
  // Read under the lock: until then, any of them may have moved.
  const after = post.publishAt ?? now()
  const timeOf = ({ publishAt }: LockedPost) => publishAt?.getTime() ?? 0
  const later = others.filter((one) => timeOf(one) > after.getTime()).toSorted((a, b) => timeOf(a) - timeOf(b))
  return ok({ post, later })
}

/**
 * Where a post is while its accounts may still wait for its time. One summed up as sending or unknown is left whole,
 * though some of its accounts may.
 */
const unsettled: readonly PostState[] = ['draft', 'in_review', 'approved', 'scheduled', 'needs_person']

/** How far ahead the posts of a series exist. */
export const aheadMs = 60 * day

/** Series of which the next day's posts are not made yet. */
export const unmadeOccurrences: Sweep = {
  name: 'unmade occurrences',
  find: (at) => ({
    model: 'recurrence',
    where: { endedAt: null, OR: [{ madeUntil: null }, { madeUntil: { lt: inMs(aheadMs - day, at) } }] },
    // A new series first, then whichever is furthest behind.
    orderBy: { madeUntil: { sort: 'asc', nulls: 'first' } },
  }),
}
