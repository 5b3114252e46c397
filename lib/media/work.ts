import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inMs, minute, now, second } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { announce } from '@/lib/core/realtime'
import { fail, ok, type Result } from '@/lib/core/result'
import { discard, sizeOf, store, withFile } from '@/lib/core/storage'
import { operation, transact, type Ctx, type Sweep } from '@/lib/workspace'
import { Task } from './edits'
import { findFfmpeg, noFfmpeg } from './ffmpeg'
import { drawStill, makeFilm } from './film-tasks'
import { workOnVideoJob } from './jobs'
import { lostFile, noSuchFile } from './library'
import { acceptedTypes, StartWork } from './schema'
import { storeFile } from './store-file'
import { isAccepted, keep } from './take'
import { readFilm } from './video'

/** A worker that has said nothing for this long has died. */
const silentMs = 2 * minute
/** How often progress is written down, at most. */
const everyMs = second

/** Asks for a video to be trimmed, converted, or given another still. It is done by a worker; the answer is its id. */
export const startWork = operation({
  can: 'media.edit',
  input: StartWork,
  async run(ctx, { mediaId, task }): Promise<Result<{ workId: string }>> {
    if (!findFfmpeg()) return fail({ code: 'SERVICE_UNAVAILABLE', message: noFfmpeg })
    return transact(ctx, async ({ db, enqueue }) => {
      const film = await db.media.findUnique({ where: { id: mediaId } })
      if (!film) return fail(noSuchFile)
      if (film.kind !== 'video')
        return fail({ code: 'VALIDATION_ERROR', message: 'Only videos can be trimmed and converted.' })
      const workId = newId()
      await db.mediaWork.create({
        data: { id: workId, workspaceId: ctx.workspaceId, mediaId, task, createdById: ctx.actor.id },
      })
      enqueue({ job: workOnVideoJob, payload: { workId }, key: workId })
      return ok({ workId })
    })
  },
})

/** Work that no worker holds: the queue lost it, or the worker died. */
export const waitingWork: Sweep = {
  name: 'waitingWork',
  find: (at) => ({
    model: 'mediaWork',
    where: {
      OR: [
        { state: 'waiting', updatedAt: { lt: inMs(-minute, at) } },
        { state: 'working', updatedAt: { lt: inMs(-silentMs, at) } },
      ],
    },
  }),
}

/** Does what a work asks for. Only one worker holds it; another time, or when it is done, nothing happens. */
export const workOnVideo = operation({
  can: 'media.work',
  input: workOnVideoJob.payload,
  async run(ctx, { workId }): Promise<Result<{ state: string }>> {
    const [work] = await ctx.db.mediaWork.updateManyAndReturn({
      where: { id: workId, OR: [{ state: 'waiting' }, { state: 'working', updatedAt: { lt: inMs(-silentMs) } }] },
      data: { state: 'working', percent: 0, updatedAt: now() },
    })
    if (!work) return ok({ state: 'not ours' })
    const tell = () => told(ctx, work.mediaId)
    await tell()
    const folder = await mkdtemp(path.join(tmpdir(), 'posthorn-film-'))
    try {
      const made = await carryOut(ctx, work, folder, progress(ctx, workId, tell))
      const state = made.ok ? 'done' : 'failed'
      await ctx.db.mediaWork.updateMany({
        where: { id: workId },
        data: made.ok ? { state, percent: 100, resultId: made.value } : { state, problem: made.error },
      })
      return ok({ state })
    } finally {
      await rm(folder, { recursive: true, force: true })
      await tell()
    }
  },
})

/** Those who look at the file are told to ask again. Nothing is recorded: progress is no event. */
const told = (ctx: Ctx, mediaId: string): Promise<void> =>
  announce(`workspace.${ctx.workspaceId}`, { type: 'media.progressed', subject: { type: 'media', id: mediaId } })

/** Writes down how far a work is, and that its worker lives, once a second at most. */
function progress(ctx: Ctx, workId: string, tell: () => Promise<void>): (part: number) => void {
  let last = 0
  let writing = Promise.resolve()
  return (part) => {
    const at = now().getTime()
    if (at - last < everyMs) return
    last = at
    const percent = Math.min(99, Math.max(0, Math.floor(part * 100)))
    writing = writing.then(async () => {
      await ctx.db.mediaWork.updateMany({
        where: { id: workId, state: 'working' },
        data: { percent, updatedAt: now() },
      })
      await tell()
    })
  }
}

type Asked = { readonly mediaId: string; readonly task: unknown; readonly createdById: string }

/** @returns the id of the file that came of it, or of the film itself; as a failure, why not, as a sentence. */
async function carryOut(
  ctx: Ctx,
  work: Asked,
  folder: string,
  onPart: (part: number) => void,
): Promise<Result<string, string>> {
  const task = Task.parse(work.task)
  const film = await ctx.db.media.findUnique({ where: { id: work.mediaId } })
  if (!film || !isAccepted(film.mime)) return fail('The video was deleted meanwhile.')
  if ((await sizeOf(film.storageKey)) === undefined) return fail(lostFile.message)
  const { mime } = film
  if (task.kind === 'still') {
    // Nobody asked for it: without ffmpeg a video is shown without a picture.
    if (!findFfmpeg()) return ok(film.id)
    const atMs = task.atMs ?? Math.min(second, (film.durationMs ?? 0) / 10)
    const still = await withFile(film.storageKey, (input) => drawStill(input, folder, atMs))
    if (!still.ok) return still
    const thumbKey = `${film.storageKey}.${newId()}.thumb.webp`
    await store(thumbKey, still.value)
    await ctx.db.media.updateMany({ where: { id: film.id }, data: { thumbKey } })
    if (film.thumbKey) await discard(film.thumbKey)
    return ok(film.id)
  }
  return withFile(film.storageKey, async (input) => {
    const made = await makeFilm(task, { ...film, mime }, input, folder, onPart)
    if (!made.ok) return made
    const id = newId()
    const storageKey = `media/${ctx.workspaceId}/${id}.${newId()}`
    const stored = await storeFile(storageKey, made.value.file)
    const stem = film.name.replace(/\.[A-Za-z0-9]{1,5}$/, '').slice(0, 200)
    const kept = await keep(ctx, {
      ...stored,
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
    })
    return ok(kept.id)
  })
}
