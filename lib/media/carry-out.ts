import { cutText } from '@/lib/core/excerpt'
import { newId } from '@/lib/core/ids'
import { second } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import { discard, sizeOf, store, withFile } from '@/lib/core/storage'
import { transact, type Ctx, type Work } from '@/lib/workspace'
import { Task } from './edits'
import { findFfmpeg } from './ffmpeg'
import { drawStill, makeFilm } from './film-tasks'
import { lostFile } from './library'
import { acceptedTypes, type AcceptedType } from './schema'
import { storeFile } from './store-file'
import { isAccepted, keep } from './take'
import { readFilm } from './video'

/** Another worker holds the work by now: what this one made is not kept. */
export class TakenOver extends Error {}

/** A work in a worker's hands. */
export type Held = {
  /** Hears how much is done, 0 to 1. */
  readonly onPart: (part: number) => void
  /** Ends the work in the transaction that keeps what came of it. Throws `TakenOver` where it is in other hands. */
  readonly end: (w: Pick<Work, 'db'>, how: Ended) => Promise<void>
  readonly letGo: () => void
}
type Ended =
  | { readonly state: 'done'; readonly percent: 100; readonly resultId: string }
  | { readonly state: 'failed'; readonly problem: string }

const done = (resultId: string): Ended => ({ state: 'done', percent: 100, resultId })

type Asked = { readonly mediaId: string; readonly task: unknown; readonly createdById: string }

/**
 * Makes what a work asks for in `folder`, keeps it, and ends the work with it, both or neither.
 * @returns the id of the file that came of it, or of the film itself; as a failure, why not, as a sentence.
 */
export async function carryOut(ctx: Ctx, work: Asked, folder: string, held: Held): Promise<Result<string, string>> {
  const task = Task.parse(work.task)
  const film = await ctx.db.media.findUnique({ where: { id: work.mediaId } })
  if (!film || !isAccepted(film.mime)) return fail('The video was deleted meanwhile.')
  if ((await sizeOf(film.storageKey)) === undefined) return fail(lostFile.message)
  const { mime } = film
  if (task.kind === 'still') {
    // Nobody asked for it: without ffmpeg a video is shown without a picture.
    const key = findFfmpeg() ? await keepStill({ ...film, mime }, folder, task.atMs) : ok(null)
    if (!key.ok) return key
    const thumbKey = key.value
    await keptOrDiscarded([thumbKey], () =>
      transact(ctx, async (w) => {
        if (thumbKey) await w.db.media.updateMany({ where: { id: film.id }, data: { thumbKey } })
        await held.end(w, done(film.id))
      }),
    )
    if (thumbKey && film.thumbKey) await discard(film.thumbKey)
    return ok(film.id)
  }
  return withFile(film.storageKey, async (input) => {
    // It may be of a time when less was read of films.
    const { fps = film.fps } = await readFilm(film.storageKey)
    const made = await makeFilm(task, { ...film, mime, fps }, input, folder, held.onPart)
    if (!made.ok) return made
    const id = newId()
    const storageKey = `media/${ctx.workspaceId}/${id}.${newId()}`
    const stem = cutText(film.name.replace(/\.[A-Za-z0-9]{1,5}$/, ''), 200)
    await keptOrDiscarded([storageKey], async () => {
      const file = {
        ...(await storeFile(storageKey, made.value.file)),
        ...(await readFilm(storageKey)),
        id,
        storageKey,
        mime: made.value.mime,
        name: `${stem} (${made.value.of}).${acceptedTypes[made.value.mime].extension}`,
        alt: film.alt,
        folderId: film.folderId,
        tags: film.tags,
        originalId: film.id,
        changes: made.value.changes,
        createdById: work.createdById,
      }
      await keep(ctx, file, (w) => held.end(w, done(id)))
    })
    return ok(id)
  })
}

type Film = { readonly storageKey: string; readonly mime: AcceptedType; readonly durationMs: number | null }

/** @returns under which key the picture stands. */
async function keepStill(
  { storageKey, mime, durationMs }: Film,
  folder: string,
  wanted: number | undefined,
): Promise<Result<string, string>> {
  const atMs = wanted ?? Math.min(second, (durationMs ?? 0) / 10)
  const still = await withFile(storageKey, (input) => drawStill(mime, input, folder, atMs))
  if (!still.ok) return still
  const thumbKey = `${storageKey}.${newId()}.thumb.webp`
  await store(thumbKey, still.value)
  return ok(thumbKey)
}

/** Stored bytes that nothing came to name are taken away again. */
async function keptOrDiscarded(keys: readonly (string | null)[], keeping: () => Promise<unknown>): Promise<void> {
  try {
    await keeping()
  } catch (error) {
    await Promise.all(keys.map((key) => (key ? discard(key) : undefined)))
    throw error
  }
}
