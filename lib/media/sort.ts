import { fail, ok, type Result } from '@/lib/core/result'
import { operation, transact } from '@/lib/workspace'
import { noSuchFolder } from './folders'
import { MoveMedia, TagMedia, type BulkMedia } from './schema'

const gone = 'It is not in the library any more.'
const outcome = (asked: readonly string[], done: readonly string[]): Result<BulkMedia> =>
  ok({
    done,
    failed: asked.filter((mediaId) => !done.includes(mediaId)).map((mediaId) => ({ mediaId, message: gone })),
  })

const mostTags = 30

/** Adds tags to files and takes others away. A file that would have more than 30 is left as it is, and said. */
export const tagMedia = operation({
  can: 'media.organise',
  input: TagMedia,
  run: (ctx, { mediaIds, add, remove }) =>
    transact(ctx, async ({ db, record }): Promise<Result<BulkMedia>> => {
      const rows = await db.media.findMany({ where: { id: { in: mediaIds } }, select: { id: true, tags: true } })
      const done: string[] = []
      const full: string[] = []
      for (const { id, tags } of rows) {
        const next = [...new Set([...tags, ...add])].filter((tag) => !remove.includes(tag)).toSorted()
        if (next.length > mostTags) full.push(id)
        else {
          await db.media.update({ where: { id }, data: { tags: next } })
          record({ type: 'media.tagged', subject: { type: 'media', id }, particulars: { add, remove } })
          done.push(id)
        }
      }
      const found = outcome(mediaIds, [...done, ...full])
      if (!found.ok) return found
      const message = `It would have more than ${mostTags} tags. Take some away first.`
      return ok({ done, failed: [...found.value.failed, ...full.map((mediaId) => ({ mediaId, message }))] })
    }),
})

/** Puts files into a folder, or (null) into none. */
export const moveMedia = operation({
  can: 'media.organise',
  input: MoveMedia,
  run: (ctx, { mediaIds, folderId }) =>
    transact(ctx, async ({ db, record }): Promise<Result<BulkMedia>> => {
      if (folderId !== null && !(await db.mediaFolder.findUnique({ where: { id: folderId } })))
        return fail(noSuchFolder)
      const rows = await db.media.updateManyAndReturn({
        where: { id: { in: mediaIds } },
        data: { folderId },
        select: { id: true },
      })
      for (const { id } of rows)
        record({ type: 'media.moved', subject: { type: 'media', id }, particulars: { folderId } })
      return outcome(
        mediaIds,
        rows.map(({ id }) => id),
      )
    }),
})
