import { fail, ok, type Result } from '@/lib/core/result'
import { operation, refusal } from '@/lib/workspace'
import { change } from './change'
import { lockPost, noSuchPost, type LockedPost } from '../publish/lock'
import { rescheduleLocked } from '../times/reschedule'
import { rewrite } from './rewrite'
import { saved } from './saved'
import { PostContent, PostOverride, UpdatePost, type ContentChange, type SavedPost } from '../schema'

/**
 * Changes parts of a post, and its time, in one step: either all of it happens or nothing. What is not named stays.
 * Programs use it; whoever edits a whole post at once uses `editPost`.
 */
export const updatePost = operation({
  can: 'post.update',
  input: UpdatePost,
  async run(ctx, { postId, revision, content, targets, projectId, when }): Promise<Result<SavedPost>> {
    const mayNot = when && refusal(ctx, when.kind === 'now' ? 'post.publish' : 'post.schedule')
    if (mayNot) return fail(mayNot)
    return change(ctx, async (work) => {
      const post = await lockPost(work, postId)
      if (!post) return fail(noSuchPost)
      if (revision !== undefined && revision !== post.revision)
        return fail({
          code: 'CONFLICT',
          message: `This post was saved since revision ${revision}: it is at ${post.revision} now. Read it again, and send your change with that revision.`,
          fields: { revision: [`is ${post.revision} now`] },
        })
      if (content !== undefined || targets !== undefined || projectId !== undefined) {
        const words = {
          content: changed(PostContent.parse(post.content), content ?? {}),
          targets: targets ?? targetsOf(post),
          projectId,
        }
        const written = await rewrite(ctx, work, post, words, false)
        if (!written.ok) return written
      }
      if (!when) return ok(await saved(work.db, postId))
      // Its accounts may be others by now.
      const rewritten = await lockPost(work, postId)
      return rewritten ? rescheduleLocked(ctx, work, rewritten, when) : fail(noSuchPost)
    })
  },
})

const targetsOf = ({ variants }: LockedPost) =>
  variants.map(({ accountId, override }) => ({
    accountId,
    ...(override === null ? {} : { override: PostOverride.parse(override) }),
  }))

function changed(before: PostContent, change: ContentChange): PostContent {
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  const next = { ...before, ...Object.fromEntries(given) }
  return PostContent.parse(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== null)))
}
