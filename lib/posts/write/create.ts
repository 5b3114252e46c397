import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { fail, ok, type Result } from '@/lib/core/result'
import { jsonNull, operation, refusal, type Ctx, type Work } from '@/lib/workspace'
import type { z } from 'zod'
import { change } from './change'
import { checkReferences } from '../rules/check-references'
import { excerptOf } from './excerpt'
import { lockPost, noSuchPost } from '../publish/lock'
import { saved } from './saved'
import { needsTime } from '../times/recur'
import { scheduleLocked } from '../times/schedule'
import { CreatePost, type SavedPost } from '../schema'
import { keepVersion } from './snapshot'

/** Writes a post; with `when`, schedules it in the same step, or writes nothing when that is refused. */
export const createPost = operation({
  can: 'post.create',
  input: CreatePost,
  async run(ctx, input): Promise<Result<SavedPost>> {
    const mayNot = mayNotSchedule(ctx, input)
    if (mayNot) return fail(mayNot)
    return change(ctx, (work) => writePost(ctx, work, input))
  },
})

/** Why this actor may not give a new post its time; undefined when it may, or when it has none. */
const mayNotSchedule = (ctx: Ctx, { when }: Pick<z.output<typeof CreatePost>, 'when'>) =>
  when && refusal(ctx, when.kind === 'now' ? 'post.publish' : 'post.schedule')

/** The same within a change of the caller's, who has checked the permission. */
export async function writePost(
  ctx: Ctx,
  work: Work,
  { content, targets, projectId, when, recurrence }: z.output<typeof CreatePost>,
  authorId = ctx.actor.id,
): Promise<Result<SavedPost>> {
  if (recurrence && !when) return fail(needsTime)
  const { db, record } = work
  const found = await checkReferences(db, { content, targets, projectId })
  if (!found.ok) return found
  const { platforms, mediaIds } = found.value
  const { workspaceId } = ctx
  const postId = newId()
  await db.post.create({
    data: {
      id: postId,
      workspaceId,
      projectId,
      authorId,
      content: toJson(content),
      excerpt: excerptOf(content),
      platforms: [...new Set(platforms.values())],
    },
    select: { id: true },
  })
  await db.variant.createMany({
    data: targets.map(({ accountId, override }) => ({
      id: newId(),
      workspaceId,
      postId,
      accountId,
      platform: platforms.get(accountId) ?? '',
      override: override ? toJson(override) : jsonNull,
    })),
  })
  await db.postMedia.createMany({ data: mediaIds.map((mediaId) => ({ workspaceId, postId, mediaId })) })
  await keepVersion(ctx, work, postId, false)
  record({ type: 'post.created', subject: { type: 'post', id: postId } })
  if (!when) return ok(await saved(db, postId))
  const post = await lockPost(work, postId)
  return post ? scheduleLocked(ctx, work, post, when, recurrence) : fail(noSuchPost)
}
