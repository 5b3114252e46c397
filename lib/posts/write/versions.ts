import { fail, ok, type Result } from '@/lib/core/result'
import { operation, query } from '@/lib/workspace'
import { editPost } from './edit'
import { noSuchPost } from '../publish/lock'
import { fallbackName, namesOf } from './names'
import { ListVersions, RestoreVersion, type Page, type PostVersionRow, type SavedPost } from '../schema'
import { Snapshot } from './snapshot'

/** A post's versions, newest first. */
export const listVersions = query({
  can: 'post.read',
  input: ListVersions,
  async run(ctx, { postId, cursor, take }): Promise<Result<Page<PostVersionRow>>> {
    if (!(await ctx.db.post.findUnique({ where: { id: postId, deletedAt: null }, select: { id: true } })))
      return fail(noSuchPost)
    const before = cursor && /^\d+$/.test(cursor) ? Number(cursor) : undefined
    const rows = await ctx.db.postVersion.findMany({
      where: { postId, ...(before === undefined ? {} : { revision: { lt: before } }) },
      orderBy: { revision: 'desc' },
      take: take + 1,
    })
    const page = rows.slice(0, take)
    const names = await namesOf(
      ctx.db,
      page.map(({ actorId }) => actorId),
    )
    return ok({
      items: page.map(({ id, revision, actorId, actorKind, createdAt, snapshot }) => ({
        id,
        revision,
        actorName: names.get(actorId) ?? fallbackName(actorKind),
        createdAt: createdAt.toISOString(),
        snapshot,
      })),
      next: rows.length > take ? String(page.at(-1)?.revision) : null,
    })
  },
})

/** Writes a post as it was, as a new revision: the words in between stay in the history. Its time stays as it is. */
export const restoreVersion = operation({
  can: 'post.update',
  input: RestoreVersion,
  async run(ctx, { postId, versionId, revision }): Promise<Result<SavedPost>> {
    const version = await ctx.db.postVersion.findUnique({
      where: { id: versionId, postId },
      select: { snapshot: true },
    })
    if (!version) return fail({ code: 'NOT_FOUND', message: 'There is no such version. Load the history again.' })
    const { content, targets, projectId } = Snapshot.parse(version.snapshot)
    const words = targets.map(({ accountId, override }) => ({ accountId, ...(override ? { override } : {}) }))
    return editPost(ctx, { postId, revision, content, targets: words, projectId })
  },
})
