import { fileTypeFromStream } from 'file-type'
import { day, inMs, now } from '@/lib/core/clock'
import { bytes } from '@/lib/core/format'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { discard, open, store, TooLarge } from '@/lib/core/storage'
import { holdStill, isTaken, operation, query, transact, type Ctx, type Sweep } from '@/lib/workspace'
import { noSuchFolder } from './folders'
import { getMedia } from './library'
import { forgetUploadJob } from './jobs'
import { inOneStream, untilCut } from './pieces'
import {
  BeginUpload,
  FinishUpload,
  OneUpload,
  ReceivePiece,
  type FinishedUpload,
  type MediaCard,
  type UploadCard,
} from './schema'
import { isAccepted, maxBytes, refused, take, tooLarge, unwanted } from './take'

const noSuchUpload = {
  code: 'NOT_FOUND',
  message: 'There is no such upload. It was finished, stopped, or left alone for too long: send the file again.',
} as const
const otherOffset = (receivedBytes: number) =>
  ({
    code: 'CONFLICT',
    message: `${bytes(receivedBytes)} have arrived. Ask how much has, and go on from there.`,
  }) as const
/** How many uploads one member or key may have begun and not finished. */
const mostOpen = 100
const keptFor = 7 * day

type Row = {
  id: string
  name: string
  fingerprint: string
  sizeBytes: bigint
  receivedBytes: bigint
  createdAt: Date
}
const toUpload = ({ id, name, fingerprint, sizeBytes, receivedBytes, createdAt }: Row): UploadCard => ({
  id,
  name,
  fingerprint,
  sizeBytes: Number(sizeBytes),
  receivedBytes: Number(receivedBytes),
  createdAt: createdAt.toISOString(),
})

/** Only who began an upload goes on with it. */
const own = (ctx: Ctx, uploadId: string) =>
  ctx.db.mediaUpload.findFirst({ where: { id: uploadId, createdById: ctx.actor.id } })

/** Announces a file that will come in pieces. Nothing of it is in the library until it is finished. */
export const beginUpload = operation({
  can: 'media.upload',
  input: BeginUpload,
  async run(ctx, { name, sizeBytes, fingerprint }): Promise<Result<UploadCard>> {
    if (sizeBytes > maxBytes()) return tooLarge(bytes(sizeBytes))
    const { workspaceId, actor } = ctx
    const createdById = actor.id
    return transact(ctx, async (work) => {
      const { db } = work
      // Two that are begun at once are counted one after the other.
      await holdStill(work, actor.kind === 'member' ? 'Member' : 'ApiKey', [createdById])
      if ((await db.mediaUpload.count({ where: { createdById } })) >= mostOpen)
        return fail({
          code: 'CONFLICT',
          message: `You have ${mostOpen} uploads that are not finished. Finish or stop some of them first.`,
        })
      const row = await db.mediaUpload.create({
        data: { id: newId(), workspaceId, name, fingerprint, sizeBytes: BigInt(sizeBytes), createdById },
      })
      return ok(toUpload(row))
    })
  },
})

export const readUpload = query({
  can: 'media.upload',
  input: OneUpload,
  async run(ctx, { uploadId }): Promise<Result<UploadCard>> {
    const row = await own(ctx, uploadId)
    return row ? ok(toUpload(row)) : fail(noSuchUpload)
  },
})

/** One's own uploads that are not finished, the oldest first. */
export const listUploads = query({
  can: 'media.upload',
  input: OneUpload.pick({}),
  async run(ctx): Promise<Result<readonly UploadCard[]>> {
    const rows = await ctx.db.mediaUpload.findMany({
      where: { createdById: ctx.actor.id },
      orderBy: { id: 'asc' },
      take: mostOpen,
    })
    return ok(rows.map(toUpload))
  },
})

/**
 * Takes the next bytes of a file, from `offset` on. When the sender is cut off, what has come is kept, and may be gone on
 * from. Fails with `CONFLICT` when `offset` is not where the upload stands.
 */
export const receivePiece = operation({
  can: 'media.upload',
  input: ReceivePiece,
  async run(ctx, { uploadId, offset, declaredBytes = 0, body }): Promise<Result<UploadCard>> {
    const row = await own(ctx, uploadId)
    if (!row) return fail(noSuchUpload)
    if (Number(row.receivedBytes) !== offset) return fail(otherOffset(Number(row.receivedBytes)))
    const missing = Number(row.sizeBytes) - offset
    if (declaredBytes > missing) return tooMuch
    // A name of its own: two senders of one piece must not write into each other.
    const key = `uploads/${ctx.workspaceId}/${uploadId}.${newId()}`
    const came = await receive(key, untilCut(body), missing)
    if (!came.ok) return came
    if (came.value === 0) {
      await discard(key)
      return ok(toUpload(row))
    }
    const [next] = await ctx.db.mediaUpload.updateManyAndReturn({
      where: { id: uploadId, receivedBytes: row.receivedBytes },
      data: { receivedBytes: { increment: came.value }, pieces: { push: key }, touchedAt: now() },
    })
    if (!next) {
      await discard(key)
      const other = await own(ctx, uploadId)
      return fail(other ? otherOffset(Number(other.receivedBytes)) : noSuchUpload)
    }
    // Whoever sends two gigabytes of something else is told at their beginning.
    const found = offset === 0 ? await fileTypeFromStream(open(key)) : undefined
    if (offset === 0 && came.value >= enoughToTell && (!found || !isAccepted(found.mime))) {
      await forget(ctx, uploadId)
      return unwanted(row.name, found?.ext)
    }
    return ok(toUpload(next))
  },
})

const tooMuch = refused('More came than was announced. Send the file again.')

/** A type is told from this many bytes at most. */
const enoughToTell = 4_100

async function receive(key: string, body: ReadableStream<Uint8Array>, most: number): Promise<Result<number>> {
  try {
    return ok((await store(key, body, most)).sizeBytes)
  } catch (error) {
    if (error instanceof TooLarge) return tooMuch
    throw error
  }
}

/**
 * Takes a file that has come whole into the library, under the upload's own id; again, it gives the same file. When the
 * library has the same content already, nothing is added and the upload waits: for `evenIfKnown`, or for its end.
 */
export const finishUpload = operation({
  can: 'media.upload',
  input: FinishUpload,
  async run(ctx, { uploadId, alt, folderId, tags, evenIfKnown }): Promise<Result<FinishedUpload>> {
    const row = await own(ctx, uploadId)
    if (!row) return finished(ctx, uploadId)
    if (row.receivedBytes < row.sizeBytes)
      return fail({
        code: 'CONFLICT',
        message: `${bytes(Number(row.receivedBytes))} of ${bytes(Number(row.sizeBytes))} have arrived. Send the rest first.`,
      })
    if (folderId && !(await ctx.db.mediaFolder.findUnique({ where: { id: folderId } }))) return fail(noSuchFolder)
    try {
      const taken = await take(ctx, {
        id: uploadId,
        name: row.name,
        alt,
        folderId,
        tags,
        body: inOneStream(row.pieces.map((key) => () => open(key))),
        evenIfKnown,
        also: async ({ db }) => void (await db.mediaUpload.deleteMany({ where: { id: uploadId } })),
      })
      if (!taken.ok) await forget(ctx, uploadId)
      else if (taken.value.outcome === 'kept') await Promise.all(row.pieces.map(discard))
      return taken
    } catch (error) {
      // Somebody finished it at the same moment.
      if (isTaken(error)) return finished(ctx, uploadId)
      throw error
    }
  },
})

async function finished(ctx: Ctx, uploadId: string): Promise<Result<FinishedUpload>> {
  const media: Result<MediaCard> = await getMedia(ctx, { mediaId: uploadId })
  return media.ok ? ok({ outcome: 'kept', media: media.value }) : fail(noSuchUpload)
}

async function forget(ctx: Ctx, uploadId: string): Promise<boolean> {
  const row = await transact(ctx, async ({ db }) => {
    const found = await db.mediaUpload.findUnique({ where: { id: uploadId } })
    if (found) await db.mediaUpload.deleteMany({ where: { id: uploadId } })
    return found
  })
  for (const key of row?.pieces ?? []) await discard(key)
  return row !== null
}

/** Stops an upload: what has come of it is thrown away. */
export const stopUpload = operation({
  can: 'media.upload',
  input: OneUpload,
  async run(ctx, { uploadId }): Promise<Result<{ uploadId: string }>> {
    if (!(await own(ctx, uploadId))) return fail(noSuchUpload)
    await forget(ctx, uploadId)
    return ok({ uploadId })
  },
})

/** Uploads that nobody has gone on with for a week. */
export const staleUploads: Sweep = {
  name: 'staleUploads',
  find: (at) => ({ model: 'mediaUpload', where: { touchedAt: { lt: inMs(-keptFor, at) } } }),
}

export const forgetUpload = operation({
  can: 'media.work',
  input: forgetUploadJob.payload,
  async run(ctx, { uploadId }): Promise<Result<{ forgotten: boolean }>> {
    const still = await ctx.db.mediaUpload.count({ where: { id: uploadId, touchedAt: { lt: inMs(-keptFor) } } })
    return ok({ forgotten: still > 0 && (await forget(ctx, uploadId)) })
  },
})
