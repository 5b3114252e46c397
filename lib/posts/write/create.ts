import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { fail, ok, type Result } from '@/lib/core/result'
import { isTaken, jsonNull, operation, refusal, type Ctx, type Work } from '@/lib/workspace'
import type { z } from 'zod'
import { change } from './change'
import { checkReferences } from '../rules/check-references'
import { conflict } from './edit'
import { excerptOf } from './excerpt'
import { lockPost, noSuchPost } from '../publish/lock'
import { rewrite } from './rewrite'
import { saved } from './saved'
import { needsTime } from '../times/recur'
import { scheduleLocked } from '../times/schedule'
import { CreatePost, type SavedPost } from '../schema'
import { keepVersion } from './snapshot'
import { wroteLast } from './unanswered'

/**
 * Writes a post; with `when`, schedules it in the same step, or writes nothing when that is refused. What one of
 * `unanswered` wrote already is written anew, and is no second post.
 */
export const createPost = operation({
  can: 'post.create',
  input: CreatePost,
  async run(ctx, input): Promise<Result<SavedPost>> {
    const mayNot = mayNotSchedule(ctx, input)
    if (mayNot) return fail(mayNot)
    const write = () =>
      change(ctx, async (work) => {
        const madeBySave = firstOf(input)
        const made = madeBySave && (await work.db.post.findFirst({ where: { madeBySave }, select: { id: true } }))
        return made ? goOn(ctx, work, made.id, input) : writePost(ctx, work, input)
      })
    try {
      return await write()
    } catch (error) {
      // The save before this one was still under way, and is done now.
      if (isTaken(error, 'Post_workspaceId_madeBySave_key')) return write()
      throw error
    }
  },
})

/** Why this actor may not give a new post its time; undefined when it may, or when it has none. */
const mayNotSchedule = (ctx: Ctx, { when }: Pick<z.output<typeof CreatePost>, 'when'>) =>
  when && refusal(ctx, when.kind === 'now' ? 'post.publish' : 'post.schedule')

type Input = z.output<typeof CreatePost>

/** The first of a row of saves of one post, by which it is known whichever of them came through. */
const firstOf = ({ saveId, unanswered }: Pick<Input, 'saveId' | 'unanswered'>) => unanswered?.[0] ?? saveId

async function goOn(ctx: Ctx, work: Work, postId: string, input: Input): Promise<Result<SavedPost>> {
  const post = await lockPost(work, postId)
  if (!post) return fail(noSuchPost)
  if (!(await wroteLast(work, postId, input.unanswered))) return fail(await conflict(work.db, post, 1))
  const written = await rewrite(ctx, work, post, input, true)
  return written.ok ? ok(await saved(work.db, postId)) : written
}

/** The same within a change of the caller's, who has checked the permission. */
export async function writePost(
  ctx: Ctx,
  work: Work,
  { content, targets, projectId, when, recurrence, ...save }: Input,
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
      madeBySave: firstOf(save) ?? null,
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
  await keepVersion(ctx, work, postId, false, save.saveId)
  record({ type: 'post.created', subject: { type: 'post', id: postId } })
  if (!when) return ok(await saved(db, postId))
  const post = await lockPost(work, postId)
  return post ? scheduleLocked(ctx, work, post, when, recurrence) : fail(noSuchPost)
}
