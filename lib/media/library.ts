import { fail, ok, type Result } from '@/lib/core/result'
import { discard } from '@/lib/core/storage'
import { operation, query, transact } from '@/lib/workspace'
import { cardColumns, toCard } from './card'
import { DescribeMedia, ListMedia, OneMedia, type MediaCard, type MediaPage } from './schema'

export const noSuchFile = {
  code: 'NOT_FOUND',
  message: 'There is no such file here. It may have been deleted: choose another.',
} as const

/** The library, newest first. `search` looks at names and descriptions. */
export const listMedia = query({
  can: 'media.read',
  input: ListMedia,
  async run(ctx, { kind, search, cursor, take }): Promise<Result<MediaPage>> {
    const has = search ? { contains: search, mode: 'insensitive' as const } : undefined
    const rows = await ctx.db.media.findMany({
      where: {
        ...(kind ? { kind } : {}),
        ...(has ? { OR: [{ name: has }, { alt: has }] } : {}),
        ...(cursor ? { id: { lt: cursor } } : {}),
      },
      orderBy: { id: 'desc' },
      take: take + 1,
      select: cardColumns,
    })
    const items = rows.slice(0, take).map(toCard)
    return ok({ items, next: rows.length > take ? (items.at(-1)?.id ?? null) : null })
  },
})

export const getMedia = query({
  can: 'media.read',
  input: OneMedia,
  async run(ctx, { mediaId }): Promise<Result<MediaCard>> {
    const row = await ctx.db.media.findUnique({ where: { id: mediaId }, select: cardColumns })
    return row ? ok(toCard(row)) : fail(noSuchFile)
  },
})

/** Sets the description that people who cannot see a picture are told. Posts may have their own. */
export const describeMedia = operation({
  can: 'media.upload',
  input: DescribeMedia,
  async run(ctx, { mediaId, alt }): Promise<Result<MediaCard>> {
    return transact(ctx, async ({ db, record }) => {
      const { count } = await db.media.updateMany({ where: { id: mediaId }, data: { alt } })
      if (count === 0) return fail(noSuchFile)
      record({ type: 'media.described', subject: { type: 'media', id: mediaId } })
      return ok(toCard(await db.media.findUniqueOrThrow({ where: { id: mediaId }, select: cardColumns })))
    })
  },
})

/** Deletes a file that no post shows. */
export const deleteMedia = operation({
  can: 'media.delete',
  input: OneMedia,
  async run(ctx, { mediaId }): Promise<Result<{ mediaId: string }>> {
    const gone = await transact(ctx, async ({ db, record }) => {
      // Locks the row: a post that takes the file up at this moment waits, and then finds it gone.
      const { count } = await db.media.updateMany({ where: { id: mediaId }, data: { sizeBytes: { increment: 0 } } })
      if (count === 0) return fail(noSuchFile)
      const uses = await db.postMedia.count({ where: { mediaId } })
      if (uses > 0)
        return fail({
          code: 'CONFLICT',
          message: `${uses === 1 ? 'A post shows' : `${uses} posts show`} this file. Take it out of ${uses === 1 ? 'that post' : 'them'} first.`,
        })
      const { storageKey, thumbKey } = await db.media.delete({
        where: { id: mediaId },
        select: { storageKey: true, thumbKey: true },
      })
      record({ type: 'media.deleted', subject: { type: 'media', id: mediaId } })
      return ok({ storageKey, thumbKey })
    })
    if (!gone.ok) return gone
    await discard(gone.value.storageKey)
    if (gone.value.thumbKey) await discard(gone.value.thumbKey)
    return ok({ mediaId })
  },
})
