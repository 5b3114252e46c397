import { hour, inMs, now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { sizeOf } from '@/lib/core/storage'
import { operation, type Ctx, type Sweep } from '@/lib/workspace'
import { countPagesJob } from './jobs'
import { countPages } from './pages'

export type Counted = { readonly did: 'skipped' | 'counted' | 'unreadable' }

/**
 * Counts the pages of a PDF that came before they were counted. Once, whatever it says: what cannot be read, or kills who
 * reads it, is left to the networks to judge. Only when where it is kept does not answer is it tried again.
 */
export const countMissingPages = operation({
  can: 'media.work',
  input: countPagesJob.payload,
  async run(ctx, { mediaId }): Promise<Result<Counted>> {
    const [file] = await ctx.db.media.updateManyAndReturn({
      where: { id: mediaId, pagesCountAt: { lte: now() } },
      data: { pagesCountAt: null },
      select: { id: true, storageKey: true, sizeBytes: true },
    })
    if (!file) return ok({ did: 'skipped' })
    const pages = await pagesOf(ctx, file)
    if (pages === undefined) return ok({ did: 'unreadable' })
    await ctx.db.media.updateMany({ where: { id: mediaId, pages: null }, data: { pages } })
    return ok({ did: 'counted' })
  },
})

type File = { readonly id: string; readonly storageKey: string; readonly sizeBytes: bigint }

async function pagesOf({ db }: Ctx, { id, storageKey, sizeBytes }: File): Promise<number | undefined> {
  try {
    const isLost = (await sizeOf(storageKey)) === undefined
    return isLost ? undefined : await countPages(storageKey, Number(sizeBytes))
  } catch (error) {
    // That says nothing about the file.
    await db.media.updateMany({ where: { id }, data: { pagesCountAt: inMs(hour) } })
    throw error
  }
}

/** PDFs whose pages are to be counted, those first that came first. */
export const uncountedPages: Sweep = {
  name: 'media.uncountedPages',
  find: (at) => ({ model: 'media', where: { pagesCountAt: { lte: at } }, orderBy: { pagesCountAt: 'asc' } }),
}
