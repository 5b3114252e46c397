import { z } from 'zod'
import { fail, ok, type Result } from '@/lib/core/result'
import { open, sizeOf, type ByteRange } from '@/lib/core/storage'
import type { MediaFile, MediaKind } from '@/lib/platforms'
import { query, visitorOperation } from '@/lib/workspace'
import { publicUrl, readPublicToken } from './address'
import { lostFile, noSuchFile } from './library'

export type StoredFile = {
  readonly name: string
  readonly mime: string
  readonly sizeBytes: number
  /** Opens the file, or the bytes `start` to `end` of it, both included. */
  open(range?: ByteRange): ReadableStream<Uint8Array>
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
    // Asked before the answer begins: once its head is out, a file that is not there could only break it off.
    const sizeBytes = await sizeOf(key)
    if (sizeBytes === undefined) return fail(lostFile)
    return ok({
      name: row.name,
      mime: small ? 'image/webp' : row.mime,
      sizeBytes,
      open: (range) => open(key, range),
    })
  },
})

const noSuchAddress = {
  code: 'NOT_FOUND',
  message: 'Nothing can be fetched here. The address may have expired: publish again, and it is made anew.',
} as const

/** A file that a network fetches by the address it was given (`publicUrl` of `mediaFiles`). */
export const openPublicMedia = visitorOperation({
  door: 'publicMedia',
  input: z.object({ token: z.string().max(2_000) }),
  async run(_visitor, { token }): Promise<Result<StoredFile>> {
    const file = readPublicToken(token)
    // Deleted since: the same answer as for what never was.
    const sizeBytes = file && (await sizeOf(file.key))
    if (!file || sizeBytes === undefined) return fail(noSuchAddress)
    const { key, mime } = file
    return ok({ name: `media.${token.split('.').at(-1)}`, mime, sizeBytes, open: (range) => open(key, range) })
  },
})

/**
 * Files for a network, in the order of `ids`. Those that are not in the workspace (any more) are left out; with `stored`,
 * which asks the store about each, also those whose bytes are gone from it.
 */
export const mediaFiles = query({
  can: 'media.read',
  input: z.object({ ids: z.array(z.string().max(64)).max(1_000), stored: z.boolean().default(false) }),
  async run(ctx, { ids, stored }): Promise<Result<readonly MediaFile[]>> {
    const known = await ctx.db.media.findMany({ where: { id: { in: ids } } })
    const sizes = stored ? await Promise.all(known.map(({ storageKey }) => sizeOf(storageKey))) : undefined
    const rows = known.filter((_, at) => !sizes || sizes[at] !== undefined)
    const files = ids.flatMap((id) => {
      const row = rows.find((each) => each.id === id)
      if (!row) return []
      const { width, height, durationMs, mime, storageKey, focusX, focusY } = row
      const file = {
        id,
        // The column is written from MediaKind and from nothing else.
        kind: row.kind as MediaKind,
        mime,
        sizeBytes: Number(row.sizeBytes),
        ...(width && height ? { width, height } : {}),
        ...(durationMs ? { durationMs } : {}),
        ...(focusX === null || focusY === null ? {} : { focus: { x: focusX, y: focusY } }),
        alt: row.alt,
        open: (range?: ByteRange) => open(storageKey, range),
      }
      return [publicUrl({ key: storageKey, mime }).then((address) => ({ ...file, publicUrl: address }))]
    })
    return ok(await Promise.all(files))
  },
})
