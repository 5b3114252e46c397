import { newId } from '@/lib/core/ids'
import { ok, fail, type Result } from '@/lib/core/result'
import { jsonNull, operation } from '@/lib/workspace'
import { change } from './change'
import { noSuchPost } from '../publish/lock'
import { saved } from './saved'
import { OnePost, type SavedPost } from '../schema'
import { keepVersion } from './snapshot'

/** Makes a draft with the same words, files and accounts. Accounts that were disconnected are left out. */
export const duplicatePost = operation({
  can: 'post.create',
  input: OnePost,
  async run(ctx, { postId }): Promise<Result<SavedPost>> {
    return change(ctx, async (work) => {
      const post = await work.db.post.findUnique({
        where: { id: postId, deletedAt: null },
        select: {
          content: true,
          excerpt: true,
          projectId: true,
          media: { select: { mediaId: true } },
          variants: {
            where: { account: { state: { not: 'disconnected' } } },
            orderBy: { id: 'asc' },
            select: { accountId: true, platform: true, override: true },
          },
        },
      })
      if (!post) return fail(noSuchPost)
      const { variants, media, content, excerpt, projectId } = post
      const { workspaceId } = ctx
      const copyId = newId()
      await work.db.post.create({
        data: {
          id: copyId,
          workspaceId,
          projectId,
          authorId: ctx.actor.id,
          // As it was read from the same column.
          content: content ?? {},
          excerpt,
          platforms: [...new Set(variants.map(({ platform }) => platform))],
        },
        select: { id: true },
      })
      await work.db.variant.createMany({
        data: variants.map(({ accountId, platform, override }) => ({
          id: newId(),
          workspaceId,
          postId: copyId,
          accountId,
          platform,
          override: override ?? jsonNull,
        })),
      })
      await work.db.postMedia.createMany({
        data: media.map(({ mediaId }) => ({ workspaceId, postId: copyId, mediaId })),
      })
      await keepVersion(ctx, work, copyId, false)
      work.record({ type: 'post.duplicated', subject: { type: 'post', id: copyId }, particulars: { from: postId } })
      return ok(await saved(work.db, copyId))
    })
  },
})
