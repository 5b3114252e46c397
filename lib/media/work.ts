import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inMs, minute, now, second } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { log } from '@/lib/core/log'
import { announce } from '@/lib/core/realtime'
import { fail, ok, type Result } from '@/lib/core/result'
import { operation, transact, type Ctx, type Sweep } from '@/lib/workspace'
import { carryOut, TakenOver, type Held } from './carry-out'
import { findFfmpeg, noFfmpeg } from './ffmpeg'
import { workOnVideoJob } from './jobs'
import { noSuchFile } from './library'
import { StartWork } from './schema'

/** A worker that has said nothing for this long has died. */
const silentMs = 2 * minute
/** How often a worker says that it lives. */
const beatMs = 20 * second
/** How often progress is written down, at most. */
const everyMs = second
/** A work that so many workers took up and did not end is what ends them. */
const mostClaims = 5
const givenUp = `The program that converts videos stopped ${mostClaims} times at this one. Convert it on your own computer, and upload what comes of it.`

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
      data: { state: 'working', percent: 0, claims: { increment: 1 }, updatedAt: now() },
    })
    if (!work) return ok({ state: 'not ours' })
    const tell = (type: News) =>
      announce(`workspace.${ctx.workspaceId}`, newsOf(type, work.mediaId), { passes: type === 'media.progressed' })
    await tell('media.progressed')
    const held = hold(ctx, work, () => tell('media.progressed'))
    const folder = await mkdtemp(path.join(tmpdir(), 'posthorn-film-'))
    try {
      const made = work.claims > mostClaims ? fail(givenUp) : await carryOut(ctx, work, folder, held)
      if (!made.ok) await transact(ctx, (w) => held.end(w, { state: 'failed', problem: made.error }))
      return ok({ state: made.ok ? 'done' : 'failed' })
    } catch (error) {
      if (error instanceof TakenOver) return ok({ state: 'not ours' })
      // Where files are kept did not answer, or the database: that says nothing about the film. The sweep finds it.
      await handBack(ctx, work)
      throw error
    } finally {
      held.letGo()
      await rm(folder, { recursive: true, force: true })
      await tell('media.worked')
    }
  },
})

/** Leaves a work to the sweep as if nobody had taken it up. What cannot be written either is left as by one who died. */
const handBack = ({ db }: Ctx, { id, claims }: { readonly id: string; readonly claims: number }) =>
  db.mediaWork
    .updateMany({ where: { id, claims, state: 'working' }, data: { state: 'waiting', claims: { decrement: 1 } } })
    .catch((error: unknown) => log.warn({ work: id, error: String(error) }, 'work not handed back'))

/** Those who look at the file are told to ask again. Nothing is recorded: progress is no event. */
type News = 'media.progressed' | 'media.worked'
const newsOf = (type: News, mediaId: string) => ({ type, subject: { type: 'media', id: mediaId } })

/**
 * Keeps a work in this worker's hands: says that it lives, also while a big file is fetched or brought away, and writes
 * down how far it is, once a second at most.
 */
function hold(
  ctx: Ctx,
  { id, claims }: { readonly id: string; readonly claims: number },
  tell: () => Promise<void>,
): Held {
  const ours = { id, claims, state: 'working' }
  let writing = Promise.resolve()
  let last = 0
  const write = (data: { readonly percent?: number }) => {
    writing = writing
      .then(async () => {
        const { count } = await ctx.db.mediaWork.updateMany({ where: ours, data: { ...data, updatedAt: now() } })
        if (count > 0 && data.percent !== undefined) await tell()
      })
      // The next one tries again; a worker that cannot write for long is taken for dead, and ends nothing.
      .catch((error: unknown) => log.warn({ work: id, error: String(error) }, 'progress not written'))
  }
  const timer = setInterval(() => write({}), beatMs)
  return {
    onPart(part) {
      const at = now().getTime()
      if (at - last < everyMs) return
      last = at
      write({ percent: Math.min(99, Math.max(0, Math.floor(part * 100))) })
    },
    async end({ db }, data) {
      const { count } = await db.mediaWork.updateMany({ where: ours, data })
      if (count === 0) throw new TakenOver()
    },
    letGo: () => clearInterval(timer),
  }
}
