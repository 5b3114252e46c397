import { z } from 'zod'
import { defineJob } from '@/lib/core/queue'

/** Does what a MediaWork row asks for. The row says how it went; a worker that died is noticed by the sweep. */
export const workOnVideoJob = defineJob({
  name: 'media.workOnVideo',
  payload: z.object({ workId: z.string() }),
  queue: 'media',
  attempts: 2,
})
/** Counts the pages of a PDF that came before they were counted. Not tried again when it ends badly: the sweep knows when. */
export const countPagesJob = defineJob({
  name: 'media.countPages',
  payload: z.object({ mediaId: z.string() }),
  queue: 'media',
  attempts: 1,
})
/** Takes away an upload that nobody went on with. */
export const forgetUploadJob = defineJob({ name: 'media.forgetUpload', payload: z.object({ uploadId: z.string() }) })
/** Forgets work on videos that ended long ago. */
export const forgetWorkJob = defineJob({ name: 'media.forgetWork', payload: z.object({ workId: z.string() }) })
/** Takes away stored files that nothing names. Not tried again when it ends badly: its next day comes. */
export const forgetStraysJob = defineJob({
  name: 'media.forgetStrays',
  payload: z.object({}),
  queue: 'media',
  attempts: 1,
})
