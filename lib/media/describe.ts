import { fail, ok, type Result } from '@/lib/core/result'
import { operation, transact, type Ctx } from '@/lib/workspace'
import { cardColumns, toCard } from './card'
import { noSuchFile } from './library'
import { DescribeMedia, RenameMedia, SetFocus, type MediaCard } from './schema'

const set = (
  ctx: Ctx,
  mediaId: string,
  data: { alt?: string; name?: string; focusX?: number | null; focusY?: number | null },
  type: 'media.described' | 'media.renamed' | 'media.focused',
): Promise<Result<MediaCard>> =>
  transact(ctx, async ({ db, record }) => {
    const { count } = await db.media.updateMany({ where: { id: mediaId }, data })
    if (count === 0) return fail(noSuchFile)
    const row = await db.media.findUniqueOrThrow({ where: { id: mediaId }, select: cardColumns })
    record({ type, subject: { type: 'media', id: mediaId }, particulars: { name: row.name } })
    return ok(toCard(row))
  })

/** Sets the description that people who cannot see a picture are told. Posts may have their own. */
export const describeMedia = operation({
  can: 'media.upload',
  input: DescribeMedia,
  run: (ctx, { mediaId, alt }) => set(ctx, mediaId, { alt }, 'media.described'),
})

export const renameMedia = operation({
  can: 'media.organise',
  input: RenameMedia,
  run: (ctx, { mediaId, name }) => set(ctx, mediaId, { name }, 'media.renamed'),
})

/** Says what must stay in sight when a picture is cut for a network; null is its middle. */
export const setFocus = operation({
  can: 'media.edit',
  input: SetFocus,
  run: (ctx, { mediaId, focus }) =>
    set(ctx, mediaId, { focusX: focus?.x ?? null, focusY: focus?.y ?? null }, 'media.focused'),
})
