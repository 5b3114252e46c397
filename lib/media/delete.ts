import { fail, ok, type Result } from '@/lib/core/result'
import { discard } from '@/lib/core/storage'
import { hold, operation, transact, type Ctx } from '@/lib/workspace'
import { shownBy } from './card'
import { noSuchFile } from './library'
import { whyKept, DeleteMany, OneMedia, type BulkMedia } from './schema'

async function remove(ctx: Ctx, mediaId: string): Promise<Result<{ mediaId: string }>> {
  const gone = await transact(ctx, async (work) => {
    const { db, record } = work
    // A post that takes the file up at this moment waits, and then finds it gone.
    if (!(await hold(work, 'Media', [mediaId])).has(mediaId)) return fail(noSuchFile)
    const uses = await db.postMedia.count({ where: { mediaId, ...shownBy } })
    if (uses > 0) return fail({ code: 'CONFLICT', message: whyKept(uses) })
    await db.postMedia.deleteMany({ where: { mediaId } })
    // What was made from it is a file of its own, and stays.
    await db.media.updateMany({ where: { originalId: mediaId }, data: { originalId: null } })
    const { storageKey, thumbKey, name } = await db.media.delete({
      where: { id: mediaId },
      select: { storageKey: true, thumbKey: true, name: true },
    })
    record({ type: 'media.deleted', subject: { type: 'media', id: mediaId }, particulars: { name } })
    return ok({ storageKey, thumbKey })
  })
  if (!gone.ok) return gone
  await discard(gone.value.storageKey)
  if (gone.value.thumbKey) await discard(gone.value.thumbKey)
  return ok({ mediaId })
}

/** Deletes a file that no post shows. What was made from it stays. */
export const deleteMedia = operation({
  can: 'media.delete',
  input: OneMedia,
  run: (ctx, { mediaId }) => remove(ctx, mediaId),
})

/** Deletes those of the files that no post shows, and says why the others stay. */
export const deleteManyMedia = operation({
  can: 'media.delete',
  input: DeleteMany,
  async run(ctx, { mediaIds }): Promise<Result<BulkMedia>> {
    const done: string[] = []
    const failed: { mediaId: string; message: string }[] = []
    for (const mediaId of new Set(mediaIds)) {
      const gone = await remove(ctx, mediaId)
      if (gone.ok) done.push(mediaId)
      else failed.push({ mediaId, message: gone.error.message })
    }
    return ok({ done, failed })
  },
})
