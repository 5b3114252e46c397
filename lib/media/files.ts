import { z } from 'zod'
import { ok, type Result } from '@/lib/core/result'
import { open } from '@/lib/core/storage'
import type { MediaFile, MediaKind } from '@/lib/platforms'
import { query } from '@/lib/workspace'

/** Files of the library, ready to be sent, in the order asked for. One that is gone is left out. */
export const mediaFiles = query({
  can: 'media.read',
  input: z.object({ ids: z.array(z.string()).max(200) }),
  async run(ctx, { ids }): Promise<Result<readonly MediaFile[]>> {
    const rows = new Map((await ctx.db.media.findMany({ where: { id: { in: ids } } })).map((row) => [row.id, row]))
    return ok(
      ids.flatMap((id) => {
        const row = rows.get(id)
        if (!row) return []
        const { mime, alt, storageKey } = row
        return [
          {
            id,
            // The column is written from MediaKind and from nothing else.
            kind: row.kind as MediaKind,
            mime,
            sizeBytes: Number(row.sizeBytes),
            ...(row.width ? { width: row.width } : {}),
            ...(row.height ? { height: row.height } : {}),
            ...(row.durationMs ? { durationMs: row.durationMs } : {}),
            alt,
            open: () => open(storageKey),
          },
        ]
      }),
    )
  },
})
