import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { operation, type Ctx, type Work } from '@/lib/workspace'
import { change } from './change'
import type { LockedPost } from '../publish/lock'
import { nameOf } from './names'
import { sayTime, timeChanged } from '../times/meanwhile'
import { lockScope } from '../times/recur'
import { rewrite, whyNotScheduled } from './rewrite'
import { saved } from './saved'
import { EditPost, PostContent, type SavedPost } from '../schema'
import { Snapshot } from './snapshot'
import { wroteLast } from './unanswered'

/**
 * Writes a post anew. Answers CONFLICT when it was saved since `revision`, but by `unanswered`, and SCHEDULE_CONFLICT when it would
 * be saved by itself and has a time by now, or has another than `knownPublishAt`: nothing is written then.
 * With the scope `following`, the later posts of its series that were not sent yet say the same.
 */
export const editPost = operation({
  can: 'post.update',
  input: EditPost,
  async run(
    ctx,
    { postId, revision, unanswered, knownPublishAt, autosave, scope, ...words },
  ): Promise<Result<SavedPost>> {
    return change(ctx, async (work) => {
      const locked = await lockScope(work, postId, scope)
      if (!locked.ok) return locked
      const { post, later } = locked.value
      if (post.revision !== revision && !(await wroteLast(work, postId, unanswered)))
        return fail(await conflict(work.db, post, revision))
      // Half a sentence must not go out: what has a time is changed only when somebody says so.
      if (autosave && post.publishAt) return fail(hasTime(ctx, post, post.publishAt))
      const overtaken = timeChanged(ctx, post, knownPublishAt)
      if (overtaken) return fail(overtaken)
      // What the later posts of a series say is planned, too, also where none of them is made yet.
      const mayNot = scope === 'following' && post.recurrenceId ? whyNotScheduled(ctx) : undefined
      if (mayNot) return fail(mayNot)
      const written = await rewrite(ctx, work, post, words, autosave && scope === 'this')
      if (!written.ok) return written
      if (scope === 'following' && post.recurrenceId) {
        await work.db.recurrence.update({
          where: { id: post.recurrenceId },
          data: { templateId: written.value.versionId },
          select: { id: true },
        })
        for (const one of later) {
          const followed = await rewrite(ctx, work, one, words, false)
          // One that is being sent, or was, keeps the words it went out with.
          if (!followed.ok && followed.error.code !== 'CONFLICT') return followed
        }
      }
      return ok(await saved(work.db, postId))
    })
  },
})

const hasTime = (ctx: Ctx, post: LockedPost, publishAt: Date): Failure => ({
  code: 'SCHEDULE_CONFLICT',
  message: `This post was scheduled for ${sayTime(ctx, post, publishAt)}, while you were writing, so it is not saved by itself any more. Your words are still here: go on with them in the scheduled post, or save them as a copy.`,
})

/** Says who saved in between, and what changed. */
export async function conflict(db: Work['db'], post: LockedPost, since: number): Promise<Failure> {
  const [last, base] = await Promise.all([
    db.postVersion.findFirst({ where: { postId: post.id }, orderBy: { revision: 'desc' } }),
    db.postVersion.findFirst({ where: { postId: post.id, revision: since } }),
  ])
  const who = last ? await nameOf(db, last.actorKind, last.actorId) : 'Somebody'
  const now = last && Snapshot.safeParse(last.snapshot).data
  const then = base && Snapshot.safeParse(base.snapshot).data
  const changed = now && then ? whatChanged(then, now) : []
  return {
    code: 'CONFLICT',
    message: `${who} saved this post while you were writing${changed.length > 0 ? ` (${changed.join(', ')})` : ''}. Your words are still here: copy them, load the post again, and put them in.`,
    ...(changed.length > 0
      ? { fields: Object.fromEntries(changed.map((field) => [field, [`was changed by ${who}`]])) }
      : {}),
  }
}

function whatChanged(then: Snapshot, now: Snapshot): string[] {
  const differs = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b)
  const keys = Object.keys(PostContent.shape) as (keyof PostContent)[]
  return [
    ...keys.filter((key) => differs(then.content[key], now.content[key])),
    ...(differs(then.targets, now.targets) ? ['targets'] : []),
    ...(differs(then.projectId, now.projectId) ? ['projectId'] : []),
  ]
}
