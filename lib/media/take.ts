import { fileTypeStream } from 'file-type'
import { env } from '@/lib/core/env'
import { bytes } from '@/lib/core/format'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { discard, store, TooLarge, type Stored } from '@/lib/core/storage'
import { transact, type Ctx, type Work } from '@/lib/workspace'
import { cardColumns, toCard } from './card'
import { findFfmpeg } from './ffmpeg'
import { forgetPlace } from './forget-place'
import { readPicture } from './image'
import { mostPixels } from './open-picture'
import { workOnVideoJob } from './jobs'
import { countPages } from './pages'
import { acceptedTypes, type AcceptedType, type FinishedUpload, type MediaCard } from './schema'
import { readFilm, tellsPlace } from './video'

export const isAccepted = (mime: string): mime is AcceptedType => Object.hasOwn(acceptedTypes, mime)
export const maxBytes = () => env().UPLOAD_MAX_MB * 1_000_000

export const refused = (message: string): Result<never> =>
  fail({ code: 'VALIDATION_ERROR', message, fields: { file: [message] } })
export const tooLarge = (size: string): Result<never> =>
  refused(`This file has ${size}; files up to ${bytes(maxBytes())} are taken. Make it smaller.`)
/** Refuses what is no picture, video or document, whatever it is called. `extension` is what its content says. */
export const unwanted = (name: string, extension: string | undefined): Result<never> =>
  refused(
    extension === 'heic' || extension === 'heif'
      ? `${name} is a ${extension.toUpperCase()} picture, which cannot be opened here and no network takes. Share it from the iPhone as JPEG; or choose Settings, Camera, Formats, Most Compatible there, and it takes JPEG pictures from then on.`
      : `${name} is ${extension ? `a ${extension.toUpperCase()} file` : 'neither a picture nor a video nor a document'}, whatever its name says. Choose a JPEG, PNG, WebP or GIF picture, an MP4, MOV or WebM video, or a PDF, DOCX or PPTX document.`,
  )

type Given = {
  /** The id it shall have. */
  readonly id: string
  readonly name: string
  readonly alt: string
  readonly folderId?: string | null
  readonly tags?: readonly string[]
  readonly body: ReadableStream<Uint8Array>
  /** Keeps it although the library has the same file. */
  readonly evenIfKnown: boolean
  /** Done in the transaction that keeps it. */
  readonly also?: (w: Work) => Promise<void>
}

/**
 * Takes a file into the library, streaming it: no more than a chunk is in memory. What it is, is judged by its content.
 * A file that is refused, known or cut off is kept nowhere.
 */
export async function take(ctx: Ctx, { body, evenIfKnown, also, ...given }: Given): Promise<Result<FinishedUpload>> {
  const stream = await fileTypeStream(body)
  const found = stream.fileType
  if (!found || !isAccepted(found.mime)) {
    await stream.cancel()
    return unwanted(given.name, found?.ext)
  }
  // A name of its own: an upload that is finished twice at once must not take away the other's bytes.
  const key = `media/${ctx.workspaceId}/${given.id}.${newId()}`
  const thumbKey = `${key}.thumb.webp`
  let isKept = false
  try {
    // It is a web stream; the library's type allows for another of the same shape.
    const sent = await store(key, stream as ReadableStream<Uint8Array>, maxBytes())
    const read = await look(given.name, key, thumbKey, found.mime, sent.sizeBytes)
    if (!read.ok) return read
    const file = { mime: found.mime, ...sent, ...read.value, sentSha256: sent.sha256 }
    const known = evenIfKnown ? undefined : await sameAs(ctx, [file.sha256, file.sentSha256])
    if (known) return ok({ outcome: 'known', media: known })
    const media = await keep(ctx, { ...given, ...file, storageKey: key }, also)
    isKept = true
    return ok({ outcome: 'kept', media })
  } catch (error) {
    if (error instanceof TooLarge) return tooLarge(`more than ${bytes(maxBytes())}`)
    throw error
  } finally {
    if (!isKept) await Promise.all([discard(key), discard(thumbKey)])
  }
}

/** The oldest file with the same content, be it as it was sent or as it was kept. */
async function sameAs({ db }: Ctx, hashes: readonly string[]): Promise<MediaCard | undefined> {
  const row = await db.media.findFirst({
    where: { OR: [{ sha256: { in: [...hashes] } }, { sentSha256: { in: [...hashes] } }] },
    orderBy: { id: 'asc' },
    select: cardColumns,
  })
  return row ? toCard(row) : undefined
}

type Read = Pick<
  Kept,
  'width' | 'height' | 'durationMs' | 'codec' | 'soundCodec' | 'fps' | 'pages' | 'frames' | 'thumbKey'
> &
  Partial<Stored>

async function look(
  name: string,
  key: string,
  thumbKey: string,
  mime: AcceptedType,
  sizeBytes: number,
): Promise<Result<Read>> {
  const { kind, label } = acceptedTypes[mime]
  if (kind === 'video') return lookAtFilm(name, key, mime)
  if (kind === 'document') {
    const pages = mime === 'application/pdf' ? await countPages(key, sizeBytes) : undefined
    return ok(pages === undefined ? {} : { pages })
  }
  const picture = await readPicture(key, thumbKey)
  if (picture === 'too many pixels')
    return refused(
      `${name} has more than ${(mostPixels / 1e6).toFixed(0)} million pixels. Make it smaller, and add it again.`,
    )
  if (picture === 'damaged')
    return refused(`${name} is damaged: it begins like a ${label} file and cannot be read. Choose another copy of it.`)
  const { stored, ...size } = picture
  return ok({ ...size, ...stored, thumbKey })
}

async function lookAtFilm(name: string, key: string, mime: AcceptedType): Promise<Result<Read>> {
  const film = await readFilm(key)
  // Browsers record sound alone as WebM, too.
  if (mime === 'video/webm' && film.width === undefined)
    return refused(`${name} is a WebM file without moving pictures that can be read. Choose a video.`)
  // Without ffmpeg it stays in, and the library says so.
  if (!findFfmpeg() || !(await tellsPlace(key))) return ok(film)
  const clean = await forgetPlace(key, mime)
  return clean.ok
    ? ok({ ...film, ...clean.value })
    : refused(
        `${name} says where it was recorded, and that could not be taken out (${clean.error}). Save it without its location, and add it again.`,
      )
}

export type Kept = {
  readonly id: string
  readonly name: string
  readonly alt: string
  readonly folderId?: string | null
  readonly tags?: readonly string[]
  readonly mime: AcceptedType
  readonly storageKey: string
  readonly sizeBytes: number
  readonly sha256: string
  readonly sentSha256?: string
  readonly width?: number
  readonly height?: number
  readonly durationMs?: number
  readonly codec?: string
  readonly soundCodec?: string
  readonly fps?: number
  readonly pages?: number
  readonly frames?: number
  readonly thumbKey?: string
  readonly originalId?: string
  readonly changes?: readonly string[]
  /** Who asked for it, when it is not who does it. */
  readonly createdById?: string
}

/** Writes the row of a file whose bytes are stored. A video gets its thumbnail from a worker. */
export function keep(
  ctx: Ctx,
  { sizeBytes, tags = [], changes = [], ...file }: Kept,
  also: (w: Work) => Promise<void> = () => Promise.resolve(),
): Promise<MediaCard> {
  const { kind } = acceptedTypes[file.mime]
  return transact(ctx, async (w) => {
    const row = await w.db.media.create({
      data: {
        createdById: ctx.actor.id,
        ...file,
        // What a document is called is what readers see of it before they open it.
        alt: file.alt || kind !== 'document' ? file.alt : file.name.replace(/\.[A-Za-z0-9]{1,5}$/, ''),
        workspaceId: ctx.workspaceId,
        kind,
        tags: [...tags],
        changes: [...changes],
        sizeBytes: BigInt(sizeBytes),
      },
      select: cardColumns,
    })
    if (kind === 'video' && !file.thumbKey) {
      const workId = newId()
      await w.db.mediaWork.create({
        data: {
          id: workId,
          workspaceId: ctx.workspaceId,
          mediaId: row.id,
          task: { kind: 'still' },
          createdById: ctx.actor.id,
        },
      })
      w.enqueue({ job: workOnVideoJob, payload: { workId }, key: workId })
    }
    await also(w)
    w.record({
      type: file.originalId ? 'media.derived' : 'media.uploaded',
      subject: { type: 'media', id: row.id },
      particulars: { name: file.name, mime: file.mime, sizeBytes, changes },
    })
    return toCard(row)
  })
}
