import { z } from 'zod'
import { fail, ok, type Result } from '@/lib/core/result'
import { open, sizeOf } from '@/lib/core/storage'
import type { MediaFile, MediaKind } from '@/lib/platforms'
import { query } from '@/lib/workspace'
import { noSuchFile } from './library'

export type StoredFile = {
  readonly name: string
  readonly mime: string
  readonly sizeBytes: number
  /** Opens the file, or the bytes `start` to `end` of it, both included. */
  open(range?: { start: number; end: number }): ReadableStream<Uint8Array>
}

/** A file to be shown to a member; with `thumb`, a small picture of it, where there is one. */
export const openMedia = query({
  can: 'media.read',
  input: z.object({ mediaId: z.string().max(64), thumb: z.boolean().default(false) }),
  async run(ctx, { mediaId, thumb }): Promise<Result<StoredFile>> {
    const row = await ctx.db.media.findUnique({ where: { id: mediaId } })
    if (!row || (thumb && !row.thumbKey)) return fail(noSuchFile)
    const small = thumb ? row.thumbKey : null
    const key = small ?? row.storageKey
    return ok({
      name: row.name,
      mime: small ? 'image/webp' : row.mime,
      sizeBytes: small ? await sizeOf(small) : Number(row.sizeBytes),
      open: (range) => open(key, range),
    })
  },
})

/** Files for a network, in the order of `ids`. Those that are not in the workspace (any more) are left out. */
export const mediaFiles = query({
  can: 'media.read',
  input: z.object({ ids: z.array(z.string().max(64)).max(1_000) }),
  async run(ctx, { ids }): Promise<Result<readonly MediaFile[]>> {
    const rows = await ctx.db.media.findMany({ where: { id: { in: ids } } })
    const files = ids.flatMap((id) => {
      const row = rows.find((each) => each.id === id)
      if (!row) return []
      const { width, height, durationMs } = row
      return {
        id,
        // The column is written from MediaKind and from nothing else.
        kind: row.kind as MediaKind,
        mime: row.mime,
        sizeBytes: Number(row.sizeBytes),
        ...(width && height ? { width, height } : {}),
        ...(durationMs ? { durationMs } : {}),
        alt: row.alt,
        open: () => open(row.storageKey),
      }
    })
    return ok(files)
  },
})
