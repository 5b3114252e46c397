import { fileTypeStream } from 'file-type'
import { env } from '@/lib/core/env'
import { bytes } from '@/lib/core/format'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { discard, store, TooLarge } from '@/lib/core/storage'
import { operation, transact, type Ctx } from '@/lib/workspace'
import { cardColumns, toCard } from './card'
import { readPicture } from './image'
import { acceptedTypes, UploadMedia, type MediaCard } from './schema'
import { readFilm } from './video'

type Accepted = keyof typeof acceptedTypes
const isAccepted = (mime: string): mime is Accepted => Object.hasOwn(acceptedTypes, mime)
const maxBytes = () => env().UPLOAD_MAX_MB * 1_000_000

const refused = (message: string): Result<never> =>
  fail({ code: 'VALIDATION_ERROR', message, fields: { file: [message] } })
const tooLarge = (size: string) =>
  refused(`This file has ${size}; files up to ${bytes(maxBytes())} are taken. Make it smaller.`)
const wanted = 'Choose a JPEG, PNG, WebP or GIF picture, or an MP4 or MOV video.'

/**
 * Takes a file into the library, streaming it: no more than a chunk is in memory. What it is, is judged by its content.
 * A file that is refused, or cut off, is kept nowhere.
 */
export const uploadMedia = operation({
  can: 'media.upload',
  input: UploadMedia,
  async run(ctx, { name, alt, declaredBytes, body }): Promise<Result<MediaCard>> {
    if (declaredBytes !== undefined && declaredBytes > maxBytes()) return tooLarge(bytes(declaredBytes))
    const stream = await fileTypeStream(body)
    const found = stream.fileType
    if (!found || !isAccepted(found.mime)) {
      await stream.cancel()
      return refused(
        `${name} is ${found ? `a ${found.ext.toUpperCase()} file` : 'neither a picture nor a video'}, whatever its name says. ${wanted}`,
      )
    }
    const id = newId()
    const key = `media/${ctx.workspaceId}/${id}`
    const thumbKey = `${key}.thumb.webp`
    try {
      // It is a web stream; the library's type allows for another of the same shape.
      const stored = await store(key, stream as ReadableStream<Uint8Array>, maxBytes())
      const read = await look(key, thumbKey, found.mime)
      if (read) return ok(await keep(ctx, { id, name, alt, key, mime: found.mime, ...stored, ...read }))
      await Promise.all([discard(key), discard(thumbKey)])
      return refused(
        `${name} is damaged: it begins like a ${acceptedTypes[found.mime].label} file and cannot be read. Choose another copy of it.`,
      )
    } catch (error) {
      await Promise.all([discard(key), discard(thumbKey)])
      if (error instanceof TooLarge) return tooLarge(`more than ${bytes(maxBytes())}`)
      throw error
    }
  },
})

async function look(key: string, thumbKey: string, mime: Accepted) {
  const { kind } = acceptedTypes[mime]
  if (kind === 'video') return readFilm(key)
  const picture = await readPicture(key, thumbKey, kind === 'gif')
  if (!picture) return undefined
  const { stored, ...size } = picture
  return { ...size, ...stored, thumbKey }
}

type Kept = {
  id: string
  name: string
  alt: string
  key: string
  mime: Accepted
  sizeBytes: number
  sha256: string
  width?: number
  height?: number
  durationMs?: number
  thumbKey?: string
}

function keep(ctx: Ctx, { key, sizeBytes, ...file }: Kept): Promise<MediaCard> {
  return transact(ctx, async ({ db, record }) => {
    const row = await db.media.create({
      data: {
        ...file,
        workspaceId: ctx.workspaceId,
        kind: acceptedTypes[file.mime].kind,
        sizeBytes: BigInt(sizeBytes),
        storageKey: key,
        createdById: ctx.actor.id,
      },
      select: cardColumns,
    })
    record({
      type: 'media.uploaded',
      subject: { type: 'media', id: row.id },
      particulars: { mime: file.mime, sizeBytes },
    })
    return toCard(row)
  })
}
