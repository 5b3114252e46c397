import { z } from 'zod'
import { inMs, now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { ok, type Result } from '@/lib/core/result'
import { wallOf } from '@/lib/core/wall'
import { jsonNull, operation } from '@/lib/workspace'
import { change } from '../write/change'
import { mediaIdsOf } from '../rules/check-references'
import { lockSeries } from '../publish/lock'
import { excerptOf } from '../write/excerpt'
import { aheadMs } from './recur'
import { readRule } from './rrule'
import { Snapshot } from '../write/snapshot'
import { instantOfRule } from './wall-time'

/** Makes the posts of a series up to 60 days ahead. Called again, or twice at once, it makes none twice. */
export const makeOccurrences = operation({
  can: 'post.send',
  input: z.object({ recurrenceId: z.string() }),
  async run(ctx, { recurrenceId }): Promise<Result<{ made: number }>> {
    const { workspaceId } = ctx
    return change(ctx, async (work) => {
      const { db, record } = work
      // Before it is read: whoever ends it, or changes what it is made from, is done by then or finds what is made here.
      await lockSeries(work, recurrenceId)
      const series = await db.recurrence.findUnique({ where: { id: recurrenceId } })
      if (!series || series.endedAt) return ok({ made: 0 })
      const at = now()
      const until = inMs(aheadMs, at)
      const { timeZone, startsAt, templateId } = series
      const after = series.madeUntil ? wallOf(series.madeUntil, timeZone) : startsAt
      const rule = readRule(series.rule, startsAt, timeZone)
      if (!rule.ok) return rule
      const walls = after < wallOf(until, timeZone) ? rule.value.between(after, wallOf(until, timeZone)) : []
      const due = walls.flatMap((wallTime) => {
        const publishAt = instantOfRule({ wallTime, timeZone })
        return publishAt.ok && publishAt.value > at ? [publishAt.value] : []
      })
      await db.recurrence.update({ where: { id: recurrenceId }, data: { madeUntil: until }, select: { id: true } })
      if (due.length === 0) return ok({ made: 0 })

      const template = await db.postVersion.findUniqueOrThrow({
        where: { id: templateId },
        select: { snapshot: true, actorKind: true, actorId: true, post: { select: { authorId: true } } },
      })
      const snapshot = Snapshot.parse(template.snapshot)
      const { content, targets, projectId } = snapshot
      const accounts = await db.account.findMany({
        where: { id: { in: targets.map(({ accountId }) => accountId) } },
        select: { id: true, platform: true },
      })
      const platformOf = new Map(accounts.map(({ id, platform }) => [id, platform]))
      const files = await db.media.findMany({
        where: {
          id: {
            in: mediaIdsOf(
              content,
              targets.map(({ override }) => override),
            ),
          },
        },
        select: { id: true },
      })
      const posts = await db.post.createManyAndReturn({
        data: due.map((publishAt) => ({
          id: newId(),
          workspaceId,
          projectId,
          authorId: template.post.authorId,
          content: toJson(content),
          excerpt: excerptOf(content),
          platforms: [...new Set(platformOf.values())],
          state: 'scheduled',
          publishAt,
          wallTime: wallOf(publishAt, timeZone),
          timeZone,
          recurrenceId,
        })),
        // One post per series and instant: the database knows what another worker made, and what a person moved there.
        skipDuplicates: true,
        select: { id: true, publishAt: true, wallTime: true },
      })
      await db.variant.createMany({
        data: posts.flatMap(({ id: postId, publishAt }) =>
          targets.flatMap(({ accountId, override }) => {
            const platform = platformOf.get(accountId)
            const words = override === null ? jsonNull : toJson(override)
            return platform
              ? [
                  {
                    id: newId(),
                    workspaceId,
                    postId,
                    accountId,
                    platform,
                    override: words,
                    state: 'scheduled' as const,
                    publishAt,
                  },
                ]
              : []
          }),
        ),
      })
      await db.postMedia.createMany({
        data: posts.flatMap(({ id: postId }) => files.map(({ id: mediaId }) => ({ workspaceId, postId, mediaId }))),
      })
      await db.postVersion.createMany({
        data: posts.map(({ id: postId, publishAt, wallTime }) => ({
          id: newId(),
          workspaceId,
          postId,
          revision: 1,
          snapshot: toJson({ ...snapshot, publishAt, wallTime, timeZone, autosave: false }),
          actorKind: template.actorKind,
          actorId: template.actorId,
        })),
      })
      for (const { id, publishAt } of posts)
        record({ type: 'post.created', subject: { type: 'post', id }, particulars: { recurrenceId, publishAt } })
      return ok({ made: posts.length })
    })
  },
})
