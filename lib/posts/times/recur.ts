import { day, inMs, now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { wallOf } from '@/lib/core/wall'
import { operation, type Ctx, type Sweep, type Work } from '@/lib/workspace'
import { change } from '../write/change'
import { discard } from '../write/delete'
import { makeOccurrencesJob } from '../jobs'
import { lockPosts, noSuchPost, type LockedPost } from '../publish/lock'
import { isUnsent } from './fixed'
import { readRule } from './rrule'
import { OnePost } from '../schema'
import type { Times } from './times'
import { instantOfRule } from './wall-time'

/** Makes a post the first of a series. @returns its times, moved to the rule's first. */
export async function startSeries(
  ctx: Ctx,
  work: Work,
  post: LockedPost,
  rule: string,
  how: string,
  asked: Times,
): Promise<Result<Times>> {
  if (how !== 'at' && how !== 'instant')
    return fail({
      code: 'VALIDATION_ERROR',
      message: 'A post that comes again needs a time of its own. Choose a day and a time.',
      fields: { when: ['choose a day and a time'] },
    })
  if (post.recurrenceId)
    return fail({
      code: 'CONFLICT',
      message: 'This post belongs to a series already. End that one first, or duplicate the post.',
    })
  const series = readRule(rule, asked.wallTime, asked.timeZone)
  if (!series.ok) return series
  const times = atFirst(series.value.first() ?? asked.wallTime, asked)
  if (!times.ok) return times
  const { id: templateId } = await work.db.postVersion.findFirstOrThrow({
    where: { postId: post.id },
    orderBy: { revision: 'desc' },
    select: { id: true },
  })
  const id = newId()
  const { timeZone, wallTime: startsAt } = times.value
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

function atFirst(wallTime: string, asked: Times): Result<Times> {
  // What the author chose may name the later of two times; it is kept when the series begins with it.
  if (wallTime === asked.wallTime) return ok(asked)
  const { timeZone } = asked
  const publishAt = instantOfRule({ wallTime, timeZone })
  if (!publishAt.ok) return publishAt
  return ok({
    timeZone,
    publishAt: publishAt.value,
    wallTime: wallOf(publishAt.value, timeZone),
    byAccount: new Map([...asked.byAccount.keys()].map((id) => [id, publishAt.value])),
  })
}

/**
 * Ends a post's series: no more posts are made, and those after this one of which nothing was sent are deleted. What is
 * published, being sent, in doubt or asked about stays, so this needs no right to delete.
 */
export const endSeries = operation({
  can: 'post.schedule',
  input: OnePost,
  async run(ctx, { postId }): Promise<Result<{ deleted: number }>> {
    return change(ctx, async (work) => {
      const locked = await lockFrom(work, postId)
      if (!locked) return fail(noSuchPost)
      const { post } = locked
      if (!post.recurrenceId) return fail({ code: 'CONFLICT', message: 'This post belongs to no series.' })
      await work.db.recurrence.update({
        where: { id: post.recurrenceId },
        data: { endedAt: now() },
        select: { id: true },
      })
      let deleted = 0
      for (const later of locked.later.filter(isUnsent)) {
        const discarded = await discard(work, later, false)
        if (!discarded.ok) return discarded
        deleted += 1
      }
      work.record({
        type: 'post.seriesEnded',
        subject: { type: 'post', id: postId },
        particulars: { recurrenceId: post.recurrenceId, deleted },
      })
      return ok({ deleted })
    })
  },
})

/**
 * Locks a post and the later posts of its series, by time. All at once: to lock them one after the other would be
 * another order than the sending side's.
 * @returns undefined when there is no such post here.
 */
export async function lockFrom(
  work: Pick<Work, 'db' | 'sql'>,
  postId: string,
): Promise<{ readonly post: LockedPost; readonly later: readonly LockedPost[] } | undefined> {
  const seen = await work.db.post.findUnique({
    where: { id: postId, deletedAt: null },
    select: { recurrenceId: true, publishAt: true },
  })
  const rows =
    seen?.recurrenceId && seen.publishAt
      ? await work.db.post.findMany({
          where: { recurrenceId: seen.recurrenceId, publishAt: { gt: seen.publishAt }, deletedAt: null },
          orderBy: { publishAt: 'asc' },
          select: { id: true },
        })
      : []
  const [post, ...later] = await lockPosts(work, [postId, ...rows.map(({ id }) => id)])
  return post?.id === postId ? { post, later } : undefined
}

/** How far ahead the posts of a series exist. */
export const aheadMs = 60 * day

/** Series of which the next day's posts are not made yet. */
export const unmadeOccurrences: Sweep = {
  name: 'unmade occurrences',
  find: (at) => ({
    model: 'recurrence',
    where: { endedAt: null, OR: [{ madeUntil: null }, { madeUntil: { lt: inMs(aheadMs - day, at) } }] },
  }),
}
