import { sha256 } from '@/lib/core/crypto'
import { cutText } from '@/lib/core/excerpt'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { discard, sizeOf, store } from '@/lib/core/storage'
import { operation, type Ctx } from '@/lib/workspace'
import { changesOf } from './edits'
import { thumbnail } from './image'
import { lostFile, noSuchFile } from './library'
import { render, whyNotEdit, type Rendered, type Source } from './render'
import { acceptedTypes, EditMedia, type MediaCard } from './schema'
import { isAccepted, keep } from './take'

export type Original = Source & {
  readonly id: string
  readonly name: string
  readonly alt: string
  readonly sizeBytes: number
  readonly folderId: string | null
  readonly tags: readonly string[]
  readonly focus: { readonly x: number; readonly y: number } | null
}

const cannot = (message: string): Result<never> => fail({ code: 'VALIDATION_ERROR', message })

/** A picture that can be edited. Moving ones would lose their movement. */
export async function editable({ db }: Ctx, mediaId: string): Promise<Result<Original>> {
  const row = await db.media.findUnique({ where: { id: mediaId } })
  if (!row) return fail(noSuchFile)
  const { id, name, alt, mime, storageKey, width, height, folderId, tags, focusX, focusY } = row
  if (row.kind !== 'image' || !width || !height || !isAccepted(mime))
    return cannot('Only still pictures can be cut and turned. Choose a JPEG, PNG or WebP picture.')
  const focus = focusX === null || focusY === null ? null : { x: focusX, y: focusY }
  const sizeBytes = Number(row.sizeBytes)
  return ok({ id, name, alt, mime, storageKey, width, height, folderId, tags, focus, sizeBytes })
}

/** One whose bytes are there as well. */
export async function renderable(ctx: Ctx, mediaId: string): Promise<Result<Original>> {
  const original = await editable(ctx, mediaId)
  const isLost = original.ok && (await sizeOf(original.value.storageKey)) === undefined
  return isLost ? fail(lostFile) : original
}

/** Keeps a rendering as a file of its own, beside its original. `of` names it: “beach (cut).jpg”. */
export async function keepRendering(
  ctx: Ctx,
  original: Original,
  made: Rendered,
  of: string,
  changes: readonly string[],
): Promise<MediaCard> {
  const id = newId()
  const storageKey = `media/${ctx.workspaceId}/${id}.${newId()}`
  const thumbKey = `${storageKey}.thumb.webp`
  try {
    await store(storageKey, made.bytes)
    await store(thumbKey, await thumbnail(made.bytes))
    const stem = cutText(original.name.replace(/\.[A-Za-z0-9]{1,5}$/, ''), 200)
    return await keep(ctx, {
      id,
      name: `${stem} (${of}).${acceptedTypes[made.mime].extension}`,
      alt: original.alt,
      folderId: original.folderId,
      tags: original.tags,
      mime: made.mime,
      width: made.width,
      height: made.height,
      sizeBytes: made.bytes.byteLength,
      sha256: sha256(made.bytes),
      storageKey,
      thumbKey,
      originalId: original.id,
      changes,
    })
  } catch (error) {
    await Promise.all([discard(storageKey), discard(thumbKey)])
    throw error
  }
}

/** Cuts, turns or shrinks a picture into a new file; the original stays as it is. */
export const editMedia = operation({
  can: 'media.edit',
  input: EditMedia,
  async run(ctx, { mediaId, edit }): Promise<Result<MediaCard>> {
    const original = await renderable(ctx, mediaId)
    if (!original.ok) return original
    const changes = changesOf(edit, original.value)
    if (changes.length === 0) return cannot('Nothing would change. Cut, turn or shrink it first.')
    const why = whyNotEdit(edit, original.value)
    if (why) return cannot(why)
    return ok(await keepRendering(ctx, original.value, await render(original.value, edit), 'edited', changes))
  },
})
